"""Score the answers over the five captures: evidence quoted, evidence bold, wrongly answered.

Takes seconds. Run it with `python -m benchmarks.articles [--shared FOLDER] [--json FILE]`.
"""

import argparse
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.engine import Engine, build_index, open_engine
from config.settings import load_settings
from retrieval.answer import Answer, Citation
from retrieval.filters import Filters
from retrieval.intake import Silence

TOP = 5
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the set; no evidence means that nothing in the articles answers it."""

    query: str
    evidence: tuple[tuple[str, str], ...]  # (article number, exact words)
    min_articles: int


@dataclass(frozen=True, slots=True)
class Result:
    """How one question went.

    Attributes:
        articles: Different articles with evidence among the first five citations.
        bold: Of those, the ones whose evidence is in the answering sentence.
    """

    query: str
    is_answerable: bool
    confidence: str
    articles: int
    bold: int
    min_articles: int

    @property
    def is_found(self) -> bool:
        """Whether enough evidence was quoted; for the unanswerable, whether it was silent."""
        return self.articles >= self.min_articles if self.is_answerable else self.is_silent

    @property
    def is_silent(self) -> bool:
        """Whether nothing was quoted."""
        return self.confidence == "none"


def read_questions(path: Path) -> list[Question]:
    """Return the questions of a `queries.jsonl`."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Question(r["query"], tuple(map(tuple, r["evidence"])), r.get("min_articles", 1))
        for r in rows
    ]


def score(question: Question, answer: Answer) -> Result:
    """Return how an answer compares with the evidence."""
    citations = answer.citations[:TOP]
    quoted = {c.passage.article.id for c in citations if _holds(question, c, c.passage.text)}
    bold = {c.passage.article.id for c in citations if _holds(question, c, bold_text(c))}
    return Result(
        question.query,
        bool(question.evidence),
        answer.confidence,
        len(quoted),
        len(bold),
        question.min_articles,
    )


def bold_text(citation: Citation) -> str:
    """Return the words of the sentence that answers; "" where none does."""
    if citation.answer is None:
        return ""
    start, end = citation.answer
    return citation.passage.article.text[start:end]


def _holds(question: Question, citation: Citation, text: str) -> bool:
    """Return whether `text` of the citation's article holds evidence for the question."""
    number = citation.passage.article.id.split("_")[0]
    return any(n == number and _plain(words) in _plain(text) for n, words in question.evidence)


def _plain(text: str) -> str:
    return _BLANKS.sub(" ", text.translate(_STRAIGHT))


def ask_all(engine: Engine, questions: Sequence[Question]) -> list[Result]:
    """Return the result of every question."""
    return [score(q, engine.ask(q.query, Filters(), TOP)) for q in questions]


def summarise(results: Sequence[Result]) -> dict[str, float]:
    """Return the shares: 1 is best for the first three, 0 for the others."""
    held = [r for r in results if r.is_answerable]
    empty = [r for r in results if not r.is_answerable]
    return {
        "evidence in the top 5": sum(r.is_found for r in held) / len(held),
        "evidence in the bold sentence": sum(r.bold > 0 for r in held) / len(held),
        "silent where nothing answers": sum(r.is_silent for r in empty) / len(empty),
        "wrongly answered": sum(not r.is_silent for r in empty) / len(empty),
        "wrongly refused": sum(r.is_silent for r in held) / len(held),
    }


def main() -> None:
    """Index the captures in a folder of its own, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    settings = load_settings()
    with TemporaryDirectory() as data:
        build_index(settings, options.shared / "articles", Path(data), Silence())
        engine = open_engine(settings, Path(data))
        questions = read_questions(options.shared / "eval" / "articles" / "queries.jsonl")
        results = ask_all(engine, questions)
    for r in results:
        mark = "ok  " if r.is_found else "MISS"
        wanted = f"{r.articles} of {r.min_articles} articles, {r.bold} bold"
        print(f"{mark} {r.confidence:<8} {wanted if r.is_answerable else '':<24} {r.query}")
    for name, share in summarise(results).items():
        print(f"{share:6.1%}  {name}")
    if options.json:
        document = {"summary": summarise(results), "results": [asdict(r) for r in results]}
        options.json.write_text(json.dumps(document, indent=1))


if __name__ == "__main__":
    main()
