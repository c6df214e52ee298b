"""What Discord offers while somebody types an option, within its limits."""

from collections.abc import Iterable
from itertools import islice

from discord import app_commands

CHOICES_MAX = 25  # Discord docs, application commands, autocomplete
CHOICE_LENGTH_MAX = 100  # characters, likewise


def choices(names: Iterable[str]) -> list[app_commands.Choice[str]]:
    """Return as many of the names as Discord shows; too long ones cannot be offered."""
    short = (name for name in names if len(name) <= CHOICE_LENGTH_MAX)
    return [app_commands.Choice(name=name, value=name) for name in islice(short, CHOICES_MAX)]


def numbered(labels: Iterable[tuple[int, str]], typed: str) -> list[app_commands.Choice[int]]:
    """Return the numbers whose labels hold what was typed, in any case, as many as are shown."""
    wanted = typed.casefold()
    fitting = ((n, text) for n, text in labels if wanted in text.casefold())
    return [
        app_commands.Choice(name=text[:CHOICE_LENGTH_MAX], value=n)
        for n, text in islice(fitting, CHOICES_MAX)
    ]
