"""Pages that a program made of a document or a wiki, readied for looking for their article.

What a word processor exports is all article. A wiki and its like put marks of their own between
its words, such as the link for editing behind each heading.
"""

import re
from typing import Any

_MARKS = (
    # MediaWiki: links for editing and jumping, doubts of its authors, ways back from a note
    "//*[contains(@class, 'mw-editsection')]",
    "//*[contains(@class, 'mw-jump-link')]",
    "//*[contains(@class, 'mw-cite-backlink')]",
    "//*[@id='siteSub' or @id='jump-to-nav']",
    "//sup[contains(concat(' ', @class, ' '), ' noprint ')]",
    # Google Docs and Word: what its authors say to each other
    "//div[p/a[starts-with(@id, 'cmnt') and starts-with(@href, '#cmnt_ref')]]",
    "//a[starts-with(@id, 'cmnt_ref')]",
    "//*[contains(@style, 'mso-element:comment')]",
    "//*[contains(@class, 'MsoCommentReference')]",
)
_TITLE = ".//p[@class='MsoTitle' or contains(concat(' ', @class, ' '), ' title ')]"
# Notion's; tables of properties elsewhere are text, and figures have captions.
_PROPERTIES = "//header[h1[contains(@class, 'page-title')]]//table[@class='properties']"
_CALLOUT = "//figure[contains(concat(' ', @class, ' '), ' callout ')][not(.//figcaption)]"
_AROUND = (
    ".//*[self::article or self::main or self::section or self::nav or self::header"
    " or self::footer or self::aside or self::form or self::iframe or self::script"
    " or self::button or @role or @itemprop]"
)
_NAMES = "(.//div | .//ul | .//table)/@*[name()='id' or name()='class']"
_FRAME = re.compile(
    r"content|article|story|post|entry|menu|side|nav|head|foot|comment"
    r"|crumb|disqus|latest|login|popular|promo|sponsor",
    re.IGNORECASE,
)
_LINKED = 0.3  # of its text: a document refers to others, a page of a site is full of them


def ready_exported(tree: Any) -> None:  # noqa: ANN401  # lxml has no types
    """Take off such marks, and say where the article of a document is."""
    for path in _MARKS:
        for mark in tree.xpath(path):
            if mark.getparent() is not None:
                mark.drop_tree()
    for properties in tree.xpath(_PROPERTIES):  # among them its day, which is still looked for
        properties.tag = "aside"
    for callout in tree.xpath(_CALLOUT):  # no picture, though it is called a figure
        callout.tag = "div"
    for tag in [e for e in tree.iter() if isinstance(e.tag, str) and e.tag.startswith("o:")]:
        tag.drop_tag()  # Word's; words are parted there otherwise
    if (body := tree.find("body")) is not None and _is_document(body):
        _mark_title(body)
        article = body.makeelement("article")
        article.text, body.text = body.text, None
        article.extend(list(body))
        body.append(article)


def _is_document(body: Any) -> bool:  # noqa: ANN401
    """Return whether nothing of a site stands around what the page says."""
    if body.xpath(_AROUND) or any(_FRAME.search(name) for name in body.xpath(_NAMES)):
        return False
    linked = sum(len(link.text_content()) for link in body.iter("a"))
    shown = sum(map(len, body.xpath(".//text()[not(parent::style)]")))
    return linked < _LINKED * shown


def _mark_title(body: Any) -> None:  # noqa: ANN401
    """Make a document's title its one heading of the first level."""
    titles = body.xpath(_TITLE)
    for heading in list(body.iter("h1")) if titles else ():
        heading.tag = "h2"
    for title in titles[:1]:
        title.tag = "h1"
