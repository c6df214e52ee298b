"""A sentence is about what its heading, or the question above it, says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article, Passage
from corpus.split import sentence_spans
from retrieval.sections import may_answer, places_above

PIECES = ["The rules", "May I ask?", "Who was it? Ada was.", "It froze.", "It froze. It thawed."]


def passage_of(*paragraphs: str) -> Passage:
    text = "\n\n".join(paragraphs)
    article = Article("a", "T", None, None, None, None, text)
    return Passage("p", article, 0, len(text), tuple(sentence_spans(text)))


@pytest.mark.parametrize(
    ("paragraphs", "above", "answers"),
    [
        (("Welcome.", "The rules", "Be kind.", "No spam."), [0, 1, 1, 1], [1, 0, 1, 1]),
        (("The rules", "Be kind.", "The roles", "Ask."), [0, 0, 2, 2], [0, 1, 0, 1]),
        (("May I post links?", "Once a week. No more."), [0, 0, 0], [0, 1, 1]),
        (("No mail came. What now?", "Write to us."), [0, 0, 0], [0, 0, 1]),
        (("You need:", "iron", "wood", "That is all."), [0, 0, 0, 0], [0, 1, 1, 1]),
        (("It froze.", "iron", "wood", "coal", "It thawed."), [0, 1, 2, 3, 4], [1, 1, 1, 1, 1]),
        (("Prices", "Set | Price", "Iron | 9", "It is dear."), [0, 1, 1, 0], [0, 0, 1, 1]),
        (("Who is it for? Ada. She asked.", "It froze."), [0, 0, 0, 3], [0, 1, 1, 1]),
        (("The rules", "Be kind. May I post? Yes."), [0, 0, 2, 2], [0, 1, 0, 1]),
        (("Dr. No. The return", "It froze."), [0, 0, 0], [0, 0, 1]),
        (("It froze.", "It thawed."), [0, 1], [1, 1]),
        (("May I post links?",), [0], [1]),
    ],
)
def test_a_section_stands_under_its_heading_or_question(
    paragraphs: tuple[str, ...], above: list[int], answers: list[int]
) -> None:
    """A question in a paragraph reaches to its end; neither is the answer itself."""
    passage = passage_of(*paragraphs)
    assert places_above(passage).tolist() == above
    assert may_answer(passage).tolist() == answers


def test_a_passage_may_begin_within_a_heading() -> None:
    """The rest of it heads what follows."""
    whole = passage_of("Dr. No. The return", "It froze.")
    rest = Passage("q", whole.article, whole.sentences[1][0], whole.end, whole.sentences[1:])
    assert places_above(rest).tolist() == [0, 0]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8))
def test_what_a_sentence_stands_under_stands_before_it(paragraphs: list[str]) -> None:
    """It stands under nothing else, and every sentence has a place."""
    above = places_above(passage_of(*paragraphs))
    assert len(above) == len(passage_of(*paragraphs).sentences)
    assert all(place <= own for own, place in enumerate(above))
    assert (above[above] == above).all()
