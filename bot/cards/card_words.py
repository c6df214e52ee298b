"""The words and marks that several cards share."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from unicodedata import bidirectional

from bot.cards.quoting import fit, one_line
from corpus.article import Article
from retrieval.answer import Citation

_ADDRESS = re.compile(r"\\?:(?:\\?/){2}")  # what every address has, as markdown or plain
_FIRST_WORD = re.compile(r"[a-z]+(?=[ ,])")  # and no name of a file or a setting
_RIGHT_TO_LEFT = frozenset({"R", "AL"})  # Unicode Standard Annex 9, bidirectional classes
_ISOLATE, _END = "\u2068", "\u2069"  # likewise: what stands between them moves nothing outside
_SAME_DAY_HOUR = 10  # UTC: the same day from Hawaii (UTC-10) to New Zealand's summer (UTC+13)


def stamp(day: date | None) -> str:
    """Return a day as Discord shows it in the reader's own language and time zone."""
    if day is None:
        return "undated"
    return f"<t:{int(datetime.combine(day, time(_SAME_DAY_HOUR), UTC).timestamp())}:D>"


def days(first: date | None, last: date | None) -> str:
    """Return a span of days, or what is known of it."""
    return stamp(first) if first == last or last is None else f"{stamp(first)} to {stamp(last)}"


def line(text: str, room: int) -> str:
    """Return a text of others on one line, shortened to `room` characters of markdown.

    One with letters that are written from right to left is isolated: else it would draw numbers
    beside it, such as those of a date, to its other side.
    """
    words = one_line(text)
    if not any(bidirectional(character) in _RIGHT_TO_LEFT for character in words):
        return fit(words, room)
    return f"{_ISOLATE}{fit(words, room - 2)}{_END}"


def title_of(article: Article, room: int) -> str:
    """Return an article's title, or what stands in its place."""
    return line(article.title, room) or "Untitled"


def byline(article: Article, room: int) -> str:
    """Return an article's outlet, where it names one, and its day."""
    outlet = line(article.source or "", room)
    return f"{outlet} · {stamp(article.published)}" if outlet else stamp(article.published)


def sentence(words: str) -> str:
    """Return an error's words as a sentence: a capital before them, a full stop behind."""
    first = _FIRST_WORD.match(words)
    begun = f"{words[:1].upper()}{words[1:]}" if first else words
    return begun if begun.endswith((".", "!", "?", "…")) else f"{begun}."


def link(label: str, url: str | None) -> str:
    """Return the label, linked where it can be.

    Brackets in it would end the link's text, and an address in it would promise another place
    than the link leads to.
    """
    if url is None or "[" in label or "]" in label or _ADDRESS.search(label):
        return label
    return f"[{label}]({url})"


def listed(names: Sequence[str], room: int, most: int = 3) -> str:
    """Return at most `most` names, each on its share of the room, and how many there are more."""
    shown = [line(name, room // most) for name in names[:most]]
    more = len(names) - len(shown)
    if more:
        return f"{', '.join(shown)} and {more:,} more"
    return " and ".join(part for part in (", ".join(shown[:-1]), shown[-1]) if part)


def count(n: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def basis(citations: Sequence[Citation], room: int) -> str:
    """Return what an answer rests on: passages, articles, outlets and dates."""
    articles = {c.passage.article.id: c.passage.article for c in citations}.values()
    dates = sorted(article.published for article in articles if article.published)
    outlets = list(dict.fromkeys(article.source for article in articles if article.source))
    counted = f"{count(len(citations), 'passage')} from {count(len(articles), 'article')}"
    by = f" by {listed(outlets, room)}" if outlets else ""
    return f"{counted}{by}, {days(dates[0], dates[-1]) if dates else 'undated'}"
