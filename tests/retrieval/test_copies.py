"""Copies of one story are found, whatever was changed around them."""

from datetime import date

import numpy as np
import pytest

from retrieval.answer import cite
from retrieval.choice import also_in
from retrieval.copies import find_originals
from retrieval.filters import Filters
from retrieval.retriever import Retriever
from retrieval.search import rank_passages
from tests.conftest import Index, write_article

STORY = (
    "The harbour froze on Monday night and twelve ships waited outside for a week, the harbour"
    " master said, while the town sent soup and blankets across the ice with sledges and dogs."
)
CHANGED = STORY.replace("on Monday night", "late on Monday") + " It was cold."
OTHER = (
    "The bakery opened at noon after a long quarrel about flour, and by two in the afternoon every"
    " loaf of rye bread was sold, so that the baker closed the shop and went for a walk."
)


def test_a_copy_points_to_the_earliest() -> None:
    """By day, not by row; undated ones are last."""
    days = [date(2020, 1, 3), None, date(2020, 1, 1), date(2020, 1, 2)]
    assert list(find_originals([STORY, STORY, CHANGED, OTHER], days)) == [2, 2, 2, 3]


def test_of_two_stories_the_earlier_is_the_original_of_what_holds_both() -> None:
    """Whichever row it has."""
    words = [f"word{number}" for number in range(80)]
    first, second, whole = (" ".join(words[part]) for part in np.s_[20:, :60, :])
    days = [date(2020, 1, 2), date(2020, 1, 1), date(2020, 1, 3)]
    assert list(find_originals([first, second, whole], days)) == [0, 1, 1]


@pytest.mark.parametrize("text", ["", "one", "only three words"])
def test_short_texts_are_copies_only_when_equal(text: str) -> None:
    """Nothing is too short to be told apart."""
    assert list(find_originals([text, STORY, text], [None] * 3)) == [0, 1, 0]


def test_likeness_is_the_share_of_words_by_threes() -> None:
    """Three of four in common are enough, one of two is not."""
    originals = find_originals(["a b c d e", "a b c d e f", "k l m", "k l m n"], [None] * 4)
    assert list(originals) == [0, 0, 2, 3]


def test_no_text_has_no_original() -> None:
    """Nothing in, nothing out."""
    assert find_originals([], []).shape == (0,)


def test_a_wire_story_is_quoted_once_and_its_other_places_named(index: Index) -> None:
    """Three outlets ran it; one is quoted, the others stand beside it."""
    index.max_tokens = 60
    for outlet in ("Herald", "Gazette", "Courier"):
        write_article(index.articles, f"wire {outlet}", STORY, outlet)
    index.build()
    generation = index.folder.open_current()
    retriever = Retriever(generation, index.encoder)
    query = "harbour froze ships waited"
    ranking = rank_passages(retriever, query)
    citations = cite(retriever, ranking, 5)
    wired = [c for c in citations if c.passage.article.id.startswith("wire")]
    assert [c.passage.article.id for c in wired] == ["wire Courier.md"]
    assert [a.id for a in wired[0].also_in] == ["wire Gazette.md", "wire Herald.md"]
    (other,) = [
        r for r in range(len(generation)) if "bakery.md" in generation.passage(r).article.id
    ]
    assert also_in(generation, other) == ()


def test_a_copy_with_a_date_is_quoted_rather_than_one_without(index: Index) -> None:
    """Which may be of any time, and comes last of several, whatever it is called."""
    index.max_tokens = 60
    for name, day in (("a", ""), ("b", "2020-02-02"), ("c", "2020-02-01")):
        head = f"title: Wire {name}\n{day and f'published: {day}'}"
        (index.articles / f"wire {name}.md").write_text(f"---\n{head}\n---\n{STORY}\n")
    index.build()
    generation = index.folder.open_current()
    retriever = Retriever(generation, index.encoder)
    ranking = rank_passages(retriever, "harbour froze ships waited")
    citations = cite(retriever, ranking, 5)
    assert [c.passage.article.id for c in citations if "wire" in c.passage.article.id] == [
        "wire c.md"
    ]


def test_many_copies_of_a_story_leave_room_for_what_was_told_once(index: Index) -> None:
    """Where eight passages are asked for, more are looked at than there are copies."""
    index.max_tokens = 60
    once = "Dogs drew sledges with soup across the ice to ships outside the harbour."
    write_article(index.articles, "dogs", once)
    for number in range(22):
        write_article(index.articles, f"wire {number}", STORY, f"Outlet {number}")
    index.build()
    generation = index.folder.open_current()
    retriever = Retriever(generation, index.encoder)
    query = "harbour ships outside soup blankets ice sledges dogs"
    ranking = rank_passages(retriever, query)
    cited = [c.passage.article.id for c in cite(retriever, ranking, 8)]
    assert cited == ["wire 0.md", "dogs.md"]


def test_what_is_hidden_is_not_named_beside_a_copy(index: Index) -> None:
    """Neither a hidden article nor one whose copy of the passage is hidden."""
    index.max_tokens = 60
    for outlet in ("Herald", "Gazette", "Courier", "Mail"):
        write_article(index.articles, f"wire {outlet}", STORY, outlet)
    index.build()
    generation = index.folder.open_current()
    retriever = Retriever(generation, index.encoder)
    query = "harbour froze ships waited"
    passage = next(
        generation.passage(row).id
        for row in range(len(generation))
        if generation.passage(row).article.id == "wire Mail.md"
    )
    asked = Filters(without=frozenset({"wire Herald.md", passage}))
    citations = cite(retriever, rank_passages(retriever, query, asked), 5)
    wired = [c for c in citations if c.passage.article.id.startswith("wire")]
    assert [c.passage.article.id for c in wired] == ["wire Courier.md"]
    assert [a.id for a in wired[0].also_in] == ["wire Gazette.md"]


def test_what_was_published_later_is_not_named_beside_a_copy(index: Index) -> None:
    """On the day as of which is asked nobody knew it."""
    index.max_tokens = 60
    for outlet, day in (("Herald", 1), ("Gazette", 2), ("Courier", 3)):
        header = f"title: The {outlet}\nsource: {outlet}\npublished: 2020-02-0{day}"
        path = index.articles / f"wire {outlet}.md"
        path.write_text(f"---\n{header}\n---\n{STORY}\n", encoding="utf-8")
    index.build()
    generation = index.folder.open_current()
    retriever = Retriever(generation, index.encoder)
    asked = Filters(known_on=date(2020, 2, 2))
    ranking = rank_passages(retriever, "harbour froze ships waited", asked)
    wired = [c for c in cite(retriever, ranking, 5) if c.passage.article.id.startswith("wire")]
    assert [c.passage.article.id for c in wired] == ["wire Herald.md"]
    assert [a.id for a in wired[0].also_in] == ["wire Gazette.md"]
