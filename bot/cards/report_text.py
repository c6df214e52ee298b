"""A refresh's report as a text to open: every article by id, and every reason in full."""

from collections.abc import Iterator

from bot.cards.card_words import count
from retrieval.build import BuildReport

REPORT_FILE = "report.txt"
FILE_MAX = 10 * 1024 * 1024  # bytes, Discord docs, uploading files, default limit
_CUT = "\n  … and more, but Discord takes no larger file\n"


def report_text(report: BuildReport, *, is_dry: bool) -> str:
    """Return what was added, changed, removed, left out and why, an entry a line."""
    return "\n".join(_lines(report, is_dry=is_dry)) + "\n"


def report_file(report: BuildReport, *, is_dry: bool) -> bytes:
    """Return the text as a file that Discord takes, ending between two lines where it is cut."""
    content, last = report_text(report, is_dry=is_dry).encode(), _CUT.encode()
    if len(content) <= FILE_MAX:
        return content
    return content[: FILE_MAX - len(last)].rpartition(b"\n")[0] + last


def _lines(report: BuildReport, *, is_dry: bool) -> Iterator[str]:
    if is_dry:
        yield "Nothing was changed; a refresh would bring this."
    yield (
        f"{count(report.articles, 'article')} in {count(report.passages, 'passage')}"
        f", index {report.generation or 'none yet'}"
    )
    if report.remade:
        yield f"Every passage is made anew: {report.remade}."
    for what, ids in (
        ("Added", report.added),
        ("Changed", report.changed),
        ("Removed", report.removed),
    ):
        yield from _part(what, ids)
    yield from _part(
        "Left out or in doubt",
        tuple(f"{p.where}: {p.reason}" if p.where else p.reason for p in report.problems),
    )


def _part(what: str, entries: tuple[str, ...]) -> Iterator[str]:
    yield ""
    yield f"{what}: {len(entries):,}"
    yield from (f"  {' '.join(entry.split())}" for entry in entries)
