"""Why an answer is as it is fits on a card, whatever the articles hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.explanation_card import explanation_card
from bot.cards.score_words import KINDS, by_kind, percent
from bot.cards.shown import shown
from retrieval.answer import Answer, Citation
from retrieval.explain import Candidate, Explanation, Fate
from retrieval.features import PassageFeature
from tests.bot.hostile import answers, citations
from tests.bot.test_card import require_limits

PARTS = {f.name.lower().replace("_", " "): 0.1 for f in PassageFeature}
PARTS |= {"recency": 0.0, "reranking": 0.0}


def candidate_of(place: int, citation: Citation, fate: Fate) -> Candidate:
    return Candidate(
        place,
        citation.rank if fate in {Fate.QUOTED, Fate.PINNED} else None,
        citation.passage,
        0.7,
        PARTS,
        place,
        None,
        citation.passage.sentences[0],
        1.5,
        citation.passage.article.id,
        "0123456789abcdef" if fate is Fate.COPY else None,
        0.0,
        fate,
    )


@given(answers(), st.lists(st.tuples(citations(), st.sampled_from(Fate)), max_size=10))
def test_any_explanation_keeps_every_limit(
    answer: Answer, found: list[tuple[Citation, Fate]]
) -> None:
    """And says how many passages it leaves out."""
    candidates = tuple(candidate_of(n, *each) for n, each in enumerate(found, 1))
    card = explanation_card(Explanation(answer, None, candidates))
    require_limits(card)
    numbered = [n for n in range(1, len(found) + 1) if f"**{n}. " in card.text]
    left_out = len(found) - len(numbered)
    assert (f"and {left_out} more" in shown(card.text)) == bool(left_out)


@pytest.mark.parametrize(
    ("probability", "said"),
    [(0.0, "under 1%"), (0.01, "1%"), (0.62, "62%"), (0.99, "99%"), (0.9999, "over 99%")],
)
def test_what_is_not_certain_is_never_called_so(probability: float, said: str) -> None:
    """A hundred percent is no measure's to give."""
    assert percent(probability) == said


def test_every_part_of_a_score_is_of_some_kind() -> None:
    """So that the kinds add up to the score."""
    named = [name for names in KINDS.values() for name in names]
    assert sorted(named) == sorted(PARTS)
    assert by_kind(PARTS).keys() == {"meaning", "words", "opening", "date"}
