"""An article for moderators, page by page: what was kept with its passages' ids, what was not."""

from collections.abc import Iterable, Iterator, Sequence

from bot.articles.originals import ShownArticle, key_of
from bot.asking.button_ids import ButtonId, Press
from bot.card import Card
from bot.cards.block_quote import require_words
from bot.cards.card_words import byline, count, line, title_of
from bot.cards.layout import Row, Text, page_buttons
from bot.cards.quoting import as_markdown, longest_fit, size, words_of
from corpus.original import State

_PAGE_MAX = 1400  # characters: with its head, a plain message holds it
_DROPPED_MAX = 400
_TITLE_MAX, _OUTLET_MAX, _NAME_MAX = 120, 60, 100

FILE_STATES: dict[State, str] = {
    "unchanged": "its file is as it was indexed",
    "changed": "its file has changed since: what was dropped is of the file as it is now",
    "gone": "its file is gone, so what was dropped is not known",
    "unknown": "it comes from no source, so its file is not looked for",
}


def article_card(shown: ShownArticle, page: int) -> Card:
    """Return a page of an article, with buttons to the pages beside it.

    Args:
        shown: The article.
        page: From 1; beyond the last it is the last.
    """
    pages = list(_pages(_entries(shown)))
    page = max(1, min(page, len(pages)))
    text = f"{_head(shown, page, len(pages))}\n{pages[page - 1]}"
    key = key_of(shown.article.id)
    beside = page_buttons(page, len(pages), lambda n: ButtonId(Press.SHOW, key, (n,)))
    rows: tuple[Row, ...] = (Text(text), *beside)
    return Card(rows)


def state_of(shown: ShownArticle) -> str:
    """Return in words how the file is that the article was read from."""
    problem = shown.original.problem
    return (
        f"its file cannot be read now: {problem}" if problem else FILE_STATES[shown.original.state]
    )


def _head(shown: ShownArticle, page: int, pages: int) -> str:
    article = shown.article
    number = f" · page {page:,} of {pages:,}" if pages > 1 else ""
    return "\n".join(
        [
            f"### {title_of(article, _TITLE_MAX)}",
            byline(article, _OUTLET_MAX) + number,
            f"-# {line(article.id, _NAME_MAX)}; {line(state_of(shown), 160)}",
        ]
    )


def _entries(shown: ShownArticle) -> Iterator[str]:
    """Yield what stands on the pages, in order; none is longer than a page."""
    kept, dropped = shown.passages, shown.original.dropped
    yield f"**Kept: {count(len(kept), 'passage')}**"
    for passage in kept:
        yield from _cut(f"-# {passage.id}", passage.text)
    how_many = "not known" if dropped is None else count(len(dropped), "piece")
    yield f"**Dropped: {how_many}**"
    for piece in dropped or ():
        words = piece.text[: longest_fit(piece.text, _DROPPED_MAX, as_markdown)]
        mark = " …" if len(words) < len(piece.text.rstrip()) else ""
        yield f"-# {line(piece.reason, 80)}\n{_exact(words)}{mark}"


def _cut(head: str, words: str) -> Iterator[str]:
    """Yield the words under a head, in as many pieces as they need."""
    room = _PAGE_MAX - size(head) - 1
    while words_of(words).strip():
        length = longest_fit(words, room, as_markdown) or room // 2  # of a letter with many marks
        yield f"{head}\n{_exact(words[:length].strip())}"
        words, head = words[length:].lstrip(), f"{head.removesuffix(', goes on')}, goes on"


def _exact(words: str) -> str:
    return require_words(as_markdown(words), words)


def _pages(entries: Iterable[str]) -> Iterator[str]:
    held: Sequence[str] = ()
    for entry in entries:
        if held and size("\n".join([*held, entry])) > _PAGE_MAX:
            yield "\n".join(held)
            held = ()
        held = (*held, entry)
    yield "\n".join(held)
