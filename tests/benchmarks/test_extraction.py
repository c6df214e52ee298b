"""The extraction benchmark counts as its sources do, and we are not under the library."""

from datetime import date
from pathlib import Path

import pytest

from benchmarks.captures import capture
from benchmarks.extraction import (
    Found,
    ours,
    read_pages,
    run,
    score_bodies,
    score_snippets,
    trafilatura_defaults,
)

EVAL = Path(__file__).parents[3] / "shared" / "eval"
PAGES = 25  # of each set: some seconds


def test_bodies_are_scored_by_word_4_grams() -> None:
    """Two of three found 4-grams are wanted, and two of two wanted ones are found."""
    score = score_bodies([("a b c d e", "a b c d e f"), ("a b c d", "")])
    assert score.precision == pytest.approx(2 / 3)
    assert score.recall == pytest.approx((1 + 0) / 2)
    assert score.f1 == pytest.approx(2 * (2 / 3) * 0.5 / (2 / 3 + 0.5))


def test_snippets_and_dates_are_counted() -> None:
    """One of two wanted, one unwanted, one comment, and a wrong date."""
    gold = {"with": ["a b", "x"], "without": ["c"], "comments": ["d"], "date": "2019-01-14"}
    score = score_snippets([(gold, Found("a b c d", date(2019, 1, 15)))])
    assert (score.wanted, score.unwanted, score.leaks) == (1, 1, 1)
    assert (score.dates_right, score.dates_wrong, score.of_dates) == (0, 1, 1)
    assert score.f1 == pytest.approx(2 / (2 + 1 + 1))


def test_a_capture_shows_all_that_is_visible() -> None:
    """Items have bullets or numbers, pictures their description, scripts nothing."""
    page = b"<body><ul><li>Home<li>Sport</ul><ol><li>One</ol><img alt=Ice><p>Text<script>x</script>"
    assert capture(page) == "  • Home\n  • Sport\n\n  1. One\n\nIce\n\nText\n"


@pytest.mark.skipif(not EVAL.is_dir(), reason="the evaluation sets are not beside this project")
def test_footnote_is_not_under_trafilatura_alone() -> None:
    """On the first pages of both sets; the whole run is `python -m benchmarks.extraction`."""
    bodies = read_pages(EVAL / "article_extraction")[:PAGES]
    snippets = read_pages(EVAL / "extraction_snippets")[:PAGES]
    mine = run("ours", ours, bodies, snippets)
    theirs = run("theirs", trafilatura_defaults, bodies, snippets)
    for name in ("article_extraction", "extraction_snippets"):
        assert mine[name]["f1"] >= theirs[name]["f1"] - 0.005
    assert mine["extraction_snippets"]["leaks"] == 0
