"""A refresh beside the bot lets answers go first."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.articles.refresh_process import refresh_command
from tests.bot.test_cli import failure

LOOK = (
    "import os; from bot.operation.priority import go_last; go_last();"
    " print(os.nice(0), os.environ['OMP_NUM_THREADS'])"
)


@pytest.mark.skipif(not hasattr(os, "nice"), reason="this system knows no niceness")
def test_a_process_that_goes_last_has_less_say_and_leaves_a_processor() -> None:
    """Ten steps nicer than whoever starts it, and one thread fewer than processors."""
    root = Path(__file__).parents[3]
    unset = {key: value for key, value in os.environ.items() if key != "OMP_NUM_THREADS"}
    done = subprocess.run(
        [sys.executable, "-c", LOOK],
        capture_output=True,
        text=True,
        check=True,
        cwd=root,
        env=unset,
    )
    niceness, threads = map(int, done.stdout.split())
    assert niceness == min(19, os.nice(0) + 10)
    assert threads == max(1, (os.cpu_count() or 1) - 1)


def test_a_refresh_that_the_bot_starts_goes_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By an option that moderators may use too, where the bot runs beside."""
    assert "--gently" in refresh_command(tmp_path)
    gone: list[bool] = []
    monkeypatch.setattr("bot.operation.priority.go_last", lambda: gone.append(True))
    assert "no source" in failure("index", "refresh", "--data", tmp_path)
    assert not gone
    assert "no source" in failure("index", "refresh", "--gently", "--data", tmp_path)
    assert gone == [True]
