"""What moderators read: how far a refresh is, what it brought, lists."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from bot.articles.article_sources import ArticleSource
from bot.articles.refresh_process import Running
from bot.asking.button_ids import REFRESH, ButtonId, Press
from bot.card import Card
from bot.cards.card_words import count, days, line, listed
from bot.cards.golden_words import NOT_ASKED
from bot.cards.held_card import with_losses
from bot.cards.layout import CONTENT_MAX, Button, Buttons, File, Text
from bot.cards.quoting import size
from bot.cards.report_text import REPORT_FILE, report_file
from retrieval.build import BuildReport
from retrieval.generation import Generation

_BAR = 20  # signs of a full progress bar
_ENTRY_MAX = 180  # characters of one line in a list
_SOURCES = 10  # whose health is shown
_NAMED = 8  # articles of one kind that a report names


def progress_card(running: Running) -> Card:
    """Return how far a refresh is, in words and as a bar, with a button that stops it."""
    share = running.done / running.total if running.total else 0.0
    full = round(share * _BAR)
    bar = "█" * full + "░" * (_BAR - full)
    text = (
        f"**{running.phase}** {running.done:,} of {running.total:,} ({share:.0%})\n{bar}\n"
        f"-# started by {line(running.who, 60)}; answers come from the old articles meanwhile"
    )
    return Card((Text(text), Buttons((Button("Stop", ButtonId(Press.CANCEL, REFRESH)),))))


def report_card(report: BuildReport, identifier: str | None, *, is_dry: bool) -> Card:
    """Return what a refresh brought, and what was left out and why.

    Args:
        report: Its report.
        identifier: Under which the report is kept, for a button that opens it whole.
        is_dry: Whether nothing was changed.
    """
    changes = (
        ("added", report.added),
        ("changed", report.changed),
        ("removed", report.removed),
    )
    head = "New articles are ready:" if report.losses else "The articles are fresh."
    if is_dry:
        head = "Nothing was changed; a refresh would bring:"
    total = f"{count(report.articles, 'article')} in {count(report.passages, 'passage')}"
    embedded = "" if is_dry else f"; {count(report.embedded, 'passage')} newly embedded"
    lines = [f"## {head}", f"{total}{embedded}."]
    if report.remade:
        lines.append(f"Every passage is made anew: {report.remade}.")
    for what, ids in changes:
        lines.append(f"**{len(ids):,} {what}**{_names(ids)}")
    if is_dry and not report.is_unchanged:
        lines.append(f"-# {NOT_ASKED}")
    problems = [f"{p.where}: {p.reason}" for p in report.problems]
    if problems:
        lines.append(f"**{len(problems):,} left out or in doubt**")
    foot = f"-# index {report.generation or 'none yet'}"
    room = CONTENT_MAX - size("\n".join([*lines, foot])) - 1
    lines += [f"- {entry}" for entry in _fitting(problems, room)]
    card = Card((Text("\n".join([*lines, foot])),))
    if identifier is not None and (report.problems or not report.is_unchanged):
        button = Button("Show all", ButtonId(Press.REPORT, identifier))
        card = Card((*card.rows, Buttons((button,))))
    return with_losses(card, report.generation, report.losses)


def whole_report_card(report: BuildReport, *, is_dry: bool) -> Card:
    """Return a report with every article and every reason, as a file to open."""
    content = report_file(report, is_dry=is_dry)
    text = Text("Everything that was added, changed, removed, and left out and why:")
    return Card((text, File(REPORT_FILE, content)))


def lines_card(title: str, lines: Sequence[str], empty: str) -> Card:
    """Return a list that moderators look at, as far as it fits, or what to say when it is empty."""
    if not lines:
        return Card((Text(empty),))
    head = f"## {title}"
    room = CONTENT_MAX - size(head) - 2
    return Card((Text("\n".join([head, *(f"- {entry}" for entry in _fitting(lines, room))])),))


def status_card(
    generation: Generation,
    sources: Sequence[ArticleSource],
    trouble: str | None = None,
    *,
    tells_reasons: bool = False,
) -> Card:
    """Return which articles answer, since when, and how their sources are.

    Args:
        generation: The one that answers.
        sources: Where its articles come from.
        trouble: What only admins are told.
        tells_reasons: Whether this is a moderator, who may know the folders and addresses in what
            is wrong with a source.
    """
    manifest, coverage = generation.manifest, generation.coverage
    made = int(datetime.fromisoformat(manifest.created).astimezone(UTC).timestamp())
    outlets = listed(coverage.sources, 300) if coverage.sources else "no outlet by name"
    lines = [
        f"## {count(manifest.articles, 'article')}, as of <t:{made}:R>",
        f"{outlets}, {days(coverage.first, coverage.last)}",
    ]
    below = [f"**{line(trouble, 2 * _ENTRY_MAX)}**"] if trouble else []
    below.append(f"-# index {manifest.generation}, {count(manifest.passages, 'passage')}")
    shown = sources[:_SOURCES]
    room = CONTENT_MAX - size("\n".join([*lines, *below]))
    each = room // max(1, len(shown)) - len("\n- ")
    lines += [f"- {_health(source, each, tells_reasons=tells_reasons)}" for source in shown]
    return Card((Text("\n".join([*lines, *below])),))


def _health(source: ArticleSource, room: int, *, tells_reasons: bool) -> str:
    """Return how a source is, in at most `room` characters; 100 are always enough."""
    if source.problem:
        reason = source.problem if tells_reasons else "cannot be read, its articles stay"
        left = room - len(f"{source.name}: ")
        return f"{source.name}: {line(reason, min(left, _ENTRY_MAX))}"
    if source.refreshed_at is None:
        return f"{source.name}: not read yet"
    return f"{source.name}: read <t:{int(source.refreshed_at.timestamp())}:R>"


def _names(ids: Sequence[str]) -> str:
    if not ids:
        return ""
    more = f" and {len(ids) - _NAMED:,} more" if len(ids) > _NAMED else ""
    return f": {', '.join(line(i, 60) for i in ids[:_NAMED])}{more}"


def _fitting(entries: Sequence[str], room: int) -> Iterator[str]:
    """Yield the entries that fit, and how many there are more."""
    room -= 30  # for the last line, and the marks before each
    for n, entry in enumerate(entries):
        shown = line(entry, _ENTRY_MAX)
        room -= size(shown) + 3
        if room < 0:
            yield f"and {len(entries) - n:,} more"
            return
        yield shown
