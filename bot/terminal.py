"""What people see in a terminal."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from rich.console import Console, Group
from rich.containers import Lines
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from bot.cards.block_quote import hidden_in
from bot.cards.card_words import count
from corpus.article import Article, Span
from corpus.list_lines import close_up
from retrieval.answer import Answer, Citation
from retrieval.choice import place_of
from retrieval.generation import Generation

# What steers, and what marks a spoiler's bars: not every terminal leaves that unseen.
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2063\u2066-\u2069]")
_MARGIN = " " * 3
_out = Console(highlight=False, markup=False)
_err = Console(highlight=False, stderr=True)


class _Rate(ProgressColumn):
    """Steps a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.0f}/s" if task.speed else "", style="dim")


class _Bars:
    """A build's progress, one bar a phase."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task: TaskID | None = None

    def start(self, phase: str, total: int) -> None:
        """Begin a bar of `total` steps."""
        self._task = self._progress.add_task(phase, total=total)

    def advance(self, steps: int = 1) -> None:
        """Move the bar that was begun last."""
        if self._task is not None:
            self._progress.advance(self._task, steps)


@contextmanager
def progress_bar() -> Iterator[_Bars]:
    """Show bars on standard error while the block runs; standard output stays clean."""
    columns = (
        TextColumn("{task.description:<10}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
    )
    quiet = not _err.is_terminal  # there, all that is left of the bars is an empty line
    with Progress(*columns, console=_err, transient=True, disable=quiet) as progress:
        yield _Bars(progress)


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Say on standard error what takes a few seconds, as long as it takes."""
    with _err.status(what):
        yield


def print_answer(answer: Answer, generation: Generation) -> None:
    """Print the question, how sure the answer is, and each quotation with its source."""
    _out.print()
    _out.print(Text(clean(answer.query), style="bold"))
    _out.print(_headline(answer), style="dim")
    for citation in answer.citations:
        _out.print()
        _out.print(_citation(citation))
    if not answer.citations:
        _out.print(Text(_what_there_is(answer, generation)))
    _out.print()


def _what_there_is(answer: Answer, generation: Generation) -> str:
    """Return what the articles cover; titles, where no outlet is named that would say it."""
    if answer.nearest and not generation.coverage.sources:
        titles = "; ".join(clean(article.title) for article in answer.nearest)
        return f"Nearest to it: {titles}."
    return f"The articles cover: {covered(generation)}."


def print_article_head(article: Article) -> None:
    """Print an article's title and what is known of it."""
    _out.print(Text(clean(article.title), style="bold"), soft_wrap=not _out.is_terminal)
    _out.print(_byline(article), style="dim", soft_wrap=not _out.is_terminal)


def print_article(article: Article) -> None:
    """Print an article with what is known of it.

    In a file or a pipe no line is broken: programs count characters in it, and search it.
    """
    print_article_head(article)
    _out.print()
    _out.print(Text(clean(article.text)), soft_wrap=not _out.is_terminal)


def print_evaluation(result: Mapping[str, Any]) -> None:
    """Print the metrics of an evaluation and what they were measured on."""
    rows = [(name, f"{value:.4f}") for name, value in result["metrics"].items()]
    rows.append(("per query", f"{result['ms_per_query']:.1f} ms (median)"))
    _out.print(facts(*rows))
    corpus = f"{count(result['articles'], 'article')} in {count(result['passages'], 'passage')}"
    settings = ", ".join(f"{name} {value}" for name, value in result["settings"].items())
    judged = f"{result['queries']:,} judged {'query' if result['queries'] == 1 else 'queries'}"
    _out.print(f"{judged} of '{result['folder']}', {corpus}", style="dim")
    made = f"model {result['model']}; {settings}; commit {result['commit']}"
    _out.print(made, style="dim")


def _headline(answer: Answer) -> str:
    if not answer.citations:
        return f"No answer: {answer.reason}."
    days = sorted(
        c.passage.article.published for c in answer.citations if c.passage.article.published
    )
    span = f", {days_of(days[0], days[-1])}" if days else ""
    articles = len({c.passage.article.id for c in answer.citations})
    quoted = f"{count(len(answer.citations), 'passage')} from {count(articles, 'article')}"
    if answer.confidence == "none":
        return f"No answer: {answer.reason}. What comes nearest: {quoted}{span}"
    doubt = f" ({answer.reason})" if answer.reason else ""
    return f"{answer.confidence}{doubt}: {quoted}{span}"


def _citation(citation: Citation) -> Group:
    article = citation.passage.article
    title = hanging(f"{citation.rank}  ", Text(clean(article.title), style="bold underline"))
    parts = [title, hanging(_MARGIN, Text(_byline(article), style="dim"))]
    parts.append(hanging(_MARGIN, _quotation(citation)))
    if hidden_in(article.text, _quoted_span(citation)):
        parts.append(hanging(_MARGIN, Text("what stands between || is a spoiler", style="dim")))
    if citation.pinned is not None:
        pinned = f"pinned by a moderator for: {clean(citation.pinned)}"
        parts.append(hanging(_MARGIN, Text(pinned, style="dim")))
    if citation.also_in:
        places = "; ".join(clean(place_of(article)) for article in citation.also_in)
        parts.append(hanging(_MARGIN, Text(f"also in {places}", style="dim")))
    return Group(*parts)


def hanging(mark: str, text: Text) -> Text:
    """Return the text wrapped behind a mark, and later lines as far from the edge."""
    lines = _wrapped(text, len(mark))
    marks = [mark, *[" " * len(mark)] * (len(lines) - 1)]
    return Text("\n").join(
        Text(mark if line or mark.strip() else "").append(line)
        for mark, line in zip(marks, lines, strict=True)
    )


def _wrapped(text: Text, margin: int) -> Lines:
    """Return the lines of a text that stands so far from the edge; none ends with blanks."""
    lines = text.wrap(_out, max(20, _out.width - margin))
    for line in lines:
        line.rstrip()
    return lines


def width() -> int:
    """Return how many columns there are to write in."""
    return _out.width


def _quotation(citation: Citation) -> Text:
    """Return the passage with the answering sentence in bold; no word is ours.

    Where bold cannot be seen, in a file or a pipe, asterisks stand around it. A sentence before
    the passage that the answering one leans on stands before it here too.
    """
    first, last = _quoted_span(citation)
    text = close_up(citation.passage.article.text, (first, last))
    if citation.answer is None:
        return Text(clean(text))
    start, end = (edge - first for edge in citation.answer)
    mark = "" if _out.is_terminal else "**"
    sentence = f"{mark}{clean(text[start:end])}{mark}"
    return Text(clean(text[:start])).append(sentence, style="bold").append(clean(text[end:]))


def _quoted_span(citation: Citation) -> Span:
    start, end = citation.passage.start, citation.passage.end
    return (min(start, citation.lead_in[0]) if citation.lead_in else start), end


def _byline(article: Article) -> str:
    known = (article.source, article.author, day_of(article.published), article.url)
    return clean(" · ".join(part for part in known if part))


def day_of(day: date | None) -> str:
    """Return a day as people write it."""
    return f"{day.day} {day:%B %Y}" if day else "undated"


def days_of(first: date, last: date) -> str:
    """Return a span of days, or the one day that it is."""
    return day_of(first) if first == last else f"{day_of(first)} to {day_of(last)}"


def covered(generation: Generation) -> str:
    """Return the outlets and the days that the articles are of."""
    coverage = generation.coverage
    outlets = ", ".join(coverage.sources) or "no outlet named"
    if coverage.first is None or coverage.last is None:
        return f"{outlets}; undated"
    return f"{outlets}; {days_of(coverage.first, coverage.last)}"


def facts(*rows: tuple[str, str]) -> Text:
    """Return the rows one below the other, values aligned, also where they wrap."""
    width = max(len(name) for name, _ in rows) + 2
    return Text("\n").join(_fact(name, value, width) for name, value in rows)


def _fact(name: str, value: str, width: int) -> Text:
    lines = _wrapped(Text(value), width)
    return Text.assemble((f"{name:<{width}}", "dim"), Text(f"\n{' ' * width}").join(lines))


def show(what: str | Text | Table, *, whole: bool = False) -> None:
    """Print something on standard output; `whole` leaves long lines unbroken, to be copied."""
    _out.print(what, soft_wrap=whole)


def say(text: str) -> None:
    """Print a text on one line, however long, whatever somebody wrote in it."""
    show(Text(clean(" ".join(text.splitlines()))), whole=True)


def clean(text: str) -> str:
    """Return the text without characters that would steer the terminal."""
    return _CONTROL.sub("", text)
