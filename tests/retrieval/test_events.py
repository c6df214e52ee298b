"""Several outlets' articles on one event have one turn, and dates keep look-alikes apart."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from retrieval.answer import cite
from retrieval.choice import choose, place_of, prices_of, told_elsewhere
from retrieval.events import DAYS, group_events
from retrieval.features import PassageFeature
from retrieval.generation import Generation
from retrieval.ranking import Hit
from retrieval.retriever import Retriever
from retrieval.search import rank_passages
from tests.conftest import Index

# title, day, text; the first three tell of one night.
NO_PARTS = dict.fromkeys(PassageFeature, 0.0)
ARTICLES = {
    "ferry-herald": (
        "Ferry Aurora sinks off Visby",
        "2021-03-04",
        (
            "The ferry Aurora sank in a storm off Visby on Thursday night. Rescuers saved"
            " ninety people from the ferry. The captain left last."
        ),
    ),
    "ferry-gazette": (
        "Storm sinks the Aurora near Visby",
        "2021-03-05",
        (
            "Rescuers saved ninety people after the ferry Aurora sank off Visby in a storm."
            " Divers will look at the ferry on Saturday."
        ),
    ),
    "ferry-courier": (
        "Ninety saved as ship sinks",
        "2021-03-05",
        (
            "Ninety people were saved when the ferry Aurora sank in a storm off Visby. The"
            " owner of the ferry said nothing."
        ),
    ),
    "ferry-before": (
        "Ferry Aurora sinks off Visby",
        "1998-11-20",
        (
            "The ferry Aurora sank in a storm off Visby on Friday night. Rescuers saved"
            " sixty people from the ferry. The cook left last."
        ),
    ),
    "ferry-undated": (
        "Ferry Aurora sinks off Visby",
        "",
        (
            "The ferry Aurora sank in a storm off Visby. Rescuers saved ninety people from"
            " the ferry. Some swam ashore."
        ),
    ),
    "harbour": (
        "Visby harbour gets a crane",
        "2021-03-04",
        (
            "The harbour of Visby bought a yellow crane from Denmark. It lifts forty tonnes."
            " Children drew pictures of it."
        ),
    ),
    "budget": (
        "Council votes on the budget",
        "2021-03-04",
        (
            "The council argued over money for schools and roads until midnight. Nobody was"
            " happy with the vote."
        ),
    ),
}
# Other days' news, so that what the ferry's articles share is rare.
ARTICLES |= {
    f"other-{n}": (f"Report {n}", "2021-03-04", f"Nothing much {word} in the village that day.")
    for n, word in enumerate("happened changed moved grew fell burned closed opened".split())
}
FERRY = {"ferry-herald.md", "ferry-gazette.md", "ferry-courier.md"}


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generation]:
    """Return an index of the articles, a passage each."""
    folder: Path = tmp_path_factory.mktemp("events")
    for name, (title, day, text) in ARTICLES.items():
        dated = f"published: {day}\n" if day else ""
        header = f"---\ntitle: {title}\nsource: {name}\n{dated}---\n"
        (folder / f"{name}.md").write_text(f"{header}{text}\n", encoding="utf-8")
    index = Index(folder, tmp_path_factory.mktemp("index"), max_tokens=50)
    index.build()
    opened = index.folder.open_current()
    yield opened
    opened.store.close()


def groups(generation: Generation, articles: list[int]) -> dict[str, str]:
    found = group_events(generation, articles)
    return {generation.article_id(a): generation.article_id(first) for a, first in found.items()}


def test_outlets_on_one_night_are_one_event(generation: Generation) -> None:
    """And the same words of other years, or of no known day, are another."""
    events = groups(generation, list(range(len(ARTICLES))))
    together = {i for i, first in events.items() if first == events["ferry-herald.md"]}
    assert together == FERRY
    assert len(set(events.values())) == len(ARTICLES) - 2


@pytest.mark.parametrize(
    ("days", "first"),
    [
        ((4, 6), "aa"),  # two days apart are one event
        ((4, 7), "ab"),  # three are two
        ((4, 6, 8), "aac"),  # the last is near the second, which is not its event's first
        ((6, 4, 8), "aaa"),
    ],
)
def test_an_article_joins_an_event_by_likeness_to_its_first(
    tmp_path: Path, days: tuple[int, ...], first: str
) -> None:
    """Else a story that runs for weeks would be one event."""
    title, _, text = ARTICLES["ferry-herald"]
    told = {f"{'abc'[n]}.md": f"published: 2021-03-{day:02}" for n, day in enumerate(days)}
    told |= {f"other-{n}.md": "published: 2021-03-04" for n in range(8)}
    for n, (name, published) in enumerate(told.items()):
        what = (title, text) if n < len(days) else ARTICLES[name.removesuffix(".md")][::2]
        body = f"---\ntitle: {what[0]}\n{published}\n---\n{what[1]}\n"
        (tmp_path / name).write_text(body, encoding="utf-8")
    index = Index(tmp_path, tmp_path / "index", max_tokens=50)
    index.build()
    events = groups(index.folder.open_current(), list(range(len(days))))
    assert list(events.values()) == [f"{letter}.md" for letter in first]


@pytest.mark.parametrize(
    ("source", "url", "place"),
    [
        ("Herald", "https://h.example/1", "https://h.example/1"),
        ("Herald", None, "Herald: The ferry"),
        (None, None, "The ferry"),
    ],
)
def test_a_place_is_an_address_or_who_told_it(
    source: str | None, url: str | None, place: str
) -> None:
    """Whatever of it is known."""
    assert place_of(Article("ferry.md", "The ferry", source, None, None, url, "It sank.")) == place


@given(st.permutations(range(len(ARTICLES))), st.integers(0, len(ARTICLES)))
def test_an_event_is_named_by_its_first_article(
    generation: Generation, order: list[int], n: int
) -> None:
    """Whatever the order: the first stands for itself, members are near it in time."""
    articles = order[:n]
    events = group_events(generation, articles)
    assert list(events) == articles
    for article, first in events.items():
        assert events[first] == first
        assert articles.index(first) <= articles.index(article)
        if first != article:
            days = generation.days[[first, article]]
            assert days.all()
            assert abs(int(np.diff(days)[0])) <= DAYS


@given(st.permutations(range(len(ARTICLES))), st.integers(1, 9))
def test_every_event_has_its_turn_before_a_second_of_one(
    generation: Generation, order: list[int], k: int
) -> None:
    """Of equally good hits; the others of an event stand beside its first, each once."""
    found = [Hit(row, generation.passage(row), 0.9, NO_PARTS) for row in order]
    articles = [int(generation.terms.article_of_passage[row]) for row in order]
    events = groups(generation, articles)
    worths = {h.row: h.score for h in found}
    chosen = choose(found, k, prices_of(found, events, worths), worths)
    told = [events[h.passage.article.id] for h in chosen]
    n_events = len(set(events.values()))
    assert len(set(told)) == min(k, n_events)
    assert len(set(told[:n_events])) == len(told[:n_events])
    elsewhere = told_elsewhere(chosen, found, events)
    beside = [place for places in elsewhere.values() for place in places]
    assert len(beside) == len(set(beside))
    quoted = {h.passage.article.id for h in chosen}
    for row, places in elsewhere.items():
        event = events[generation.passage(row).article.id]
        assert len(places) == sum(e == event and i not in quoted for i, e in events.items())


def test_an_event_is_answered_once_and_its_other_outlets_are_named(
    generation: Generation, index: Index
) -> None:
    """One ferry, one quotation, and where else it was told."""
    retriever = Retriever(generation, index.encoder)
    query = "Which ferry sank in a storm off Visby?"
    ranking = rank_passages(retriever, query)
    citations = cite(retriever, ranking, 3)
    ferries = [c for c in citations if c.passage.article.id in FERRY]
    assert len(ferries) == 1
    assert len(ferries[0].also_in) == 2
    assert {article.id for article in ferries[0].also_in} < FERRY
