"""Why an answer is as it is fits on a card, whatever the articles hold."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.explanation_card import explanation_card
from bot.cards.score_words import KINDS, by_kind, percent
from bot.cards.shown import shown
from corpus.article import Article, Passage
from retrieval.answer import Answer
from retrieval.days import TimeSpan
from retrieval.explain import Candidate, Explanation, Fate
from retrieval.features import PassageFeature
from tests.bot.hostile import answers, articles, citation_of
from tests.bot.test_card import answer_of, require_limits

PARTS = {f.name.lower().replace("_", " "): 0.1 for f in PassageFeature}
PARTS |= {"recency": 0.0, "reranking": 0.0}
NAMED = articles(st.just("word"))  # nothing of their words is shown


def candidate_of(place: int, article: Article, fate: Fate) -> Candidate:
    return Candidate(
        place,
        1 if fate in {Fate.QUOTED, Fate.PINNED} else None,
        Passage("p", article, 0, 4, ((0, 4),)),
        0.7,
        PARTS,
        place,
        None,
        (0, 4),
        1.5,
        article.id,
        "0123456789abcdef" if fate is Fate.COPY else None,
        0.0,
        fate,
    )


@given(answers(0), st.lists(st.tuples(NAMED, st.sampled_from(Fate)), max_size=10))
def test_any_explanation_keeps_every_limit(
    answer: Answer, found: list[tuple[Article, Fate]]
) -> None:
    """And says how many passages it leaves out."""
    candidates = tuple(candidate_of(n, *each) for n, each in enumerate(found, 1))
    card = explanation_card(Explanation(answer, None, candidates))
    require_limits(card)
    numbered = [n for n in range(1, len(found) + 1) if f"**{n}. " in card.text]
    left_out = len(found) - len(numbered)
    assert (f"and {left_out} more" in shown(card.text)) == bool(left_out)


def test_each_passage_is_told_with_what_became_of_it() -> None:
    """Its place, why, when and where it is of, what each kind adds, and by which search."""
    cited = citation_of("It froze.")
    known = cited.passage.article
    unknown = replace(known, title="", source=None, published=None)
    candidates = (
        candidate_of(1, known, Fate.QUOTED),
        candidate_of(2, known, Fate.COPY),
        replace(candidate_of(3, unknown, Fate.FAR), parts={}, by_meaning=None, by_words=4),
    )
    span = TimeSpan(date(2020, 1, 31), date(2020, 2, 1))
    close = replace(answer_of(cited), reason="it is close")
    kinds = "-# meaning 0.20 + words 0.30 + opening 0.10 + date 0.10 · best sentence 1.50\n"
    assert explanation_card(Explanation(close, span, candidates)).text == (
        "## why?\n"
        "**Strong**: it is close\n"
        "-# 90% likely that the articles answer this, as measured\n"
        "-# asked about <t:1580464800:D> to <t:1580551200:D>\n"
        "**1. A title**\n"
        "0.70 · quoted, rank 1\n"
        f"-# Herald · <t:1580464800:D>\n{kinds}"
        "-# 1 by meaning · passage p\n"
        "**2. A title**\n"
        "0.70 · a copy of another passage, 0123456789abcdef\n"
        f"-# Herald · <t:1580464800:D>\n{kinds}"
        "-# 2 by meaning · passage p\n"
        "**3. Untitled**\n"
        "0.70 · not quoted: too far from the best\n"
        "-# undated\n"
        "-# nothing · best sentence 1.50\n"
        "-# 4 by words · passage p"
    )


def test_a_question_about_a_day_is_not_about_a_span() -> None:
    """Nor does one that found nothing have passages."""
    day = TimeSpan(date(2020, 1, 31), date(2020, 1, 31))
    assert explanation_card(Explanation(answer_of(), day, ())).text == (
        "## why?\n"
        "**Strong**\n"
        "-# 90% likely that the articles answer this, as measured\n"
        "-# asked about <t:1580464800:D>\n"
        "No passage was found."
    )


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
    assert by_kind({"lead": 0.01, "time": 0.004}) == {"opening": 0.01}  # 0.00 says nothing
