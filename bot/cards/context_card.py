"""A quoted passage within its article, page by page."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.asking.button_ids import ButtonId
from bot.cards.block_quote import (
    DriftedQuoteError,
    block_quote,
    hidden_in,
    quotation,
    require_words,
    words_in,
)
from bot.cards.card_words import byline, link, title_of
from bot.cards.layout import Card, Row, Text, page_buttons
from bot.cards.quoting import longest_fit, seen, size
from bot.cards.sentence_link import linkable
from corpus.article import Article, Span

PAGE_OF_PASSAGE = 0  # stands for the page that holds the passage; pages count from 1

_PAGE_MAX = 1600  # characters: two screens of a phone, and a plain message holds it with its head
_LOOKED_AT = 4 * _PAGE_MAX  # characters of a paragraph, for what of it a page holds
_TITLE_MAX, _OUTLET_MAX = 120, 60
_MARK = "-# The quoted passage:"


def context_card(article: Article, passage: Span, answer: Span | None, button: ButtonId) -> Card:
    """Return a page of the article, what was quoted marked, with buttons to the pages beside it.

    Args:
        article: As it is stored now.
        passage: What was quoted, as offsets in the article's text.
        answer: Its answering sentence, likewise.
        button: The press that asks for it; its numbers are the rank and the page.

    Raises:
        DriftedQuoteError: The passage does not lie in the article.
    """
    if not 0 <= passage[0] < passage[1] <= len(article.text):
        raise DriftedQuoteError(
            f"the passage at {passage} does not lie in the article {article.id!r} of"
            f" {len(article.text)} characters: it has changed; ask again"
        )
    pages = _pages(article.text, passage)
    holds = next(n for n, (_, end) in enumerate(pages, 1) if end > passage[0])
    page = min(button.numbers[1], len(pages)) or holds
    body = _body(article.text, pages[page - 1], passage, answer)
    number = f" · page {page:,} of {len(pages):,}" if len(pages) > 1 else ""
    small = f"{byline(article, _OUTLET_MAX)}{number}"
    title = title_of(article, _TITLE_MAX)
    linked = f"### {link(title, linkable(article.url))}\n{small}"
    rank = button.numbers[0]
    beside = page_buttons(page, len(pages), lambda n: replace(button, numbers=(rank, n)))
    rows: tuple[Row, ...] = (Text(linked), Text(body), *beside)
    return Card(rows, f"### {title}\n{small}\n{body}")


def _body(text: str, page: Span, passage: Span, answer: Span | None) -> str:
    """Return the page's markdown, the passage as a block quote."""
    start, end = page
    first, last = (min(max(edge, start), end) for edge in passage)
    parts = [_exact(text, (start, first), None)]
    if last > first:
        parts.append(f"{_MARK}\n{block_quote(_exact(text, (first, last), answer))}")
    parts.append(_exact(text, (last, end), None))
    return "\n\n".join(part for part in parts if part)


def _exact(text: str, span: Span, answer: Span | None) -> str:
    """Return markdown of a span of the page, without outer blanks."""
    words = text[slice(*span)]
    first, last = span[1] - len(words.lstrip()), span[0] + len(words.rstrip())
    inner = (first, max(first, last))
    quote = quotation(text, inner, answer)
    return require_words(quote, words_in(text, inner), hidden_in(text, inner))


def _pages(text: str, passage: Span) -> list[Span]:
    """Return the article's pages: the passage on one, if it fits, in the midst of its context."""
    start, end = passage
    before = list(_blocks(text, 0, start))
    after = list(_blocks(text, end, len(text)))
    middle = list(_filled(text, _blocks(text, start, end))) or [passage]
    if len(middle) == 1:
        middle = [_widened(text, passage, before, after)]
    earlier = list(_filled(text, reversed(before)))
    return [*reversed(earlier), *middle, *_filled(text, after)]


def _widened(text: str, passage: Span, before: list[Span], after: list[Span]) -> Span:
    """Return the passage's span with the blocks around it, by turns.

    The blocks are taken off their lists.
    """
    page = passage
    grows = True
    while grows:
        grows = False
        for blocks, at in ((before, -1), (after, 0)):
            wider = _joined(page, blocks[at]) if blocks else page
            if blocks and _is_short(text, wider):
                page, grows = wider, True
                del blocks[at]
    return page


def _filled(text: str, blocks: Iterable[Span]) -> Iterator[Span]:
    """Yield pages, each with as many of the neighbouring blocks as it holds."""
    page: Span | None = None
    for block in blocks:
        wider = _joined(page or block, block)
        if page and not _is_short(text, wider):
            yield page
            wider = block
        page = wider
    if page:
        yield page


def _joined(one: Span, other: Span) -> Span:
    return min(one[0], other[0]), max(one[1], other[1])


def _is_short(text: str, page: Span) -> bool:
    return size(_longest(text, page)) <= _PAGE_MAX


def _longest(text: str, page: Span) -> str:
    """Return markdown of the page's words that is no shorter than what a page makes of them."""
    return f"{_MARK}\n\n\n\n\n{block_quote(quotation(text, page, page))}"


def _page_length(text: str, at: int, words: str) -> int:
    """Return how many of the words, which stand at an offset, a page has room for.

    Where a single letter has more marks than that, it is cut.
    """
    fitting = longest_fit(words, _PAGE_MAX, lambda part: _longest(text, (at, at + len(part))))
    return fitting or _PAGE_MAX // 4


def _blocks(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the paragraphs between two offsets, long ones in pieces, without outer blanks.

    A piece that shows nothing is none.
    """
    for paragraph in text[start:end].split("\n\n"):
        at = start
        start += len(paragraph) + 2
        words = paragraph.rstrip()
        while words:
            at += len(words) - len(words.lstrip())
            words = words.lstrip()
            length = _page_length(text, at, words[:_LOOKED_AT])
            if seen(words[:length]).strip():
                yield at, at + length
            at, words = at + length, words[length:]
