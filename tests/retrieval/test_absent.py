"""An answer about somebody else says so."""

from pathlib import Path
from time import process_time

import pytest

from retrieval.absent import absent_names, absent_words
from retrieval.answer import answer
from retrieval.confidence import Judgement
from retrieval.filters import Filters
from retrieval.generation import Generation
from retrieval.names import names_in
from retrieval.retriever import Retriever
from retrieval.search import rank_passages
from tests.conftest import Index, write_article
from tests.fakes import FakeEncoder


@pytest.fixture
def generation(tmp_path: Path) -> Generation:
    """Return an index of one article."""
    folder = tmp_path / "towns"
    folder.mkdir()
    text = "The Russian minister spoke in Visby. Ada Lovelace listened to him there."
    write_article(folder, "Talks in Gotland", text, source="The Visby Times")
    index = Index(folder, tmp_path / "index")
    index.build()
    return index.folder.open_current()


@pytest.mark.parametrize(
    ("query", "absent"),
    [
        ("What did Obama say in Visby?", ("Obama",)),
        ("What did Obama tell Grace Hopper, and Obama alone?", ("Obama", "Grace Hopper")),
        ("Is Obama in Visby?", ("Obama",)),
        ("Did Obama or Ada speak?", ("Obama",)),
        ("Do Ada and Obama speak in Visby?", ("Obama",)),
        ("Has Grace Hopper left?", ("Grace Hopper",)),
        ("Grace Hopper spoke where?", ("Grace Hopper",)),
        ("Hopper spoke where?", ()),
        ("What did Lovelace hear?", ()),
        ("What did Mrs. Byron Lovelace hear?", ()),
        ("What did Russia say in Gotland?", ()),
        ("What did the Visby Times report?", ()),
        ("What did the US and the UN say on 5 May 2015?", ()),
        ("Ministers spoke. Nobody heard it.", ()),
        ("what did obama say", ()),
        ("", ()),
    ],
)
def test_names_that_the_articles_lack(
    generation: Generation, query: str, absent: tuple[str, ...]
) -> None:
    """By any word or root of theirs; not abbreviations, dates, or capitals that only begin."""
    ranking = rank_passages(Retriever(generation, FakeEncoder()), query)
    assert absent_names(generation, ranking) == absent


def test_a_name_of_which_only_other_articles_tell_is_lacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is quoted says nothing of it."""
    monkeypatch.setattr("retrieval.absent._BEST", 1)
    write_article(tmp_path, "Talks in Gotland", "The Russian minister spoke in Visby.")
    write_article(tmp_path, "At home", "Obama stayed there all week, and read.")
    index = Index(tmp_path, tmp_path / "index")
    index.build()
    query = "What did the Russian minister say to Obama in Visby?"
    ranking = rank_passages(Retriever(index.folder.open_current(), FakeEncoder()), query)
    assert absent_names(index.folder.open_current(), ranking) == ("Obama",)


@pytest.mark.parametrize(
    ("query", "absent"),
    [
        ("when was Visby founded?", ("founded",)),
        ("whats the listener's harbour", ("harbour",)),
        ("who spoke, and does it happen that someone listens?", ()),
        ("is a dlc-pack or the minister's DLC there", ("dlc-pack", "DLC")),
        ("a minister-speaker", ()),
        ("Under which minister, and without whom, throughout Visby?", ()),
        ("", ()),
    ],
)
def test_words_that_no_article_has(
    generation: Generation, query: str, absent: tuple[str, ...]
) -> None:
    """In any form, and as the question has them."""
    ranking = rank_passages(Retriever(generation, FakeEncoder()), query)
    assert absent_words(generation, ranking) == absent


def test_an_irregular_form_is_one_of_the_word(tmp_path: Path) -> None:
    """Of a verb and of a noun."""
    write_article(tmp_path, "The harbour", "It froze in January. Geese sang.")
    write_article(tmp_path, "The market", "Fish is sold there.")
    index = Index(tmp_path, tmp_path / "index")
    index.build()
    generation = index.folder.open_current()
    query = "did the harbour freeze, a goose sing, and a whale swim?"
    assert absent_words(generation, rank_passages(Retriever(generation, FakeEncoder()), query)) == (
        "whale",
        "swim",
    )


def test_an_answer_that_lacks_a_word_is_partial_and_says_so(
    generation: Generation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the articles tell of Visby may have nothing to do with its founding."""
    monkeypatch.setattr("retrieval.answer.judge", lambda *_: Judgement("strong", 0.99))
    given = answer(
        Retriever(generation, FakeEncoder()), "who was founded or settled in visby", Filters()
    )
    assert given.confidence == "partial"
    assert given.reason == 'no article has the word "founded" or "settled"'


def test_many_names_are_read_in_time(generation: Generation) -> None:
    """In seconds it would be minutes, did the time grow with the square of the length."""
    ranking = rank_passages(
        Retriever(generation, FakeEncoder()), "What did Xyz and " + "a Xyz " * 20_000
    )
    began = process_time()
    assert absent_names(generation, ranking) == ("Xyz",)
    assert process_time() - began < 10


def test_what_members_ask_is_not_remembered(generation: Generation) -> None:
    """Their questions may be erased."""
    ranking = rank_passages(Retriever(generation, FakeEncoder()), "What did Obama say in Visby?")
    names_in.cache_clear()
    assert absent_names(generation, ranking) == ("Obama",)
    assert names_in.cache_info().currsize == 0


def test_an_answer_that_lacks_a_name_is_partial_and_says_so(
    generation: Generation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However close its passages are."""
    retriever = Retriever(generation, FakeEncoder())
    monkeypatch.setattr("retrieval.answer.judge", lambda *_: Judgement("strong", 0.99))
    given = answer(retriever, "What did Obama say in Visby?", Filters())
    assert given.confidence == "partial"
    assert given.reason == "the articles come close, but do not name Obama"
    assert given.citations
    known = answer(retriever, "What did Ada listen to in Visby?", Filters())
    assert (known.confidence, known.reason) == ("strong", None)
