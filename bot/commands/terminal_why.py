"""Why an answer is as it is, in a terminal: what was measured, and what became of each passage."""

from rich.table import Table
from rich.text import Text

from bot.cards.score_words import percent
from bot.terminal import clean, day_of, show
from retrieval.explain import Candidate, Explanation, Fate

_COLUMNS = 8  # passages whose parts stand beside each other
_LISTED = 20


def print_why(explanation: Explanation) -> None:
    """Print what each passage's score is made of, what is quoted, and what is not and why."""
    if not explanation.candidates:
        show(Text("No passage was found."))
        return
    show(_parts(explanation))
    show(Text())
    for candidate in explanation.candidates[:_LISTED]:
        show(_line(candidate))
    if len(explanation.candidates) > _LISTED:
        show(Text(f"… and {len(explanation.candidates) - _LISTED} more", style="dim"))
    show(Text(_sureness(explanation)))


def _parts(explanation: Explanation) -> Table:
    """Return a row a part and a column a passage, headed by its place in order of score."""
    candidates = explanation.candidates[:_COLUMNS]
    table = Table(box=None, pad_edge=False)
    table.add_column("what was measured", style="dim", no_wrap=True)
    for candidate in candidates:
        table.add_column(str(candidate.place), justify="right")
    for name in candidates[0].parts:
        table.add_row(name, *(f"{c.parts[name]:.3f}" for c in candidates))
    table.add_row("score", *(f"{c.score:.3f}" for c in candidates), style="bold")
    table.add_row("best sentence", *(f"{c.sentence_score:.3f}" for c in candidates))
    table.add_row("price of its turn", *(f"{c.price:.3f}" for c in candidates))
    table.add_row("place by meaning", *(_place(c.by_meaning) for c in candidates))
    table.add_row("place by words", *(_place(c.by_words) for c in candidates))
    table.add_row("quoted as", *(_place(c.rank) for c in candidates), style="bold")
    return table


def _line(candidate: Candidate) -> Text:
    article = candidate.passage.article
    known = (article.source, day_of(article.published), f"passage {candidate.passage.id}")
    text = Text(f"{candidate.place:>3}  ").append(clean(article.title), style="bold")
    text.append(clean(f" · {' · '.join(part for part in known if part)}"), style="dim")
    text.append(f"\n     {_fate(candidate)}")
    if candidate.event != article.id:
        text.append(clean(f"; on the event of {candidate.event}"))
    start, end = candidate.sentence
    return text.append(clean(f"\n     {article.text[start:end]}"), style="dim")


def _fate(candidate: Candidate) -> str:
    if candidate.fate is Fate.COPY:
        return f"{candidate.fate}: {candidate.copy_of}"
    return str(candidate.fate)


def _place(number: int | None) -> str:
    return str(number) if number else "-"


def _sureness(explanation: Explanation) -> str:
    answer, span = explanation.answer, explanation.span
    asked = f" The question speaks of {day_of(span.first)} to {day_of(span.last)}." if span else ""
    sure = f"The articles hold an answer with a probability of {percent(answer.probability)}"
    reason = f" ({answer.reason})" if answer.reason else ""
    return f"\n{sure}: {answer.confidence}{reason}.{asked}"
