"""The likeliest name is the one that the passages bring, and that is the thing asked for."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.name_choice import EMBEDDED, NameFeature, NameJudge, VotingPassage
from retrieval.terms import IndexedArticle, TermIndex
from tests.fakes import FakeEncoder

SCHOOLS = (
    "Dartmouth ended its student loans, said Philip Hanlon.",
    "The town of Hanover was told on Monday.",
)
ANALYZE = str.split
WORDS = st.sampled_from("Ada Bea Cem school loans said the in of“ Visby Åland.".split())


class Knowing(FakeEncoder):
    """Knows schools: they are alike, and like nothing else."""

    def encode_phrases(self, phrases: Sequence[str]) -> np.ndarray:
        schools = {"school", "Dartmouth", "Yale"}
        return np.array([[p in schools, p not in schools] for p in phrases], np.float32)


def judge(texts: Sequence[str] = SCHOOLS, encoder: FakeEncoder | None = None) -> NameJudge:
    lowered = [[text.lower() for text in texts]]
    index = TermIndex.build([IndexedArticle("", lowered)], ANALYZE)
    return NameJudge(index, ANALYZE, encoder or Knowing())


def passage(texts: Sequence[str] = SCHOOLS, weight: float = 1.0, title: str = "") -> VotingPassage:
    near = np.linspace(1, 0.5, len(texts), dtype=np.float32)
    return VotingPassage(weight, title, texts, near)


def likeliest(query: str, *passages: VotingPassage) -> str:
    shares = judge().probabilities(query, passages)
    return max(shares, key=lambda key: shares[key])


def test_the_thing_asked_for_tells_which_name_it_is() -> None:
    """Of names that stand equally near, the school is the answer to "which school"."""
    assert likeliest("Which school ended loans?", passage()) == "dartmouth"
    names, features = judge().measure("Which school ended loans?", [passage()])
    kinds = {n.key: float(f[NameFeature.KIND]) for n, f in zip(names, features, strict=True)}
    assert kinds["dartmouth"] > 0 > kinds["hanover"]
    assert np.isclose(sum(kinds.values()), 0, atol=1e-6)


def test_without_a_thing_nothing_is_embedded() -> None:
    """What is it? Nothing that could be compared."""

    class Refusing(FakeEncoder):
        def encode_phrases(self, phrases: Sequence[str]) -> np.ndarray:
            pytest.fail(f"embeds {phrases}")

    names, features = judge(encoder=Refusing()).measure("What is it?", [passage()])
    assert len(names) == 3
    assert not features[:, NameFeature.KIND].any()


def test_what_the_question_says_is_no_answer() -> None:
    """A name of its own words is left out; one with a new word is not."""
    shares = judge().probabilities("Which school did Philip and Dartmouth run?", [passage()])
    assert set(shares) == {"philip hanlon", "hanover"}


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


def test_no_name_has_no_probability() -> None:
    """Nor have passages without sentences, nor no passages."""
    assert judge().probabilities("Who?", []) == {}
    assert judge().probabilities("Who?", [passage(())]) == {}
    assert judge().probabilities("Who?", [passage(("nobody came",))]) == {}


@given(
    st.lists(st.lists(WORDS, max_size=12).map(" ".join), max_size=4),
    st.lists(WORDS, max_size=6).map(" ".join),
)
def test_probabilities_are_shares_of_few_names(texts: list[str], query: str) -> None:
    """They add up to 1, and every feature but the kind is in [0, 1]."""
    own = judge(texts)
    voting = [passage(texts), passage(texts[:1], weight=0.5, title="Ada in Visby")]
    shares = own.probabilities(query, voting)
    assert len(shares) <= EMBEDDED
    assert not shares or np.isclose(sum(shares.values()), 1)
    _, features = own.measure(query, voting)
    others = features[:, : NameFeature.KIND]
    assert ((others >= 0) & (others <= 1 + 1e-6)).all()
