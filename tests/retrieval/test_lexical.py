"""BM25 finds passages by their words, and filters exactly."""

import resource
from datetime import date
from itertools import product
from math import log
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import lexical
from retrieval.filters import Filters, fold
from retrieval.lexical import LexicalIndex, LexicalRow

FIRST, LAST = date(2011, 12, 30), date(2012, 1, 3)
DAYS = st.none() | st.dates(FIRST, LAST)
ROWS = [
    LexicalRow(*row)
    for row in product(
        ["talks", "rye bread"],
        ["DW", "dw ", None],
        [None, *map(date.fromordinal, range(FIRST.toordinal(), LAST.toordinal() + 1))],
    )
]
SOURCES = st.none() | st.frozensets(st.sampled_from(["dw", "BBC"]), min_size=1)
FILTERS = st.builds(Filters, SOURCES, DAYS, DAYS, known_on=DAYS)


def build(folder: Path, *texts: str) -> LexicalIndex:
    return LexicalIndex.build(folder, [LexicalRow(text, None, None) for text in texts])


def is_allowed(filters: Filters, row: LexicalRow) -> bool:
    """Return what the filters' description says, written out anew."""
    if filters.sources is not None and fold(row.source) not in set(map(fold, filters.sources)):
        return False
    if filters.known_on and row.published and row.published > filters.known_on:
        return False
    if filters.since is None and filters.until is None:
        return True
    first, last = filters.since or date.min, filters.until or date.max
    return row.published is not None and first <= row.published <= last


@pytest.fixture(scope="module")
def every_row(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    """Return an index of `ROWS`."""
    return LexicalIndex.build(tmp_path_factory.mktemp("rows"), ROWS)


@given(FILTERS)
def test_filters_are_exact(every_row: LexicalIndex, filters: Filters) -> None:
    """Every allowed row is found, and no other."""
    found, _ = every_row.search("talks about bread", 100, filters)
    assert sorted(found) == [i for i, row in enumerate(ROWS) if is_allowed(filters, row)]


def test_scores_are_bm25_worked_by_hand(tmp_path: Path) -> None:
    """Two passages of two terms; k1 1.2, b 0.75, and the idf of Robertson and Walker."""
    index = build(tmp_path, "rye bread", "white bread")
    rows, scores = index.search("rye", 5)
    idf = log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    assert list(rows) == [0]
    assert scores[0] == pytest.approx(idf * 2.2 / (1 + 1.2), rel=1e-3)


def test_words_are_matched_in_any_form(tmp_path: Path) -> None:
    """Case, accents and endings make no difference; stop words count for nothing."""
    index = build(tmp_path, "The Résumés were refused", "other words")
    assert list(index.search("resume REFUSING", 5)[0]) == [0]
    assert index.search("the and of", 5)[0].size == 0


@pytest.mark.parametrize(
    ("written", "asked"),
    [("e-mail", "email"), ("email", "e-mail"), ("COVID-19", "covid19"), ("Co-op", "coop")],
)
def test_a_word_with_a_hyphen_is_found_in_one_piece(
    written: str, asked: str, tmp_path: Path
) -> None:
    """And the other way round; its parts are words as well."""
    index = build(tmp_path, f"Your {written} is here.", "other words")
    assert list(index.search(asked, 5)[0]) == [0]
    assert list(index.search(written.partition("-")[2] or written, 5)[0]) == [0]


@pytest.mark.parametrize(("written", "asked"), [("3rd", "third"), ("Third", "3rd")])
def test_a_place_in_an_order_is_one_word(written: str, asked: str, tmp_path: Path) -> None:
    """However it is written; a second is also a time."""
    index = build(tmp_path, f"{written} strike: a ban.", "other words for 2 seconds")
    assert list(index.search(f"the {asked} strike", 5)[0]) == [0]
    assert list(index.search("seconds", 5)[0]) == [1]


@pytest.mark.parametrize(
    ("written", "asked"),
    [("froze", "freeze"), ("mice", "mouse"), ("colour", "color"), ("2", "two"), ("Two", "2")],
)
def test_a_word_is_found_in_another_form(written: str, asked: str, tmp_path: Path) -> None:
    """That no ending tells: irregular, British or American, in figures."""
    index = build(tmp_path, f"It was {written} there.", "other words")
    assert list(index.search(f"about {asked}", 5)[0]) == [0]


@pytest.mark.parametrize(
    ("asked", "terms"),
    [
        ("what happens if i dont pay", ["pay"]),
        ("what happens when I don't pay?", ["pay"]),
        ("whats rule 9", ["rule", "9"]),
        ("can’t someone's cat stay", ["s", "cat", "stay"]),
        ("im ill", ["ill"]),
        ("whats", ["what"]),
    ],
)
def test_what_only_asks_is_no_word_of_the_question(
    asked: str, terms: list[str], tmp_path: Path
) -> None:
    """With an apostrophe or without, unless nothing else is there."""
    assert build(tmp_path).query_terms(asked) == terms


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    """Return an index of one passage with marks that are operators elsewhere."""
    return build(tmp_path_factory.mktemp("odd"), 'a "quoted" AND (odd) text: *')


@given(st.text(max_size=80))
def test_any_text_is_a_query(odd: LexicalIndex, query: str) -> None:
    """Operators, quotes and control characters are plain text."""
    rows, scores = odd.search(query, 3)
    assert len(rows) == len(scores) <= 1


def test_a_loaded_index_answers_as_it_was_built(tmp_path: Path) -> None:
    """Saving is part of building."""
    built = build(tmp_path, "rye bread", "white bread", "rye")
    loaded = LexicalIndex.load(tmp_path)
    assert [list(a) for a in built.search("rye bread", 9)] == [
        list(a) for a in loaded.search("rye bread", 9)
    ]
    assert len(loaded) == 3


def test_an_empty_index_answers_nothing(tmp_path: Path) -> None:
    """Nothing in, nothing out."""
    index = build(tmp_path)
    assert len(index) == 0
    assert index.search("rye", 3)[0].size == 0


def test_why_nothing_can_be_written_is_said_though_tantivy_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where one of its threads met the full disk, it knows of a killed writer only."""

    def killed(_folder: Path, _rows: object) -> None:
        raise ValueError("An index writer was killed")

    monkeypatch.setattr(lexical, "_written", killed)
    with pytest.raises(OSError, match="An index writer was killed"):
        build(tmp_path, "ice")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            build(tmp_path, "ice")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_k_must_be_positive(tmp_path: Path) -> None:
    """A wrong k is the caller's mistake, and said so."""
    with pytest.raises(ValueError, match="at least 1, got 0"):
        build(tmp_path, "rye").search("rye", 0)
