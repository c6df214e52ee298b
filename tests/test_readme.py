"""The README cannot drift: its commands are run and its output is compared."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from bot.cli import app
from tests.bot.test_cli import DEMO, run
from tests.conftest import SAMPLE

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
COMMANDS = sorted(
    {
        command
        for page in PAGES
        for command in re.findall(
            r"^\.venv/bin/footnote (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE
        )
    }
)
_CHANGING = re.compile(r"Index  .*")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_docs_is_understood(command: str) -> None:
    """Names, options and arguments are those of the program."""
    arguments = shlex.split(command)
    parser = typer.main.get_command(app)
    context = parser.make_context(
        "footnote", arguments[:1] + arguments[1:], resilient_parsing=False
    )
    while rest := [*context._protected_args, *context.args]:
        assert isinstance(context.command, TyperGroup)
        _, chosen, rest = context.command.resolve_command(context, rest)
        assert chosen is not None
        context = chosen.make_context(chosen.name, rest, parent=context)
    assert context.command.callback is not None


def _commands(group: TyperGroup, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the whole name of every command that does something."""
    for name, each in group.commands.items():
        if isinstance(each, TyperGroup):
            yield from _commands(each, (*path, name))
        else:
            yield " ".join((*path, name))


def test_every_command_stands_in_the_docs() -> None:
    """In its own name, or in that of the same command on Discord."""
    words = " ".join(" ".join(page.read_text(encoding="utf-8").split()) for page in PAGES)
    commands = _commands(typer.main.get_group(app))
    assert [c for c in commands if f"footnote {c}" not in words and f"/{c}" not in words] == []


def test_the_make_targets_of_the_readme_exist() -> None:
    """The two commands of the first screen."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^make (\w+)$", README, re.MULTILINE)
    assert targets == ["demo", "test"]
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)
    assert f"QUESTION = {DEMO}\n" in makefile


@pytest.mark.slow
def test_the_output_in_the_readme_is_what_the_demo_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Word for word; only the generation's name is new each time."""
    monkeypatch.setattr("bot.terminal._out.width", 88, raising=False)
    built = run("index", "build", "--articles", SAMPLE, "--data", tmp_path).stdout
    asked = run("ask", DEMO, "--data", tmp_path).stdout
    printed = _CHANGING.sub("", built + asked).strip()
    assert _CHANGING.sub("", README).count(printed) == 1


def test_every_link_of_the_docs_leads_somewhere() -> None:
    """Files that are named are there."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?://)([^)#]+)", text):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
