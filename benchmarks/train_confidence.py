"""Make the weights of `retrieval/confidence.py`, and show what they are worth.

    python -m benchmarks.train_confidence DATA SHARED [--json FILE] [--pictures FOLDER]

A *condition* is a set of queries asked of one corpus, all answerable there or none. Queries of
each development set are asked of its own corpus (answerable), of the other sets' corpora, and
of parts of its own without the articles that answer (not answerable); parts of many sizes
teach what size does. *Hidden* are conditions in which the topic is held and the answer is not:
each query is asked with the articles hidden that answer it, and left out where an answer string
stands in what is found all the same. They are not fitted, since that made strangers harder to
tell and did not carry over to another set; what "strong" is worth counts them.

Conditions are scored by weights that saw neither their queries nor their corpus. Not used for
fitting, only reported: squad_v2_dev_half's unanswerable questions, which were written against
passages that are in the corpus, and the captures of ../shared/articles.
"""

import argparse
import gzip
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.answers import holds, read_answers
from benchmarks.articles import read_questions
from benchmarks.calibration import (
    HELD_AXES,
    RISK_AXES,
    Condition,
    area_under_roc,
    calibrate,
    draw,
)
from benchmarks.judged import JudgedSet, open_set
from bot.engine import build_index, open_engine
from config.settings import VOCABULARY, load_settings
from corpus.article import Article
from corpus.sources import Folder, bulk_file
from corpus.tokens import token_counter
from retrieval.arrays import Floats, Vectors
from retrieval.build import Builder
from retrieval.confidence import (
    BIAS,
    WEIGHTS,
    ConfidenceFeature,
    confidence_features,
)
from retrieval.encode import Encoder
from retrieval.filters import Filters
from retrieval.generation import Generation
from retrieval.index_folder import IndexFolder
from retrieval.intake import Silence, embedded_text
from retrieval.search import hits, rank_articles, rank_passages

Array = NDArray[np.float64]
SETS = (
    "realtimeqa_2022_cut",
    "squad_v2_dev_half",
    "mtrag_human_subset",
    "time_1963",
    "timeqa_human_test",
)
PARTS = {  # articles in a part of each set's corpus
    "realtimeqa_2022_cut": (6, 20, 80, 300),
    "squad_v2_dev_half": (20, 80),
    "mtrag_human_subset": (40,),
    "time_1963": (8, 40),
    "timeqa_human_test": (60, 600),
}
# Sets whose answer is elsewhere no more, once the relevant articles are hidden.
HIDDEN = ("realtimeqa_2022_cut", "squad_v2_dev_half")
ASKED = 150  # queries of one condition
SHOWN = 5  # articles among which a relevant one makes an answer right
REGULARISATION = 1e-3
FALSE_ANSWERS = 0.05  # of questions that the corpus does not hold: the most that may be answered


class KnownVectors:
    """An encoder that looks vectors up where it can: parts of a corpus cost no embedding."""

    def __init__(self, encoder: Encoder, generation: Generation) -> None:
        self._encoder = encoder
        self.name, self.dimension = encoder.name, encoder.dimension
        self.fingerprint = encoder.fingerprint
        self._rows = {_text(generation, row): row for row in range(len(generation))}
        self._generation = generation
        self._queries: dict[str, Floats] = {}

    def load(self) -> None:
        """Do nothing: the encoder is loaded."""

    def fits(self, text: str) -> bool:
        """Return what the encoder says."""
        return self._encoder.fits(text)

    def encode(self, texts: Sequence[str], advance: Callable[[int], None]) -> Vectors:
        """Return the vectors of texts that the generation holds."""
        advance(len(texts))
        rows = np.array([self._rows[text] for text in texts], np.int64)
        return self._generation.dense.vectors(rows)

    def encode_query(self, query: str) -> Floats:
        """Return the query's vector, embedded once."""
        if query not in self._queries:
            self._queries[query] = self._encoder.encode_query(query)
        return self._queries[query]

    def encode_phrases(self, phrases: Sequence[str]) -> Vectors:
        """Return what the encoder says."""
        return self._encoder.encode_phrases(phrases)


def _text(generation: Generation, row: int) -> str:
    passage = generation.passage(row)
    return embedded_text(passage.article.title, passage.text)


def ask(
    generation: Generation,
    encoder: Encoder,
    queries: Iterable[str],
    relevant: Mapping[str, set[str]] | None = None,
) -> tuple[Array, Array]:
    """Return the features of each query's ranking, and whether its first articles are right.

    Args:
        generation: What is asked.
        encoder: Of the same model.
        queries: Texts.
        relevant: Relevant article ids by text; nothing is right without.

    Returns:
        Shapes (queries, features) and (queries,).
    """
    rows, right = [], []
    for query in queries:
        ranking = rank_passages(generation, encoder, query)
        rows.append(confidence_features(generation.terms, ranking))
        first = {article for article, _ in rank_articles(generation, ranking)[:SHOWN]}
        right.append(bool(first & (relevant or {}).get(query, set())))
    features = np.array(rows, float).reshape(len(rows), len(ConfidenceFeature))
    return features, np.array(right, float)


def ask_hidden(
    generation: Generation,
    encoder: Encoder,
    queries: Iterable[str],
    relevant: Mapping[str, set[str]],
    answers: Mapping[str, Sequence[str]],
) -> tuple[Array, Array]:
    """Return the features of each query's ranking without the articles that answer it.

    Args:
        generation: What is asked; `encoder` is of the same model.
        encoder: Embeds the queries.
        queries: Texts; those without answer strings are left out.
        relevant: Relevant article ids by text.
        answers: Answer strings by text. Where one stands in the best passages, another article
            answers as well, and the query is left out.
    """
    rows = []
    for query in queries:
        hidden = Filters(without=frozenset(relevant[query]))
        ranking = rank_passages(generation, encoder, query, hidden)
        best = hits(generation, ranking, SHOWN)
        if (
            best
            and query in answers
            and not any(holds(h.passage.text, answers[query]) for h in best)
        ):
            rows.append(confidence_features(generation.terms, ranking))
    features = np.array(rows, float).reshape(len(rows), len(ConfidenceFeature))
    return features, np.zeros(len(rows))


def build_part(
    generation: Generation, encoder: Encoder, numbers: Iterable[int], folder: Path
) -> Generation:
    """Return a generation of some of the articles."""
    path = folder / "part.jsonl"
    articles = (generation.store.article(int(number)) for number in numbers)
    path.write_text("\n".join(json.dumps(_row(a)) for a in articles), encoding="utf-8")
    settings = load_settings()
    index = IndexFolder(folder / "index")
    count = token_counter(VOCABULARY)
    builder = Builder(index, encoder, settings.split.max_tokens, count, 64, 1, Silence())
    builder.build(Folder((bulk_file(path),), ()), folder)
    return index.open_current()


def _row(article: Article) -> dict[str, str]:
    return {"_id": article.id, "title": article.title, "text": article.text}


def pick(rng: np.random.Generator, texts: Sequence[str], n: int = ASKED) -> list[str]:
    """Return at most `n` of the texts."""
    return [texts[i] for i in sorted(rng.permutation(len(texts))[:n])]


def conditions_of(
    judged: JudgedSet,
    encoder: Encoder,
    sets: Mapping[str, JudgedSet],
    answers: Mapping[str, Sequence[str]],
    rng: np.random.Generator,
) -> Iterable[Condition]:
    """Yield the conditions on one set's corpus, whole and in parts.

    Args:
        judged: The set.
        encoder: Embeds queries.
        sets: All of them.
        answers: The set's answer strings by text; without any, nothing is asked with the answer
            hidden.
        rng: Picks.
    """
    generation, name = judged.engine.generation, judged.name
    own = list(judged.texts.values())
    relevant = relevant_by_text(judged)
    found = ask(generation, encoder, pick(rng, own), relevant)
    yield Condition(f"{name} in itself", frozenset({name}), True, *found)
    if answers:
        found = ask_hidden(generation, encoder, pick(rng, own), relevant, answers)
        yield Condition(f"{name}: answer hidden", frozenset({name}), False, *found, is_close=True)
    foreign = {n: list(s.texts.values()) for n, s in sets.items() if n != name}
    for other, texts in foreign.items():
        found = ask(generation, encoder, pick(rng, texts, ASKED // 2))
        yield Condition(f"{other} in {name}", frozenset({name, other}), False, *found)
    for size in PARTS[name]:
        yield from part_conditions(judged, encoder, foreign, answers, size, rng)


def part_conditions(
    judged: JudgedSet,
    encoder: Encoder,
    foreign: Mapping[str, Sequence[str]],
    answers: Mapping[str, Sequence[str]],
    size: int,
    rng: np.random.Generator,
) -> Iterable[Condition]:
    """Yield the conditions on a part of a set's corpus of about `size` articles."""
    ids = {a: i for i, a in enumerate(judged.engine.generation.store.article_ids())}
    relevant = {q: {a for a, g in judged.qrels[q].items() if g > 0} for q in judged.texts}
    asked = rng.permutation(list(judged.texts))[: max(3, size // 3)]
    chosen = {ids[a] for q in asked for a in relevant[q] if a in ids}
    others = [n for n in rng.permutation(len(ids)) if n not in chosen]
    chosen |= set(others[: max(0, size - len(chosen))])
    held_ids = {a for a, n in ids.items() if n in chosen}
    inside = [judged.texts[q] for q in judged.texts if relevant[q] & held_ids]
    # A question whose whole topic is outside: no article with its topic's title is inside.
    titles = {judged.engine.generation.store.article(int(n)).title for n in chosen}
    outside = [judged.texts[q] for q in judged.texts if not _topics(judged, relevant[q]) & titles]
    other_name = sorted(foreign)[size % len(foreign)]
    name, label = judged.name, f"{judged.name} ({size} articles)"
    with TemporaryDirectory() as folder:
        part = build_part(judged.engine.generation, encoder, sorted(chosen), Path(folder))
        found = ask(part, encoder, pick(rng, inside), relevant_by_text(judged))
        yield Condition(f"{label}: held", frozenset({name}), True, *found)
        if answers:
            found = ask_hidden(part, encoder, pick(rng, inside), relevant_by_text(judged), answers)
            title = f"{label}: answer hidden"
            yield Condition(title, frozenset({name}), False, *found, is_close=True)
        if name in {"squad_v2_dev_half", "timeqa_human_test"}:  # one page, one topic
            found = ask(part, encoder, pick(rng, outside))
            yield Condition(f"{label}: other pages", frozenset({name}), False, *found)
        yield Condition(
            f"{label}: {other_name}",
            frozenset({name, other_name}),
            False,
            *ask(part, encoder, pick(rng, foreign[other_name])),
        )


def relevant_by_text(judged: JudgedSet) -> dict[str, set[str]]:
    """Return the ids of the relevant articles by the query's text."""
    return {
        text: {a for a, grade in judged.qrels[query_id].items() if grade > 0}
        for query_id, text in judged.texts.items()
    }


def _topics(judged: JudgedSet, articles: Iterable[str]) -> set[str]:
    store = judged.engine.generation.store
    return {found.title for article in articles for found in store.find_articles(article)}


def fit(conditions: Sequence[Condition]) -> tuple[Array, float]:
    """Return weights and bias of a logistic model; answerable and not have the same say.

    Conditions whose answer is hidden are left out.
    """
    conditions = [condition for condition in conditions if not condition.is_close]
    features = np.concatenate([c.features for c in conditions])
    labels = np.concatenate([np.full(len(c.features), c.is_answerable) for c in conditions])
    say = np.concatenate([np.full(len(c.features), len(c.features) ** -0.5) for c in conditions])
    for label in (True, False):
        say[labels == label] /= 2 * say[labels == label].sum()
    centre, spread = features.mean(axis=0), features.std(axis=0) + 1e-6
    scaled, target = (features - centre) / spread, labels.astype(float)

    def loss(values: Array) -> tuple[float, Array]:
        weights, bias = values[1:], values[0]
        logits = scaled @ weights + bias
        error = say * (1 / (1 + np.exp(-logits)) - target)
        value = say @ (np.logaddexp(0, logits) - target * logits)
        slope = np.concatenate([[error.sum()], error @ scaled + REGULARISATION * weights])
        return float(value + REGULARISATION * weights @ weights / 2), slope

    best = minimize(loss, np.zeros(features.shape[1] + 1), jac=True, method="L-BFGS-B").x
    weights = best[1:] / spread
    return weights, float(best[0] - weights @ centre)


def score_unseen(conditions: Sequence[Condition]) -> list[Array]:
    """Return the logits of each condition by weights that saw neither queries nor corpus."""
    fitted: dict[frozenset[str], tuple[Array, float]] = {}
    logits = []
    for condition in conditions:
        families = condition.families
        if families not in fitted:
            fitted[families] = fit([c for c in conditions if not c.families & families])
        weights, bias = fitted[families]
        logits.append(condition.features @ weights + bias)
    return logits


def summarise(conditions: Sequence[Condition], logits: Sequence[Array]) -> dict[str, float]:
    """Return how well the logits tell the answerable from what the corpora do not hold at all.

    And from what they are close to.
    """
    pairs = list(zip(conditions, logits, strict=True))
    held = np.concatenate([x for c, x in pairs if c.is_answerable])
    foreign = np.concatenate([x for c, x in pairs if not c.is_answerable and not c.is_close])
    close = np.concatenate([x for c, x in pairs if c.is_close])
    threshold = float(np.quantile(foreign, 1 - FALSE_ANSWERS))
    probability = 1 / (1 + np.exp(-threshold))
    return {
        "area under ROC": area_under_roc(held, foreign),
        "area under ROC, answer hidden": area_under_roc(held, close),
        "probability at 5% false answers": probability,
        "refused of the held at that": float((held < threshold).mean()),
    }


def report(conditions: Sequence[Condition], logits: Sequence[Array], threshold: float) -> None:
    """Print each condition's share of answered queries."""
    for condition, values in zip(conditions, logits, strict=True):
        kind = "held" if condition.is_answerable else "hidden" if condition.is_close else "not held"
        answered = float((values >= threshold).mean())
        print(f"{answered:7.1%} of {len(values):3} {kind:<9} {condition.name}")


def unanswerable(judged: JudgedSet, folder: Path) -> Condition:
    """Return SQuAD's questions that were written to have no answer in a passage at hand."""
    with gzip.open(folder / "queries.jsonl.gz", "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    texts = [row["text"] for row in rows if row["_id"] not in judged.qrels]
    found = ask(
        judged.engine.generation,
        judged.engine.encoder,
        pick(np.random.default_rng(1), texts),
    )
    return Condition("SQuAD, unanswerable by design", frozenset({judged.name}), False, *found)


def captures(shared: Path, folder: Path) -> list[Condition]:
    """Return the questions over the captures as two conditions."""
    build_index(load_settings(), shared / "articles", folder, Silence())
    engine = open_engine(load_settings(), folder)
    questions = read_questions(shared / "eval" / "articles" / "queries.jsonl")
    return [
        Condition(
            f"captures, {label}",
            frozenset({"captures"}),
            held,
            *ask(
                engine.generation,
                engine.encoder,
                [q.query for q in questions if bool(q.evidence) == held],
            ),
        )
        for label, held in (("held", True), ("nothing answers", False))
    ]


def main() -> None:
    """Ask, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--pictures", type=Path)
    options = parser.parse_args()
    rng = np.random.default_rng(1)
    sets = {name: open_set(options.shared / "eval" / name, options.data) for name in SETS}
    conditions: list[Condition] = []
    for judged in sets.values():
        encoder = KnownVectors(judged.engine.encoder, judged.engine.generation)
        answers = {}
        if judged.name in HIDDEN:
            found = read_answers(options.shared / "eval" / judged.name)
            answers = {judged.texts[query_id]: texts for query_id, texts in found.items()}
        conditions += conditions_of(judged, encoder, sets, answers, rng)
        print(f"asked {judged.name}", flush=True)
    conditions = [condition for condition in conditions if len(condition.features)]
    with TemporaryDirectory() as folder:
        aside = captures(options.shared, Path(folder))
    squad = "squad_v2_dev_half"
    aside.append(unanswerable(sets[squad], options.shared / "eval" / squad))
    unseen = score_unseen(conditions)
    figures = summarise(conditions, unseen)
    threshold = float(np.log(figures["probability at 5% false answers"]))
    threshold -= float(np.log1p(-figures["probability at 5% false answers"]))
    report(conditions, unseen, threshold)
    weights, bias = fit(conditions)
    report(aside, [c.features @ weights + bias for c in aside], threshold)
    shipped = np.array([WEIGHTS[feature] for feature in ConfidenceFeature])
    logits = [c.features @ shipped + BIAS for c in conditions]
    for title, values in (("unseen", figures), ("as shipped", summarise(conditions, logits))):
        for name, value in values.items():
            print(f"{value:8.3f}  {name}, {title}")
    for feature, weight in zip(ConfidenceFeature, weights, strict=True):
        print(f"    ConfidenceFeature.{feature.name}: {weight:.2f},")
    print(f"BIAS = {bias:.2f}")
    calibration = calibrate(conditions, unseen)
    for name, share in calibration.items():
        if isinstance(share, float):
            print(f"{share:8.3f}  {name}, unseen")
    if options.json:
        options.json.write_text(json.dumps({**figures, **calibration}, indent=1))
    if options.pictures:
        draw(calibration["risk by coverage"], options.pictures / "risk-coverage.svg", RISK_AXES)
        draw(calibration["held by probability"], options.pictures / "reliability.svg", HELD_AXES)


if __name__ == "__main__":
    main()
