"""A sentence is measured by what the question asks for and by what the best passages say."""

import re
from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.arrays import Floats
from retrieval.features import QueryTerms
from retrieval.name_choice import NameJudge
from retrieval.sentences import SentenceFeature, Sentences, sentence_features
from retrieval.terms import IndexedArticle, TermIndex
from tests.fakes import FakeEncoder

SMALL = frozenset("a an the of is was did in it what who which how many where".split())
WORDS = st.sampled_from("harbour Visby bread 3 boats Who the which sank it Ada many".split())


def analyze(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", text.lower()) if word not in SMALL]


def measure(query: str, *passages: Sequence[str], above: Sequence[int] = ()) -> list[Floats]:
    """Return the features of passages that each are an article."""
    index = TermIndex.build([IndexedArticle("", [texts]) for texts in passages], analyze)
    judge = NameJudge(index, analyze, FakeEncoder())
    terms = QueryTerms.of(analyze(query), index)
    found = [
        Sentences(row, 0.9, "", tuple(texts), np.array(above or range(len(texts)), np.int64))
        for row, texts in enumerate(passages)
    ]
    return sentence_features(judge, query, terms, found)


def column(
    query: str, feature: SentenceFeature, *texts: str, above: Sequence[int] = ()
) -> list[float]:
    (values,) = measure(query, texts, above=above)
    return [round(float(value), 3) for value in values[:, feature]]


def test_the_sentence_that_asks_counts_for_itself() -> None:
    """What the scene is set with does not answer."""
    query = "A boat sank off Visby. Which harbour had it left?"
    texts = ("A boat sank off Visby.", "It had left the harbour.")
    assert column(query, SentenceFeature.ASKING, *texts) == [0, 1]
    assert column(query, SentenceFeature.COVERAGE, *texts)[0] > 0


def test_a_sentence_is_taken_to_say_what_its_heading_says() -> None:
    """The first below it most of all."""
    texts = ("Which boats sank?", "Three old ones.", "Nobody drowned.", "It froze.")
    query, above = "Which boats sank?", [0, 0, 0, 3]
    assert column(query, SentenceFeature.COVERAGE, *texts, above=above) == [1, 1, 1, 0]
    assert column(query, SentenceFeature.FIRST_BELOW, *texts, above=above) == [0, 1, 0, 0]
    assert column(query, SentenceFeature.COVERAGE, *texts) == [1, 0, 0, 0]


def test_a_number_beside_what_is_counted_is_told_from_another() -> None:
    """And nothing is, where nothing is counted."""
    texts = ("In 1999 a boat sank.", "Some 40 boats sank.")
    assert column("How many boats sank?", SentenceFeature.UNIT, *texts) == [0, 1]
    assert column("Which boats sank?", SentenceFeature.UNIT, *texts) == [0, 0]


def test_the_sentence_with_most_of_the_question_has_all_of_the_most() -> None:
    """Others a share of it; none where no sentence has a word."""
    texts = ("bread", "bread harbour", "nothing")
    most = column("harbour bread", SentenceFeature.MOST_RARE_HERE, *texts)
    assert most[1] == 1
    assert 0 < most[0] < 1
    assert most[2] == 0
    assert column("bread", SentenceFeature.MOST_RARE_HERE, "one", "two") == [0, 0]


def test_a_common_word_may_be_what_is_asked_for() -> None:
    """The sentence that brings the likeliest one has its probability."""
    texts = ("Shops ran out of mustard.", "Then they closed.")
    first, second = column("Which condiment did shops run out of?", SentenceFeature.NAME, *texts)
    assert first > second > 0
    assert column("Who ran out of shops?", SentenceFeature.NAME, *texts) == [0, 0]


@given(
    st.lists(WORDS, max_size=8).map(" ".join),
    st.lists(
        st.lists(st.lists(WORDS, max_size=6).map(" ".join), min_size=1, max_size=3),
        min_size=1,
        max_size=3,
    ),
)
def test_features_are_shares(query: str, passages: list[list[str]]) -> None:
    """Of one row a sentence, whatever is asked."""
    for texts, values in zip(passages, measure(query, *passages), strict=True):
        assert values.shape == (len(texts), len(SentenceFeature))
        assert np.isfinite(values).all()
        assert ((values >= 0) & (values <= 1 + 1e-5)).all()


def test_no_passage_has_no_features() -> None:
    """Nothing is measured of nothing."""
    assert measure("Who?") == []
