"""Quotations on a page: their words as the article has them, before the answer, it, and after."""

from dataclasses import replace

import pytest

from bot.asking.receipt import Check, Finding, cited_passages
from bot.console.quoted import quoted_now, quoted_then
from corpus.article import Span
from retrieval.answer import Citation
from tests.bot.hostile import citation_of
from tests.bot.test_card import answer_of

TEXT = "It froze. Ice closed the quay. Nobody came."
WITHIN = (10, 30)  # the passage: "Ice closed the quay."


def citation(answer: Span | None) -> Citation:
    """Return a citation of the middle of the text."""
    whole = citation_of(TEXT)
    start, end = WITHIN
    passage = replace(whole.passage, start=start, end=end, sentences=(WITHIN,))
    return replace(whole, rank=3, passage=passage, answer=answer, pinned="Why?")


@pytest.mark.parametrize(
    ("answer", "pieces"),
    [
        (None, ("Ice closed the quay.", "", "")),
        ((10, 30), ("", "Ice closed the quay.", "")),
        ((14, 20), ("Ice ", "closed", " the quay.")),
        ((0, 13), ("", "Ice", " closed the quay.")),
        ((21, 43), ("Ice closed ", "the quay.", "")),
        ((0, 9), ("", "", "Ice closed the quay.")),
        ((31, 43), ("Ice closed the quay.", "", "")),
    ],
)
def test_the_answer_is_marked_where_it_lies_in_the_passage(
    answer: Span | None, pieces: tuple[str, str, str]
) -> None:
    """Of one that reaches out of it only what lies within; no word twice, and none is lost."""
    found = citation(answer)
    now = quoted_now(found, frozenset())
    (cited,) = cited_passages(answer_of(found))
    then = quoted_then(Check(cited, "unchanged", found.passage.article))
    for shown in (now, then):
        assert (shown.before, shown.answer, shown.after) == pieces
        assert (shown.rank, shown.passage_id, shown.article_id, shown.pinned) == (
            3,
            "p",
            "a",
            "Why?",
        )
        assert (shown.score, shown.dense, shown.lexical) == (0.9, 0.8, 0.7)
    assert (now.finding, then.finding) == (None, "unchanged")
    assert (now.is_other, then.is_other) == (True, False)


def test_what_was_not_shown_beside_it_is_told_apart() -> None:
    """By the passage's id."""
    found = citation(None)
    assert not quoted_now(found, frozenset({"p"})).is_other
    assert quoted_now(found, frozenset({"a"})).is_other


@pytest.mark.parametrize("finding", ["changed", "gone"])
def test_words_that_stand_there_no_more_are_not_shown(finding: Finding) -> None:
    """Others may stand in their place."""
    found = citation((10, 30))
    (cited,) = cited_passages(answer_of(found))
    then = quoted_then(Check(cited, finding, found.passage.article))
    assert (then.before, then.answer, then.after) == ("", "", "")
    assert then.finding == finding
