"""A web page -> its article, by trafilatura, and what the page states about it."""

import logging
import re
from collections.abc import Iterator
from typing import Any

import trafilatura
from trafilatura.utils import HTML_PARSER

from corpus.appeals import asks_for_support
from corpus.article import Metadata
from corpus.dateline import read_date
from corpus.decode import decode_page
from corpus.exported import ready_exported
from corpus.extracted import Dropped, Extracted, ExtractionError, one_line, paragraphs_to_text
from corpus.forum import as_thread, posts_of
from corpus.furniture import CAPTION, furniture_within
from corpus.html_marks import (
    with_joiners,
    without_borders,
    without_marks,
    without_strokes,
    write_marks,
)
from corpus.layout import line_blocks
from corpus.main_content import (
    leave_only,
    main_content,
    without_menus,
    word_count,
    words_of,
)
from corpus.page_lines import shown_lines
from corpus.signals import ADVERTISEMENT, APPEAL, CALL, COMMENTS, LINKS, SYMBOL, Reading
from corpus.web_address import stated_address

_LARGEST = 20_000_000  # bytes; trafilatura takes no more
_MOST_OF_MAIN = 0.8  # of the words in what a page calls its main content are its article's
_TITLE_WITHIN = 4  # blocks: a page that repeats its title in the text does so at the top
# Without `extensive_search`, which takes any date on the page for want of a stated one.
_DATES = {"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%d"}
_EMBEDDED = "//blockquote[contains(@class, 'twitter') or contains(@class, 'instagram')]"
_COMMENTS = (
    "//*[@id='comments' or @id='disqus_thread' or @id='respond' or @id='comment-list'"
    " or contains(concat(' ', normalize-space(@class), ' '), ' comments ')"
    " or contains(concat(' ', normalize-space(@class), ' '), ' comment-list ')"
    " or contains(concat(' ', normalize-space(@class), ' '), ' commentlist ')]"
)
_TOO_DEEP = "what lies in over 256 tags, one within the other, was left out; save it as text"
_BLANKS = re.compile(r"\s+")  # where blanks are, differs
_LEFT = frozenset({ADVERTISEMENT, APPEAL, CAPTION, COMMENTS})
_TITLE_CUT = re.compile(r"\W+")


def extract_html(data: bytes) -> Extracted:
    """Return the page's article and what its tags say of it, reader comments left out.

    Raises:
        ExtractionError: There is no article on it, or it is too large.
    """
    if len(data) > _LARGEST:
        size, most = len(data) / 1e6, _LARGEST / 1e6
        raise ExtractionError(f"the page has {size:.0f} MB, at most {most:.0f} MB are read; cut it")
    problems: list[str] = []
    html = decode_page(data)
    page = _read_page(html, problems)
    if page is None or not (page.text or "").strip():
        raise ExtractionError("no article found on the page; save the article's own page as HTML")
    stated = _metadata(page)
    shown = with_joiners(without_strokes(_in_lines(page, html)))
    kept, dropped = _clean(shown, stated.title)
    text = _text(kept) or _text(shown.split("\n"))
    return Extracted(text, stated, dropped=tuple(dropped), problems=tuple(problems))


def _read_page(html: str, problems: list[str]) -> Any:  # noqa: ANN401  # trafilatura has no types
    """Return trafilatura's document, or None if it found none."""
    for name in ("trafilatura", "htmldate"):  # what they would log, our error says
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        tree = trafilatura.load_html(html)
        if tree is None:
            return None
        if any(slip.type_name == "ERR_RESOURCE_LIMIT" for slip in HTML_PARSER.error_log):
            problems.append(_TOO_DEEP)
        tree = _prepared(tree)
        if posts := posts_of(tree):
            leave_only(tree, as_thread(tree, posts))
            return _found(tree)
        states_main = main_content(tree) is not None
        page = _found(tree)
        return (_of_main_content(html, page) if states_main else None) or page
    except Exception as error:  # whatever a broken page makes the parsers meet
        reason = one_line(str(error)) or type(error).__name__
        raise ExtractionError(f"the page cannot be read ({reason}); save it again") from error


def _found(tree: Any) -> Any:  # noqa: ANN401
    return trafilatura.bare_extraction(
        tree, include_comments=False, with_metadata=True, date_extraction_params=_DATES
    )


def _of_main_content(html: str, page: Any) -> Any:  # noqa: ANN401
    """Return what the page calls its main content where much of that is missing, or None."""
    tree = _prepared(trafilatura.load_html(html))
    main = without_menus(main_content(tree))
    found = word_count(page.text or "") if page else 0
    if found >= _MOST_OF_MAIN * words_of(main):
        return None
    leave_only(tree, main)
    whole = _found(tree)
    return whole if whole and word_count(whole.text or "") > found else None


def _prepared(tree: Any) -> Any:  # noqa: ANN401  # lxml has no types either
    """Return the tree as trafilatura does best on it.

    Posts that an article embeds are quotations: without their class they are not taken for
    share buttons. Comment threads by their usual names are cut off, whatever else they look like.
    Numbers of lists and lines of code get marks, of which nothing would be left.
    """
    for quotation in tree.xpath(_EMBEDDED):
        quotation.attrib.pop("class")
    for thread in tree.xpath(_COMMENTS):
        if thread.getparent() is not None and thread.tag not in ("html", "body", "article", "main"):
            thread.drop_tree()
    write_marks(tree)
    ready_exported(tree)
    return tree


def _in_lines(page: Any, html: str) -> str:  # noqa: ANN401  # trafilatura has no types
    """Return the text of the page's article, a block a line.

    Where trafilatura found too little of it, it gives all of the page in a single block.
    """
    text: str = page.text
    if len(page.body) > 1:
        return text
    lines, at = [], 0
    words = _BLANKS.sub("", text)
    for line in shown_lines(_prepared(trafilatura.load_html(html))):
        of_line = _BLANKS.sub("", line)
        if words.startswith(of_line, at):
            lines.append(line)
            at += len(of_line)
    return "\n".join(lines) if at == len(words) else text


def _text(paragraphs: list[str]) -> str:
    return paragraphs_to_text(without_borders(without_marks(p)) for p in paragraphs)


def _metadata(page: Any) -> Metadata:  # noqa: ANN401  # trafilatura has no types
    return Metadata(
        title=_stated(page.title),
        source=_stated(page.sitename),
        author=_stated(page.author),
        published=read_date(page.date) if page.date else None,
        url=stated_address(page.url),
    )


def _stated(value: str | None) -> str | None:
    return one_line(with_joiners(value)) or None if value else None


def _clean(text: str, title: str | None) -> tuple[list[str], list[Dropped]]:
    """Return the paragraphs without what trafilatura left of the page around them."""
    readings = [Reading(block) for block in line_blocks(text.splitlines())]
    found = furniture_within(readings, 0, len(readings) - 1)
    reasons = {i: why for i, why in found if _is_left(readings[i], readings[i + 1 : i + 2], why)}
    reasons |= dict.fromkeys(_title_again(readings, title), "repeats the title")
    kept = [r.text for i, r in enumerate(readings) if i not in reasons]
    dropped = [
        Dropped(one_line(without_marks(readings[i].text)), reason)
        for i, reason in sorted(reasons.items())
    ]
    return kept, dropped


def _is_left(r: Reading, following: list[Reading], reason: str) -> bool:
    """Return whether trafilatura may well have left this of the page around the article.

    Steps of a guide bid to log in or to download, and a version or an address is no counter.
    """
    if r.block.marker or r.text.startswith("|"):  # an item, or a row
        return False
    if reason == LINKS:  # above a list, it heads that: lists of links are not left
        heads_list = any(other.block.marker for other in following)
        return not heads_list and (r.cue == LINKS or not r.is_closed)
    if reason == SYMBOL:
        return not any(map(str.isalnum, r.text))
    return reason in _LEFT or (reason == CALL and asks_for_support(r))


def _title_again(readings: list[Reading], title: str | None) -> Iterator[int]:
    for i, r in enumerate(readings[:_TITLE_WITHIN]):
        if title and _bare(r.text) == _bare(title):
            yield i


def _bare(text: str) -> str:
    return _TITLE_CUT.sub(" ", text).strip().casefold()
