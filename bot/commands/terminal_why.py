"""Why an answer is as it is, in a terminal: what was measured, and what became of each passage."""

from collections.abc import Iterator, Sequence
from math import ceil

from rich.text import Text

from bot.cards.score_words import percent
from bot.terminal import clean, day_of, days_of, hanging, show, width
from retrieval.explain import Candidate, Explanation, Fate

_LISTED = 20
_MARGIN = " " * 5
_Row = tuple[str, list[str], str]  # its name, a cell a passage, its style


def print_why(explanation: Explanation) -> None:
    """Print what each passage's score is made of, what is quoted, and what is not and why."""
    if not explanation.candidates:
        show(Text("No passage was found."))
        return
    listed = explanation.candidates[:_LISTED]
    for table in _tables(_parts(listed), width()):
        show(table)
        show("")
    for candidate in listed:
        show(_entry(candidate))
    if len(explanation.candidates) > _LISTED:
        show(Text(f"… and {len(explanation.candidates) - _LISTED} more", style="dim"))
    show(Text(_sureness(explanation)))


def _parts(candidates: Sequence[Candidate]) -> list[_Row]:
    """Return a row a part, the first one with the passages' places in order of score."""
    return [
        ("what was measured", [str(c.place) for c in candidates], "dim"),
        *((name, [f"{c.parts[name]:.3f}" for c in candidates], "") for name in candidates[0].parts),
        ("score", [f"{c.score:.3f}" for c in candidates], "bold"),
        ("best sentence", [f"{c.sentence_score:.3f}" for c in candidates], ""),
        ("price of its turn", [f"{c.price:.3f}" for c in candidates], ""),
        ("place by meaning", [_place(c.by_meaning) for c in candidates], ""),
        ("place by words", [_place(c.by_words) for c in candidates], ""),
        ("quoted as", [_place(c.rank) for c in candidates], "bold"),
    ]


def _tables(rows: Sequence[_Row], columns: int) -> Iterator[Text]:
    """Yield the rows' columns, as many beside each other as the terminal has room for."""
    name_width = max(len(name) for name, _, _ in rows)
    cell_width = 2 + max(len(cell) for _, cells, _ in rows for cell in cells)
    passages = len(rows[0][1])
    tables = ceil(passages / max(1, (columns - name_width) // cell_width))
    size = ceil(passages / tables)
    for start in range(0, passages, size):
        lines = [
            Text.assemble(
                (f"{name:<{name_width}}", "dim"),
                ("".join(f"{cell:>{cell_width}}" for cell in cells[start : start + size]), style),
            )
            for name, cells, style in rows
        ]
        yield Text("\n").join(lines)


def _entry(candidate: Candidate) -> Text:
    article = candidate.passage.article
    known = (article.source, day_of(article.published), f"passage {candidate.passage.id}")
    title = Text(clean(article.title), style="bold")
    title.append(clean(f" · {' · '.join(part for part in known if part)}"), style="not bold dim")
    fate = _fate(candidate)
    if candidate.event != article.id:
        fate += f"; on the event of {candidate.event}"
    start, end = candidate.sentence
    parts = (
        hanging(f"{candidate.place:>3}  ", title),
        hanging(_MARGIN, Text(clean(fate))),
        hanging(_MARGIN, Text(clean(article.text[start:end]), style="dim")),
    )
    return Text("\n").join(parts)


def _fate(candidate: Candidate) -> str:
    if candidate.fate is Fate.COPY:
        return f"{candidate.fate}: {candidate.copy_of}"
    return str(candidate.fate)


def _place(number: int | None) -> str:
    return str(number) if number else "-"


def _sureness(explanation: Explanation) -> str:
    answer, span = explanation.answer, explanation.span
    asked = f" The question speaks of {days_of(span.first, span.last)}." if span else ""
    sure = f"The articles hold an answer with a probability of {percent(answer.probability)}"
    reason = f" ({answer.reason})" if answer.reason else ""
    return f"\n{sure}: {answer.confidence}{reason}.{asked}"
