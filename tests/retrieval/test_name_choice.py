"""The likeliest name or word is the one that passages bring, and that is the thing asked for."""

import re
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.agreement import NearWords, near_words
from retrieval.name_choice import (
    EMBEDDED,
    WORDS,
    Candidates,
    NameFeature,
    NameJudge,
    Probabilities,
    VotingPassage,
)
from retrieval.terms import IndexedArticle, TermIndex
from tests.fakes import FakeEncoder

SCHOOLS = (
    "Dartmouth ended its student loans, said Philip Hanlon.",
    "The town of Hanover was told on Monday.",
)
ANALYZE = re.compile(r"\w+").findall
KIND = NameFeature.KIND
SAID = st.sampled_from("Ada Bea Cem school loans said the in of“ Visby Åland.".split())


class Knowing(FakeEncoder):
    """Knows schools: they are alike, and like nothing else."""

    def encode_phrases(self, phrases: Sequence[str]) -> np.ndarray:
        schools = {"school", "Dartmouth", "Yale"}
        return np.array([[p in schools, p not in schools] for p in phrases], np.float32)


def judge(passages: Sequence[VotingPassage], encoder: FakeEncoder | None = None) -> NameJudge:
    """Return the judge over a corpus of these passages."""
    articles = [IndexedArticle(p.title.lower(), [[t.lower() for t in p.texts]]) for p in passages]
    return NameJudge(TermIndex.build(articles, ANALYZE), ANALYZE, encoder or Knowing())


def words_of(judge: NameJudge, query: str, passages: Sequence[VotingPassage]) -> NearWords:
    rows, near = np.arange(len(passages)), [passage.near for passage in passages]
    return near_words(judge.index, rows, near, judge.index.ids(ANALYZE(query.lower())))


def measured(
    query: str, *passages: VotingPassage, encoder: FakeEncoder | None = None
) -> Candidates:
    own = judge(passages, encoder)
    return own.measure(query, passages, words_of(own, query, passages))


def likely(query: str, *passages: VotingPassage) -> Probabilities:
    own = judge(passages)
    return own.probabilities(query, passages, words_of(own, query, passages))


def passage(texts: Sequence[str] = SCHOOLS, weight: float = 1.0, title: str = "") -> VotingPassage:
    near = np.linspace(1, 0.5, len(texts), dtype=np.float32)
    return VotingPassage(weight, title, texts, near)


def likeliest(query: str, *passages: VotingPassage) -> str:
    shares = likely(query, *passages).names
    return max(shares, key=lambda key: shares[key])


def test_the_thing_asked_for_tells_which_name_it_is() -> None:
    """Of names that stand equally near, the school is the answer to "which school"."""
    assert likeliest("Which school ended loans?", passage()) == "dartmouth"
    found = measured("Which school ended loans?", passage())
    n = len(found.names)
    kinds = dict(zip((name.key for name in found.names), found.features[:n, KIND], strict=True))
    assert kinds["dartmouth"] > 0 > kinds["hanover"]
    assert np.isclose(sum(kinds.values()), 0, atol=1e-6)
    assert not found.features[n:, KIND].any()


def test_without_a_thing_nothing_is_embedded() -> None:
    """What is it? Nothing that could be compared."""

    class Refusing(FakeEncoder):
        def encode_phrases(self, phrases: Sequence[str]) -> np.ndarray:
            pytest.fail(f"embeds {phrases}")

    found = measured("What is it?", passage(), encoder=Refusing())
    assert len(found.names) == 3
    assert not len(found.words)
    assert not found.features[:, KIND].any()


def test_what_the_question_says_is_no_answer() -> None:
    """A name of its own words is left out; one with a new word is not."""
    found = likely("Which school did Philip and Dartmouth run?", passage())
    assert set(found.names) == {"philip hanlon", "hanover"}


def test_a_full_name_where_a_person_is_asked_for_and_a_place_where_a_place_is() -> None:
    """Of names that the passages bring alike."""
    texts = ("Hanlon met Ada Lovelace in Visby.",)
    assert likeliest("Who was it?", passage(texts)) == "ada lovelace"
    assert likeliest("Where was it?", passage(texts)) == "visby"


def test_a_name_that_more_passages_bring_is_likelier() -> None:
    """And that by the passages' weight; a title counts for it too."""
    one, other = passage(("He met Bob.",)), passage(("He met Eve.",))
    assert likeliest("Who was it?", one, other, other) == "eve"
    heavy = passage(("He met Bob.",), weight=4.0)
    assert likeliest("Who was it?", heavy, other, other) == "bob"
    titled = passage(("He met Bob.",), title="Bob’s day")
    assert likeliest("Who was it?", other, titled) == "bob"


def test_what_need_not_have_a_name_may_be_a_common_word() -> None:
    """The one that they bring near the question's words; not where a person is asked for."""
    texts = ("Shops sold out of mustard.", "Some cats slept on.")
    found = likely("Which condiment is sold out?", passage(texts), passage(texts[:1]))
    own = judge([passage(texts), passage(texts[:1])])
    shares = {own.index.vocabulary[i]: share for i, share in found.words.items()}
    assert shares["mustard"] > shares["slept"]
    assert "sold" not in shares
    assert not likely("Who is sold out?", passage(texts)).words


def test_no_name_has_no_probability() -> None:
    """Nor have passages without any."""
    assert likely("Who?", passage(("nobody came",))) == Probabilities({}, {})
    assert likely("Who?", passage(("",))) == Probabilities({}, {})


@given(
    st.lists(st.lists(SAID, max_size=12).map(" ".join), min_size=1, max_size=4),
    st.lists(SAID, max_size=6).map(" ".join),
)
def test_probabilities_are_shares_of_few_candidates(texts: list[str], query: str) -> None:
    """They add up to 1, and every feature but the kind is in [0, 1]."""
    voting = [passage(texts), passage(texts[:1], weight=0.5, title="Ada in Visby")]
    found = likely(f"Which {query}", *voting)
    shares = [*found.names.values(), *found.words.values()]
    assert len(found.names) <= EMBEDDED
    assert len(found.words) <= WORDS
    assert not shares or np.isclose(sum(shares), 1)
    others = measured(f"Which {query}", *voting).features[:, :KIND]
    assert ((others >= 0) & (others <= 1 + 1e-6)).all()
