"""The fuzzing benchmark finds what is wrong, and names the file."""

import os
from pathlib import Path

import pytest

from benchmarks.fuzz import __main__ as fuzz
from benchmarks.fuzz.reading import Looked, as_json, from_json, read_folder
from benchmarks.fuzz.whole import build_in_batches
from corpus.sources import Reading
from tests.corpus.pdf_file import make_pdf

WORDS = "The harbour froze in January, and ships waited for a week until the ice was gone."
PAGE = f"<html><head><title>Ice</title></head><body><p>{WORDS}</p></body></html>".encode()
SEEDS = [PAGE, WORDS.encode()], [make_pdf([[WORDS]])]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take batches of twelve files, and little patience."""
    monkeypatch.setattr(fuzz, "BATCH", 12)
    monkeypatch.setattr(fuzz, "HANG_SECONDS", 30.0)


def test_the_same_numbers_give_the_same_files(tmp_path: Path) -> None:
    """So that a finding can be looked at again."""
    for name in ("one", "other"):
        fuzz.write_batch(tmp_path / name, SEEDS, 24, seed=3)
    one, other = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("one", "other")
    )
    assert one == other
    assert len(one) == 12


def test_a_batch_is_read_and_built_whole(tmp_path: Path) -> None:
    """Each file gives an article or is named; then all of them are indexed and asked."""
    fuzz.write_batch(tmp_path / "batch", SEEDS, 0, seed=1)
    (tmp_path / "batch" / "sound.txt").write_text(WORDS)
    looked = fuzz.read_apart(tmp_path / "batch")
    assert len(looked) == 13
    assert [each for each in looked if each.wrong] == []
    assert "findings: 0 wrong" in fuzz.told(looked)
    assert build_in_batches([tmp_path / "batch"], tmp_path / "data").startswith("whole builds: 1,")


def test_a_crash_is_traced_to_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others of its batch are read all the same."""
    for name in ("one", "two", "three"):
        (tmp_path / f"{name}.txt").write_text(WORDS)

    def crash(folder: Path) -> list[Looked]:
        if (folder / "two.txt").exists():
            os._exit(11)
        return read_folder(folder)

    monkeypatch.setattr(fuzz, "read_folder", crash)
    looked = {each.name: each for each in fuzz.read_apart(tmp_path)}
    assert looked["two.txt"].wrong == "crashed or hung"
    assert all(looked[name].articles == 1 for name in ("one.txt", "three.txt"))
    assert "  crashed or hung: two.txt" in fuzz.told(list(looked.values()))


def test_what_is_slow_is_a_finding() -> None:
    """Though its article is sound."""
    slow = Looked("slow.html", 9.0, 1, is_named=False, wrong="")
    assert from_json(as_json([slow])) == [slow]
    assert "1 slower than 5 s\n  9.0 s: slow.html" in fuzz.told([slow])


def test_a_silent_loss_and_a_broken_promise_are_findings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither an article nor a problem; and a text that is not as promised."""
    (tmp_path / "ice.txt").write_text(WORDS)

    def refuse(_article: object) -> None:
        raise AssertionError("odd")

    with monkeypatch.context() as patch:
        patch.setattr("benchmarks.fuzz.reading.check_article", refuse)
        assert [each.wrong for each in read_folder(tmp_path)] == ["a promise is broken: odd"]
    with monkeypatch.context() as patch:
        patch.setattr("corpus.sources._failed", lambda *_: Reading((), ()))
        (tmp_path / "ice.txt").write_bytes(b"\x00\x01")
        assert [each.wrong for each in read_folder(tmp_path)] == [
            "neither an article nor a problem"
        ]
