"""The part of a page that the page itself says its content is in.

Documentation and wikis say so. What is looked for there by the names of a news page's parts may
take its first section for the whole.
"""

import re
from typing import Any

_MAIN = (
    "//*[@role='main']",
    "//main",
    "//div[contains(concat(' ', normalize-space(@class), ' '), ' document ')]",  # docutils'
)
_AROUND = (
    ".//nav | .//aside | .//footer | .//form | .//script | .//style | .//noscript"
    " | .//*[@role='navigation' or @role='complementary' or @role='search']"
    " | .//*[contains(@class, 'toctree') or contains(@class, 'sidebar')"
    " or contains(@class, 'headerlink') or contains(@class, 'menu')]"
    " | .//*[contains(concat(' ', @class, ' '), ' contents ')]"
)
_KEPT = frozenset({"href", "start", "value"})  # attributes that say something of the words
_WORD = re.compile(r"\w+")


def main_content(tree: Any) -> Any:  # noqa: ANN401  # lxml has no types
    """Return the one element that the page says its content is in, or None."""
    for path in _MAIN:
        found = tree.xpath(path)
        if len(found) == 1 and found[0].tag not in ("html", "body"):
            return found[0]
    return None


def without_menus(element: Any) -> Any:  # noqa: ANN401
    """Return the element, the menus and the like in it taken off."""
    for around in element.xpath(_AROUND):
        if around.getparent() is not None:
            around.drop_tree()
    return element


def words_of(element: Any) -> int:  # noqa: ANN401
    """Return how many words an element shows that lead nowhere."""
    shown = element.xpath(".//text()[not(ancestor::a)]")
    return sum(len(_WORD.findall(text)) for text in shown)


def word_count(text: str) -> int:
    """Return how many words a text has."""
    return len(_WORD.findall(text))


def leave_only(tree: Any, element: Any) -> None:  # noqa: ANN401
    """Make the element a page's article and all of its body, its parts without their names."""
    body = tree.find("body")
    for part in element.iter():
        for name in set(part.attrib) - _KEPT:
            del part.attrib[name]
    element.tag, element.tail = "article", None
    for other in list(body):
        body.remove(other)
    body.text = None
    body.append(element)
