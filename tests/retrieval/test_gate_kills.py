"""Cut short between any two steps that reach the disk, holding back and using loses nothing."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from retrieval.generation import Generation
from retrieval.golden import GoldenQuestion
from tests.conftest import write_article
from tests.retrieval.test_gate import Gated

BREAD = GoldenQuestion("Which rye bread sold out at noon?", "bakery.md")
STEPS = ("mkdir", "rename", "replace", "unlink", "rmdir", "fsync")  # of `os`
MANY = 500  # steps: more than any of this takes


class KilledError(BaseException):
    """What stands for SIGKILL: from then on nothing reaches the disk, clean-up included."""


def dies_at(step: int, work: Callable[[], object]) -> bool:
    """Do some work that is cut short before its step of this number; return whether it was."""
    done = 0

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def run(*arguments: object, **options: object) -> object:
            nonlocal done
            if done >= step:
                raise KilledError
            done += 1
            return real(*arguments, **options)

        return run

    with pytest.MonkeyPatch.context() as patch:
        for name in STEPS:
            patch.setattr(os, name, counted(getattr(os, name)))
        try:
            work()
        except KilledError:
            return True
    return False


def require_whole(index: Gated, allowed: set[str]) -> None:
    """Stop unless a generation that may answer does, and whatever else is named is whole."""
    assert index.folder.current() in allowed
    assert index.folder.open_current().id == index.folder.current()
    assert set(index.folder.history()) <= allowed
    waiting = index.folder.waiting()
    assert waiting not in index.folder.history()
    if waiting:
        assert Generation(index.folder.path / waiting).id == waiting


@pytest.fixture
def index(articles: Path, tmp_path: Path) -> Gated:
    """Return an index with a generation that answers, and one that waits."""
    gated = Gated(articles, tmp_path / "index", [BREAD])
    gated.build()
    write_article(articles, "bakery", "Page not found.")
    gated.build()
    return gated


def test_a_kill_while_holding_back_leaves_the_old_generation(index: Gated, articles: Path) -> None:
    """At every step in turn; the next build then holds the same articles back."""
    live = index.folder.current() or ""
    write_article(articles, "market", "The market moved to the square.")
    step = 0
    while step < MANY and dies_at(step, index.build):
        require_whole(index, {live})
        step += 1
    assert 20 < step < MANY
    report = index.build()
    assert report.losses
    assert index.folder.current() == live
    assert index.folder.waiting() == report.generation
    assert not list(index.folder.path.glob(".new-*"))


def test_a_kill_while_using_what_waits_leaves_one_or_the_other(index: Gated) -> None:
    """At every step in turn; and where it answers already, its mark means nothing any more."""
    live, waiting = index.folder.current() or "", index.folder.waiting() or ""
    seen = []
    for step in range(MANY):
        died = dies_at(step, lambda: index.folder.use_waiting(waiting))
        require_whole(index, {live, waiting})
        if index.folder.current() == waiting:
            seen.append(died)
            break
    assert seen == [True]
    index.folder.switch_to(live)
    assert (index.folder.history(), index.folder.waiting()) == ([waiting, live], None)


def test_a_kill_while_what_waits_is_let_through_leaves_one_or_the_other(index: Gated) -> None:
    """Its question was removed; at every step in turn, and the next build lets it."""
    live, waiting = index.folder.current() or "", index.folder.waiting() or ""
    index.questions = []
    step = 0
    while step < MANY and dies_at(step, index.build):
        require_whole(index, {live, waiting})
        step += 1
    assert 2 < step < MANY
    assert index.build().generation == waiting
    assert index.folder.current() == waiting
