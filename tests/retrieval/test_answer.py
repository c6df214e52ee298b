"""Answers quote what is there, one article before its second passage, or nothing."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.articles import ask_all, read_questions, summarise
from bot.engine import Engine, build_index, open_engine
from config.settings import load_settings
from corpus.article import Article, Passage
from retrieval import answer as answer_module
from retrieval import selection
from retrieval.answer import answer, cite, in_order_of_time, with_nearest
from retrieval.choice import OWN_RELEVANT, RELEVANT, REPETITION, choose, collapse, prices_of
from retrieval.confidence import Judgement
from retrieval.features import PassageFeature
from retrieval.filters import Filters
from retrieval.generation import Generation
from retrieval.intake import Silence
from retrieval.ranking import Hit
from retrieval.retriever import Retriever
from retrieval.search import rank_passages
from tests.conftest import SHARED, Index, write_article
from tests.fakes import FakeEncoder

NO_PARTS = dict.fromkeys(PassageFeature, 0.0)
COSINE = PassageFeature.COSINE
QUERIES = st.lists(
    st.sampled_from(["who", "why", "harbour", "bread", "2015", "the", "January", "\u202e", "?"]),
    max_size=6,
).map(" ".join) | st.text(max_size=60)


def hit(score: float, article: str, row: int) -> Hit:
    source = Article(article, "T", None, None, None, None, "Some words.")
    return Hit(
        row,
        Passage(f"{article}{score}", source, 0, 11, ((0, 11),)),
        score,
        NO_PARTS,
    )


def chosen(*found: tuple[float, str], k: int = 5) -> list[str]:
    """Return the ids of what is chosen of hits in order of score, each its article's event."""
    hits = [hit(score, article, row) for row, (score, article) in enumerate(found)]
    worths = {h.row: h.score for h in hits}
    prices = prices_of(hits, {article: article for _, article in found}, worths)
    return [h.passage.id for h in choose(hits, k, prices, worths)]


def test_citations_in_order_of_time_are_ranked_anew(index: Index) -> None:
    """The oldest first; an undated article may be of any time, and is last."""
    for name, day in (("bakery", ""), ("harbour", "2016-02-29"), ("bridge", "2012-12-31")):
        head = f"---\ntitle: Bread\n{day and f'published: {day}'}\n---\n"
        (index.articles / f"{name}.md").write_text(f"{head}The {name} sold bread.\n")
    index.build()
    generation = index.folder.open_current()
    retriever = Retriever(generation, index.encoder)
    ranking = rank_passages(retriever, "Who sold bread?")
    found = answer(retriever, "Who sold bread?", Filters())
    cited = replace(found, citations=cite(retriever, ranking, 5))
    ordered = in_order_of_time(cited).citations
    assert [c.passage.article.id for c in ordered] == ["bridge.md", "harbour.md", "bakery.md"]
    assert [c.rank for c in ordered] == [1, 2, 3]


def test_another_article_goes_before_a_second_passage_of_the_same() -> None:
    """Unless the second is better by the price of a repetition."""
    assert chosen((0.9, "a"), (0.85, "a"), (0.8, "b")) == ["a0.9", "b0.8", "a0.85"]
    second = 0.8 + REPETITION + 0.01
    assert chosen((0.9, "a"), (second, "a"), (0.8, "b"))[1] == f"a{second}"


def test_what_is_far_from_the_best_is_not_quoted() -> None:
    """Five passages are a limit, not a quota."""
    assert chosen((0.9, "a"), (0.9 * RELEVANT - 0.01, "b")) == ["a0.9"]
    assert chosen() == []
    assert len(chosen(*((0.9, str(i)) for i in range(9)), k=3)) == 3


def test_a_passage_lives_not_by_its_article_alone() -> None:
    """One that says little of what is asked is left out, however well its article does."""
    cosines = (0.2, 0.2 * OWN_RELEVANT + 0.01, 0.2 * OWN_RELEVANT - 0.01)
    found = [
        replace(hit(0.9, "a", row), parts=NO_PARTS | {COSINE: cosine})
        for row, cosine in enumerate(cosines)
    ]
    worths = dict.fromkeys(range(3), 0.9)
    prices = prices_of(found, {"a": "a"}, worths)
    assert [h.row for h in choose(found, 5, prices, worths)] == [0, 1]


@pytest.fixture
def told_twice(index: Index) -> Index:
    """Return an index of a story on the harbour and one on flour, which ran early and late."""
    for name, day, text in (
        ("best", "2015-03-01", "The harbour froze in January, said the ferry's captain."),
        ("late", "2015-02-01", "The miller sold flour to everybody who asked him for some."),
        ("early", "2015-01-01", "The miller sold flour to everybody who asked him for some."),
    ):
        head = f"---\ntitle: The {name} story\npublished: {day}\n---\n"
        (index.articles / f"{name}.md").write_text(f"{head}{text}\n")
    index.build()
    return index


def hits_of(generation: Generation, **scores: float) -> list[Hit]:
    """Return hits on the first passage of each of these articles."""
    passages = {p.article.id: (row, p) for row in range(6) if (p := generation.passage(row))}
    return [Hit(*passages[f"{name}.md"], score, NO_PARTS) for name, score in scores.items()]


@pytest.mark.parametrize(
    ("early", "shown"), [(0.9 * RELEVANT, "early.md"), (0.9 * RELEVANT - 0.01, "late.md")]
)
def test_a_story_does_not_lose_its_turn_by_its_earliest_copy(
    told_twice: Index, early: float, shown: str
) -> None:
    """Where that is too far from the best to be quoted, one that is not is."""
    generation = told_twice.folder.open_current()
    found = hits_of(generation, best=0.9, late=0.8, early=early)
    collapsed = collapse(generation, found, found)
    assert [h.passage.article.id for h in collapsed] == ["best.md", shown]


def test_a_story_beyond_the_first_does_not_lose_its_turn_either(
    told_twice: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is too far is told by the best of all, not by the best of what is looked at later."""
    generation = told_twice.folder.open_current()
    retriever = Retriever(generation, told_twice.encoder)
    found = hits_of(generation, best=0.9, late=0.8, early=0.9 * RELEVANT - 0.01)
    monkeypatch.setattr(selection, "LOOKED_AT", 1)
    monkeypatch.setattr(selection, "hits", lambda *_: found)
    ranking = rank_passages(retriever, "who sold flour?")
    quoted = selection.select(retriever, ranking, 2).chosen
    assert [h.passage.article.id for h in quoted] == ["best.md", "late.md"]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(QUERIES, st.integers(1, 8))
def test_every_quotation_stands_in_its_article(generation: Generation, query: str, k: int) -> None:
    """Whatever is asked: exact slices, whole sentences, ranks from 1, no passage twice."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answer_module, "judge", lambda *_: Judgement("strong", 1.0))
        given_answer = answer(Retriever(generation, FakeEncoder()), query, Filters(), k)
    assert [c.rank for c in given_answer.citations] == list(
        range(1, len(given_answer.citations) + 1)
    )
    assert len(given_answer.citations) <= k
    assert len({c.passage.id for c in given_answer.citations}) == len(given_answer.citations)
    for citation in given_answer.citations:
        (article,) = generation.store.find_articles(citation.passage.article.id)
        assert article.text[citation.passage.start : citation.passage.end] == citation.passage.text
        assert citation.answer in citation.passage.sentences
        assert citation.score == pytest.approx(citation.dense + citation.lexical)


def test_nothing_is_quoted_when_nothing_answers(index: Index) -> None:
    """And the reason says so; of the articles the three nearest are named."""
    write_article(index.articles, "market", "The market moved to the square.")
    index.build()
    given_answer = answer(
        Retriever(index.folder.open_current(), index.encoder), "quantum chromodynamics", Filters()
    )
    assert given_answer.confidence == "none"
    assert given_answer.citations == ()
    assert given_answer.reason == "nothing in these articles answers this"
    assert len({article.id for article in given_answer.nearest}) == len(given_answer.nearest) == 3


def test_what_comes_nearest_is_quoted_when_it_is_asked_for(index: Index) -> None:
    """It makes no answer of it; and an answer needs nothing beside it."""
    index.build()
    generation = index.folder.open_current()
    retriever = Retriever(generation, index.encoder)
    none = answer(retriever, "quantum chromodynamics", Filters())
    nearest = with_nearest(retriever, none, Filters(), 2)
    assert replace(nearest, citations=()) == none
    assert [c.rank for c in nearest.citations] == [1, 2]
    assert nearest.citations[0].passage.article == none.nearest[0]
    hidden = Filters(without=frozenset({none.nearest[0].id}))
    others = with_nearest(retriever, none, hidden, 5).citations
    assert none.nearest[0].id not in {c.passage.article.id for c in others}
    found = replace(none, citations=nearest.citations[:1])
    assert with_nearest(retriever, found, Filters(), 2) is found


def test_what_is_hidden_is_not_nearest_either(index: Index) -> None:
    """Its title is not told."""
    index.build()
    generation = index.folder.open_current()
    hidden = generation.article_id(0)
    given_answer = answer(
        Retriever(generation, index.encoder),
        "quantum chromodynamics",
        Filters(without=frozenset({hidden})),
    )
    assert hidden not in {article.id for article in given_answer.nearest}
    assert len(given_answer.nearest) == 2


def test_filters_that_allow_nothing_say_so(index: Index) -> None:
    """An empty shelf is another reason than a wrong question."""
    index.build()
    filters = Filters(sources=frozenset({"nobody"}))
    given_answer = answer(Retriever(index.folder.open_current(), index.encoder), "harbour", filters)
    assert given_answer.confidence == "none"
    assert given_answer.reason == "no article is within the outlets and dates asked for"


def test_a_reason_says_that_only_some_articles_were_asked(index: Index) -> None:
    """Others may answer."""
    index.build()
    filters = Filters(sources=frozenset({"Herald"}))
    given_answer = answer(
        Retriever(index.folder.open_current(), index.encoder), "quantum chromodynamics", filters
    )
    within = "within the outlets and dates asked for"
    assert given_answer.reason == f"nothing in these articles {within} answers this"


def test_an_answer_names_the_generation_that_gave_it(index: Index, articles: Path) -> None:
    """An engine opened before a build goes on with the articles it has."""
    first = index.build().generation
    before = index.folder.open_current()
    write_article(articles, "harbour", "The harbour was open all winter.")
    index.build()
    given_answer = answer(
        Retriever(before, index.encoder), "harbour froze January ships", Filters()
    )
    assert given_answer.generation == first
    assert all("froze" in c.passage.text for c in given_answer.citations[:1])


@pytest.mark.slow
def test_the_captures_are_answered_and_what_they_lack_is_not(
    captures: Path, tmp_path: Path
) -> None:
    """The development questions over five real articles: a floor under what was reached."""
    build_index(load_settings(), captures, tmp_path, Silence())
    engine: Engine = open_engine(load_settings(), tmp_path)
    questions = read_questions(SHARED / "eval" / "articles" / "queries.jsonl")
    shares = summarise(ask_all(engine, questions))
    assert shares["evidence in the top 5"] >= 0.9
    assert shares["evidence in the bold sentence"] >= 0.8
    assert shares["silent where nothing answers"] == 1
