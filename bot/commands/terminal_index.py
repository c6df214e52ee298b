"""What a build did and which generations there are, in a terminal."""

import shlex
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.text import Text

from bot.cards.card_words import count
from bot.cards.golden_words import NOT_ASKED, loss_words
from bot.terminal import clean, covered, day_of, facts, hanging, show
from corpus.sources import Problem
from retrieval.build import BuildReport
from retrieval.generation import Generation
from retrieval.index_folder import IndexFolder
from retrieval.manifest import GenerationError, read_manifest

_MARGIN = " " * 2
_NAMED_PROBLEMS = 50  # more scroll the summary away
_DRY = "Nothing was changed; a refresh would bring:"
_DRY_AND_SAME = "Nothing was changed, and a refresh would bring nothing new."


def print_report(report: BuildReport, *, is_dry: bool = False) -> None:
    """Print what a build did, or would do, and what it left out and why."""
    if is_dry:
        show(_DRY_AND_SAME if report.is_unchanged and not report.remade else _DRY)
    elif report.is_unchanged:
        what = "No article" if report.remade else "Nothing"
        show(f"{what} has changed since the last build.")
    if not report.is_unchanged:
        changes = f"{len(report.added)} added, {len(report.changed)} changed"
        show(f"{changes}, {len(report.removed)} removed.")
    if report.remade:
        show(f"Every passage is made anew: {report.remade}.")
    embedded = "" if is_dry else f" ({report.embedded:,} newly embedded)"
    rows = [
        ("Articles", f"{report.articles:,}"),
        ("Passages", f"{report.passages:,}{embedded}"),
        ("Tokens", f"{report.tokens:,}"),
    ]
    show(facts(*rows, *([] if is_dry else [("Index", report.generation)])))
    print_problems(report.problems)
    print_losses(report)
    if is_dry and not report.is_unchanged:
        show(f"\n{NOT_ASKED}")


def print_replaced(before: Path, now: Path) -> None:
    """Print that another folder's articles are gone from the answers, and how to have both."""
    adding = (
        f"  footnote index sources add NAME {shlex.quote(str(folder))}"
        for folder in (before, now.resolve())
    )
    lines = (
        f"\nThese articles replace those of '{before}'. To have both:",
        *adding,
        "  footnote index refresh",
        "To go back: footnote index rollback",
    )
    show(Text(clean("\n".join(lines))), whole=True)


def print_losses(report: BuildReport) -> None:
    """Print what holds the new generation back, and how to use it anyway."""
    if not report.losses:
        return
    show("\nIt waits, and the one before goes on answering. Golden questions would be lost:")
    for loss in report.losses:
        line = Text(clean(loss.question.text), style="bold")
        show(hanging(_MARGIN, line.append(f" {clean(loss_words(loss))}", "not bold")))
    show(f"To use it anyway: footnote index use {report.generation}")


def print_problems(problems: Sequence[Problem]) -> None:
    """Print what was left out or is in doubt, each with its reason."""
    if not problems:
        return
    show(f"\nLeft out or in doubt ({len(problems)}):")
    for problem in problems[:_NAMED_PROBLEMS]:
        line = Text(clean(problem.where), style="bold")
        show(hanging(_MARGIN, line.append(f": {clean(problem.reason)}", "not bold")))
    if len(problems) > _NAMED_PROBLEMS:
        show(f"  … and {len(problems) - _NAMED_PROBLEMS} more")


def print_status(generation: Generation, waiting: str | None) -> None:
    """Print what the current generation holds, and which one waits."""
    manifest = generation.manifest
    table = facts(
        ("Index", manifest.generation),
        ("Made", _moment(manifest.created)),
        ("Articles", f"{manifest.articles:,}"),
        ("Passages", f"{manifest.passages:,} of at most {manifest.max_tokens} tokens"),
        ("Tokens", f"{manifest.tokens:,}"),
        ("Covers", covered(generation)),
        ("Model", manifest.encoder),
    )
    show(table)
    if waiting:
        show(f"\nA newer one waits: golden questions hold {waiting} back.")
        show(f"To use it anyway: footnote index use {waiting}")


def _moment(iso: str) -> str:
    moment = datetime.fromisoformat(iso).astimezone(UTC)
    return f"{day_of(moment.date())}, {moment:%H:%M} UTC"


def print_history(index: IndexFolder) -> None:
    """Print the generations that are kept, newest first."""
    current, waiting = index.current_or_none(), index.waiting()
    names = [*([waiting] if waiting else []), *index.history()]
    for name in names:
        mark = "now" if name == current else "waits" if name == waiting else ""
        show(hanging(f"{mark:<7}", Text(f"{name}  {_size(index, name)}")))
    if not names:
        show("No index is kept yet.")


def _size(index: IndexFolder, name: str) -> str:
    try:
        manifest = read_manifest(index.path / name)
    except GenerationError as error:
        return error.in_short
    return f"{count(manifest.articles, 'article')}, {count(manifest.passages, 'passage')}"
