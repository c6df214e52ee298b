"""What stands in an answer: how many quotations, how many of them to the point, and what they miss.

    python -m benchmarks.quoted DATA FOLDER [FOLDER …] [--floors SHARE …]

For each judged set, as `retrieval/answer.py` answers, of the questions that get an answer: the
quotations of one, the share of these that are of a relevant article, how often one of them is, and
how often one's bold sentence holds the answer, where a set has answer strings. With `--floors`, for
each share of the best score below which a passage would not be quoted.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.answers import holds, read_answers
from benchmarks.articles import bold_text
from benchmarks.judged import JudgedSet, open_set
from retrieval import choice
from retrieval.answer import answer
from retrieval.filters import Filters

K = 5


@dataclass(frozen=True, slots=True)
class Quoted:
    """The quotations of one question.

    Attributes:
        relevant: Whether each is of a relevant article.
        bold: Whether each one's bold sentence holds an answer string; empty without these.
    """

    relevant: Sequence[bool]
    bold: Sequence[bool]


def ask(judged: JudgedSet, query_id: str, answers: Sequence[str]) -> Quoted | None:
    """Return what is quoted for one question, or None where it is refused."""
    text = judged.texts[query_id]
    given = answer(judged.engine, text, Filters(), K)
    if not given.citations:
        return None
    relevant = judged.qrels[query_id]
    return Quoted(
        [relevant.get(c.passage.article.id, 0) > 0 for c in given.citations],
        [holds(bold_text(c), answers) for c in given.citations] if answers else [],
    )


def show(name: str, floor: float, asked: Sequence[Quoted | None]) -> None:
    """Print one set's row."""
    answered = [quoted for quoted in asked if quoted]
    n, quotations = len(answered), sum(len(quoted.relevant) for quoted in answered)
    bold = [any(quoted.bold) for quoted in answered if quoted.bold]
    print(
        f"{name:<24}{floor:6.2f}{n:9}/{len(asked)}"
        f"{quotations / n:12.2f}"
        f"{sum(sum(quoted.relevant) for quoted in answered) / quotations:10.3f}"
        f"{sum(any(quoted.relevant) for quoted in answered) / n:12.3f}"
        f"{f'{sum(bold) / len(bold):.3f}' if bold else '':>8}",
        flush=True,
    )


def main() -> None:
    """Ask every question of every set, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--floors", type=float, nargs="+", default=[choice.RELEVANT])
    options = parser.parse_args()
    print("set                      floor   answered  quotations  relevant  one of them   bold")
    for folder in options.folders:
        judged = open_set(folder, options.data)
        answers = read_answers(folder) if any(folder.glob("answers.jsonl*")) else {}
        for floor in options.floors:
            choice.RELEVANT = floor
            asked = [ask(judged, query_id, answers.get(query_id, ())) for query_id in judged.texts]
            show(folder.name, floor, asked)


if __name__ == "__main__":
    main()
