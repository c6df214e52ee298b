"""Why an answer is as it is, on a card that can be read on a phone."""

from collections.abc import Iterator

from bot.card import Card
from bot.cards.card_words import byline, days, line, title_of
from bot.cards.layout import CONTENT_MAX, TEXT_MAX, Text
from bot.cards.quoting import size
from bot.cards.score_words import by_kind, percent
from retrieval.explain import Candidate, Explanation, Fate

_SHOWN, _BRIEF = 7, 4
_TITLE_MAX, _OUTLET_MAX = 60, 30


def explanation_card(explanation: Explanation) -> Card:
    """Return how sure the answer is, and what was measured of each passage, the best first."""
    rows = tuple(Text(text) for text in _texts(explanation, _SHOWN, TEXT_MAX))
    return Card(rows, "\n".join(_texts(explanation, _BRIEF, CONTENT_MAX)))


def _texts(explanation: Explanation, most: int, room: int) -> list[str]:
    texts = ["\n".join(_head(explanation))]
    left = room - size(texts[0]) - 40  # for the line that says how many are left out
    candidates = explanation.candidates
    for shown, candidate in enumerate(candidates):
        text = "\n".join(_candidate(candidate))
        left -= size(text) + 1
        if left < 0 or shown == most:
            texts.append(f"-# and {len(candidates) - shown:,} more that score less")
            break
        texts.append(text)
    return texts


def _head(explanation: Explanation) -> Iterator[str]:
    answer, span = explanation.answer, explanation.span
    yield f"## {line(answer.query, 200) or '…'}"
    reason = f": {line(answer.reason, 160)}" if answer.reason else ""
    yield f"**{answer.confidence.capitalize()}**{reason}"
    yield f"-# {percent(answer.probability)} likely that the articles answer this, as measured"
    if span:
        yield f"-# asked about {days(span.first, span.last)}"
    if not explanation.candidates:
        yield "No passage was found."


def _candidate(candidate: Candidate) -> Iterator[str]:
    article = candidate.passage.article
    yield f"**{candidate.place}. {title_of(article, _TITLE_MAX)}**"
    yield f"{candidate.score:.2f} · {_fate(candidate)}"
    yield f"-# {byline(article, _OUTLET_MAX)}"
    parts = [f"{kind} {part:.2f}" for kind, part in by_kind(candidate.parts).items()]
    yield f"-# {' + '.join(parts) or 'nothing'} · best sentence {candidate.sentence_score:.2f}"
    found = [
        f"{place} by {way}"
        for way, place in (("meaning", candidate.by_meaning), ("words", candidate.by_words))
        if place
    ]
    yield f"-# {' · '.join([*found, f'passage {candidate.passage.id}'])}"


def _fate(candidate: Candidate) -> str:
    if candidate.fate is Fate.COPY:
        return f"{candidate.fate}, {candidate.copy_of}"
    if candidate.rank:
        return f"{candidate.fate}, rank {candidate.rank}"
    return str(candidate.fate)
