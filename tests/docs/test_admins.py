"""What admins read of exports and commands is what there is."""

from pathlib import Path

from bot.log import Log
from bot.logbook.log_export import COLUMNS
from bot.unanswered.gaps import NEAR

GUIDE = (Path(__file__).parents[2] / "docs" / "admins.md").read_text(encoding="utf-8")


def test_the_guide_describes_each_column_of_an_export() -> None:
    """In the words that the code has for it, and whether a redacted export has it."""
    for column in COLUMNS:
        where = "" if column.redacted else "not in it"
        assert f"| `{column.name}` | {column.about} | {where} |" in GUIDE


def test_the_guide_names_each_command() -> None:
    """And no other."""
    named = {
        line.split("/log ")[1].split("`")[0] for line in GUIDE.splitlines() if "| `/log " in line
    }
    assert {name.split()[0] for name in named} == {command.name for command in Log().commands}


def test_the_guide_tells_how_near_two_questions_have_to_be() -> None:
    """As the code has it."""
    assert f"cosine is {NEAR} or more" in GUIDE
