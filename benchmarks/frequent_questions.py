"""Ask the frequent questions of software projects of their own documentation.

    python -m benchmarks.frequent_questions ARCHIVES DATA [--json FILE]

ARCHIVES holds source archives (`.tar.gz`) of the projects in `documentation_projects.txt`, as
`pip download --no-deps --no-binary :all:` fetches them; DATA keeps what is made of them. Each
project is a community: its answers and other pages are a folder of plain text and Markdown, read,
cut and indexed as `footnote index build` does it. No weight was made or chosen on these.

Printed are nDCG@10 and success@1 of the answers' articles over all questions, as in
`benchmarks.quality`; how sure answers are; and the same for questions of other projects. Some of
these are answered rightly ("How can I contribute?"), so that their share is a limit, no rate of
errors.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from benchmarks.documentation import Documentation, read_archive
from benchmarks.judged import JudgedSet
from benchmarks.quality import fuse_ranks, fuse_scores, ours, searches, to_articles
from bot.engine import build_index, open_engine
from config.settings import load_settings
from retrieval.answer import Answer
from retrieval.evaluate import Ranking, compute_metrics
from retrieval.filters import Filters
from retrieval.intake import Silence

PROJECTS = Path(__file__).with_name("documentation_projects.txt")
SHOWN = 5
STRANGERS = 60  # questions of other projects asked of each
WAYS: Mapping[str, Callable[[JudgedSet, str], Ranking]] = {
    "vectors alone": lambda judged, text: to_articles(judged, searches(judged, text)[0]),
    "words alone": lambda judged, text: to_articles(judged, searches(judged, text)[1]),
    "rank fusion": lambda judged, text: to_articles(judged, fuse_ranks(*searches(judged, text))),
    "0.4 / 0.6 of min-max": lambda judged, text: to_articles(
        judged, fuse_scores(*searches(judged, text))
    ),
    "Footnote": ours,
}


def open_project(project: Documentation, data: Path) -> JudgedSet:
    """Return a project's questions with the index of its documentation, built if need be."""
    folder = data / project.name
    if not (folder / "articles").is_dir():
        project.write(folder / "articles")
    build_index(load_settings(), folder / "articles", folder / "data", Silence())
    engine = open_engine(load_settings(), folder / "data")
    return JudgedSet(
        project.name,
        engine,
        {question: question for question in project.questions},
        {question: {page: 1} for question, page in project.questions.items()},
    )


def rank_all(sets: Sequence[JudgedSet]) -> dict[str, dict[str, float]]:
    """Return the metrics of each way to rank, over the questions of all sets."""
    weights = [len(judged.texts) for judged in sets]
    results = {}
    for way, rank in WAYS.items():
        found = [
            compute_metrics(judged.qrels, {q: rank(judged, q) for q in judged.texts})
            for judged in sets
        ]
        results[way] = {
            name: float(np.average([metrics[name] for metrics in found], weights=weights))
            for name in found[0]
        }
    return results


def answers(judged: JudgedSet, questions: Sequence[str]) -> list[Answer]:
    """Return the answers to questions."""
    return [judged.engine.ask(question, Filters(), SHOWN) for question in questions]


def shares(given: Sequence[Answer]) -> dict[str, float]:
    """Return how many of the answers are strong, partial and none."""
    counts = Counter(answer.confidence for answer in given)
    return {word: counts[word] / len(given) for word in ("strong", "partial", "none")}


def holds(judged: JudgedSet, question: str, given: Answer) -> bool:
    """Return whether the answer that the project gives is among what is quoted."""
    return any(c.passage.article.id in judged.qrels[question] for c in given.citations)


def main() -> None:
    """Read, build, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archives", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    names = [line.replace("==", "-") for line in PROJECTS.read_text().split()]
    projects = [read_archive(options.archives / f"{name}.tar.gz") for name in names]
    sets = [open_project(project, options.data) for project in projects]
    asked = sum(len(judged.texts) for judged in sets)
    passages = sum(len(judged.engine.generation) for judged in sets)
    print(f"{asked} questions of {len(sets)} projects, {passages} passages")
    ranked = rank_all(sets)
    for way, metrics in ranked.items():
        print(f"  {way:<24}{metrics['nDCG@10']:.3f}  {metrics['success@1']:.3f}")
    own = [(j, q, a) for j in sets for q, a in zip(j.texts, answers(j, [*j.texts]), strict=True)]
    rng = np.random.default_rng(1)
    strange: list[Answer] = []
    for judged in sets:
        others = [question for other in sets if other is not judged for question in other.texts]
        strange += answers(judged, [str(q) for q in rng.choice(others, STRANGERS, replace=False)])
    held, foreign = shares([answer for _, _, answer in own]), shares(strange)
    print(f"  held:   {held}\n  others: {foreign}")
    strong = [holds(j, q, answer) for j, q, answer in own if answer.confidence == "strong"]
    print(f"  the project's own answer is quoted in {np.mean(strong):.3f} of strong answers")
    if options.json:
        figures = {"ranking": ranked, "held": held, "others": foreign}
        options.json.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
