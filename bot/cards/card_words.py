"""The words and marks that several cards share."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from bot.cards.quoting import fit, one_line
from retrieval.answer import Citation

_ADDRESS = re.compile(r"\\?:(?:\\?/){2}")  # what every address has, as markdown or plain


def stamp(day: date | None) -> str:
    """Return a day as Discord shows it in the reader's own language.

    Noon in Greenwich is the same day from UTC-12 to UTC+11, where nearly everybody lives.
    """
    if day is None:
        return "undated"
    return f"<t:{int(datetime.combine(day, time(12), UTC).timestamp())}:D>"


def days(first: date | None, last: date | None) -> str:
    """Return a span of days, or what is known of it."""
    return stamp(first) if first == last or last is None else f"{stamp(first)} to {stamp(last)}"


def line(text: str, room: int) -> str:
    """Return a text of others on one line, shortened to `room` characters of markdown."""
    return fit(one_line(text), room)


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
