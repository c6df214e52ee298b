"""Citations -> what stands on a card for each, all within one room."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards.card_words import byline, line, link, title_of
from bot.cards.excerpt import Excerpt
from bot.cards.quoting import size
from bot.cards.sentence_link import linkable, sentence_url
from corpus.article import Article
from retrieval.answer import Citation
from retrieval.choice import place_of

_SURE_OF_ROOM = 360  # characters that an answering sentence is left before links are added
_ENOUGH = 380  # characters of one quote beside others: half a phone's screen, *Context* has more
_NAMED_COPIES = 3
_PINNED = "\n-# pinned by a moderator"


def citation_texts(citations: Sequence[Citation], room: int, limit: int) -> list[str]:
    """Return each citation's markdown: title, outlet, date, links and a quote.

    Short quotes leave room to long ones. Links are added while the answering sentences keep room:
    first one for each citation, then a second.

    Args:
        citations: The best first, at most as many as one message has room for.
        room: Characters for all of them.
        limit: Characters for everything that the message may hold; names are shortened by it.

    Raises:
        DriftedQuoteError: A quote would not show its article's words.
    """
    excerpts = [Excerpt(c.passage, c.answer, c.lead_in) for c in citations]
    heads = [_Head.of(citation, limit) for citation in citations]
    needed = sum(min(excerpt.least_size, _SURE_OF_ROOM) for excerpt in excerpts)
    chosen = _choose_heads([head.variants() for head in heads], room - needed)
    room -= sum(size(head) + 1 for head in chosen)
    least = fair_shares([excerpt.least_size for excerpt in excerpts], room)
    enough = _ENOUGH if len(excerpts) > 1 else room
    wanted = [max(0, min(e.whole_size, enough) - n) for e, n in zip(excerpts, least, strict=True)]
    more = fair_shares(wanted, room - sum(least))
    rooms = (a + b for a, b in zip(least, more, strict=True))
    quotes = (excerpt.within(own) for excerpt, own in zip(excerpts, rooms, strict=True))
    return [f"{head}\n{quote}" for head, quote in zip(chosen, quotes, strict=True)]


def fair_shares(needs: Sequence[int], room: int) -> list[int]:
    """Return how much of the room each gets: its need, or as much as any other whose need is open.

    >>> fair_shares([100, 900, 900], 1000)
    [100, 450, 450]
    """
    shares = [0] * len(needs)
    for left, n in enumerate(sorted(range(len(needs)), key=needs.__getitem__), -len(needs)):
        shares[n] = min(needs[n], room // -left)
        room -= shares[n]
    return shares


def _choose_heads(variants: Sequence[Sequence[str]], room: int) -> list[str]:
    """Return one variant of each, all the shortest, or longer ones by turns while they fit."""
    chosen = [options[0] for options in variants]
    room -= sum(size(head) + 1 for head in chosen)
    for step in range(1, max((len(options) for options in variants), default=0)):
        for n, options in enumerate(variants):
            cost = size(options[step]) - size(chosen[n]) if step < len(options) else room + 1
            if cost <= room:
                chosen[n] = options[step]
                room -= cost
    return chosen


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands above a quote.

    Attributes:
        title, byline, notes: Markdown; `notes` are lines in small print, or "".
        page, sentence: Addresses of the article and of the very sentence in it.
    """

    title: str
    byline: str
    notes: str
    page: str | None
    sentence: str | None

    @classmethod
    def of(cls, citation: Citation, limit: int) -> "_Head":
        article = citation.passage.article
        answer = citation.answer or (citation.passage.start, citation.passage.end)
        return cls(
            f"{citation.rank}. {title_of(article, limit // 33)}",
            byline(article, limit // 66),
            _PINNED * (citation.pinned is not None) + _copies(citation.also_in, limit // 40),
            linkable(article.url),
            sentence_url(article.url, article.text, answer),
        )

    def variants(self) -> list[str]:
        """Return the head without a link, with one, and with two where there are two."""
        best = self.sentence or self.page
        if best is None:
            return [self._text(None, None)]
        one = self._text(best, None)
        if one == self._text(None, None):  # the title cannot be linked
            return [one, self._text(None, best)]
        return [self._text(None, None), one, self._text(self.page, self.sentence)]

    def _text(self, page: str | None, sentence: str | None) -> str:
        read = f" · {link('read it there', sentence)}" if sentence else ""
        return f"### {link(self.title, page)}\n{self.byline}{read}{self.notes}"


def _copies(also_in: Sequence[Article], room: int) -> str:
    """Return a line that names where else the story ran, or "" when nowhere."""
    if not also_in:
        return ""
    names = list(dict.fromkeys(_site(place_of(article)) for article in also_in))
    shown = ", ".join(names[:_NAMED_COPIES])
    more = f" and {len(names) - _NAMED_COPIES:,} more" if len(names) > _NAMED_COPIES else ""
    return f"\n-# also in {line(shown, room)}{more}"


def _site(place: str) -> str:
    """Return the name of an address's site; anything else as it is."""
    host = place.partition("://")[2].partition("/")[0] if linkable(place) else place
    return host.removeprefix("www.")
