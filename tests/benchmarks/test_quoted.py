"""benchmarks/quoted.py, over a shelf of two articles."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.judged import JudgedSet
from benchmarks.quoted import ask, show
from bot.engine import Engine
from tests.conftest import Index

QUERIES = {"cause": "Why did the lighthouse keeper leave?", "none": "How are pancakes made?"}


@pytest.fixture
def judged(tmp_path: Path) -> Iterator[JudgedSet]:
    """Return a set in which one article answers one question."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "keeper.md").write_text(
        "# The lighthouse\n\nThe lighthouse keeper left because the lamp was replaced.\n"
    )
    (folder / "market.md").write_text("# The market\n\nFish is sold on Tuesdays.\n")
    index = Index(folder, tmp_path / "index")
    index.build()
    generation = index.folder.open_current()
    qrels = {"cause": {"keeper.md": 1}, "none": {}}
    yield JudgedSet("island", Engine(generation, index.encoder), QUERIES, qrels)
    generation.store.close()


def test_quotations_are_judged_by_article_and_by_bold_sentence(judged: JudgedSet) -> None:
    """The one quoted is of the relevant article, and its bold sentence has the answer or not."""
    for answer, is_right in (("lamp was replaced", True), ("storm", False)):
        quoted = ask(judged, "cause", [answer])
        assert quoted is not None
        assert (quoted.relevant[0], quoted.bold[0]) == (True, is_right)


def test_what_is_refused_does_not_count(
    judged: JudgedSet, capsys: pytest.CaptureFixture[str]
) -> None:
    """A question without an answer quotes nothing, and the shares are of the others."""
    asked = [ask(judged, query_id, ()) for query_id in QUERIES]
    assert asked[1] is None
    show("island", 0.5, asked)
    assert capsys.readouterr().out.split() == "island 0.50 1/2 1.00 1.000 1.000".split()
