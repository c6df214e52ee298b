"""What people see in a terminal keeps the shape of what was written."""

from rich.text import Text

from bot.terminal import hanging


def test_code_keeps_its_lines_and_indentation() -> None:
    """So that it can be copied from an answer."""
    shown = hanging("1  ", Text("Run:\n\nif x:\n    go()")).plain
    assert shown == "1  Run:\n\n   if x:\n       go()"
