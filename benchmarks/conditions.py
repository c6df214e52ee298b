"""Queries asked of corpora that hold their answers, of others, and with the answers hidden."""

import gzip
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from benchmarks.answers import holds
from benchmarks.articles import read_questions
from benchmarks.calibration import Condition
from benchmarks.judged import JudgedSet
from bot.engine import build_index, open_engine
from config.settings import VOCABULARY, load_settings
from corpus.article import Article
from corpus.sources import Folder, bulk_file
from corpus.tokens import token_counter
from retrieval.arrays import Floats, Vectors
from retrieval.build import Builder
from retrieval.confidence import ConfidenceFeature, confidence_features
from retrieval.encode import Encoder
from retrieval.filters import Filters
from retrieval.generation import Generation
from retrieval.index_folder import IndexFolder
from retrieval.intake import Silence, embedded_text
from retrieval.retriever import Retriever
from retrieval.search import hits, rank_articles, rank_passages

Array = NDArray[np.float64]
PARTS = {  # articles in a part of each set's corpus
    "realtimeqa_2022_cut": (6, 20, 80, 300),
    "squad_v2_dev_half": (20, 80),
    "mtrag_human_subset": (40,),
    "time_1963": (8, 40),
    "timeqa_human_test": (60, 600),
}
ASKED = 150  # queries of one condition
SHOWN = 5  # articles among which a relevant one makes an answer right


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
    retriever: Retriever,
    queries: Iterable[str],
    relevant: Mapping[str, set[str]] | None = None,
) -> tuple[Array, Array]:
    """Return the features of each query's ranking, and whether its first articles are right.

    Args:
        retriever: What is asked.
        queries: Texts.
        relevant: Relevant article ids by text; nothing is right without.

    Returns:
        Shapes (queries, features) and (queries,).
    """
    rows, right, generation = [], [], retriever.generation
    for query in queries:
        ranking = rank_passages(retriever, query)
        rows.append(confidence_features(generation.terms, ranking))
        first = {article for article, _ in rank_articles(generation, ranking)[:SHOWN]}
        right.append(bool(first & (relevant or {}).get(query, set())))
    features = np.array(rows, float).reshape(len(rows), len(ConfidenceFeature))
    return features, np.array(right, float)


def ask_hidden(
    retriever: Retriever,
    queries: Iterable[str],
    relevant: Mapping[str, set[str]],
    answers: Mapping[str, Sequence[str]],
) -> tuple[Array, Array]:
    """Return the features of each query's ranking without the articles that answer it.

    Args:
        retriever: What is asked.
        queries: Texts; those without answer strings are left out.
        relevant: Relevant article ids by text.
        answers: Answer strings by text. Where one stands in the best passages, another article
            answers as well, and the query is left out.
    """
    rows, generation = [], retriever.generation
    for query in queries:
        hidden = Filters(without=frozenset(relevant[query]))
        ranking = rank_passages(retriever, query, hidden)
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
    retriever, name = Retriever(judged.engine.generation, encoder), judged.name
    own = list(judged.texts.values())
    relevant = relevant_by_text(judged)
    found = ask(retriever, pick(rng, own), relevant)
    yield Condition(f"{name} in itself", frozenset({name}), True, *found)
    if answers:
        found = ask_hidden(retriever, pick(rng, own), relevant, answers)
        yield Condition(f"{name}: answer hidden", frozenset({name}), False, *found, is_close=True)
    foreign = {n: list(s.texts.values()) for n, s in sets.items() if n != name}
    for other, texts in foreign.items():
        found = ask(retriever, pick(rng, texts, ASKED // 2))
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
        held = build_part(judged.engine.generation, encoder, sorted(chosen), Path(folder))
        part = Retriever(held, encoder)
        found = ask(part, pick(rng, inside), relevant_by_text(judged))
        yield Condition(f"{label}: held", frozenset({name}), True, *found)
        if answers:
            found = ask_hidden(part, pick(rng, inside), relevant_by_text(judged), answers)
            title = f"{label}: answer hidden"
            yield Condition(title, frozenset({name}), False, *found, is_close=True)
        if name in {"squad_v2_dev_half", "timeqa_human_test"}:  # one page, one topic
            found = ask(part, pick(rng, outside))
            yield Condition(f"{label}: other pages", frozenset({name}), False, *found)
        yield Condition(
            f"{label}: {other_name}",
            frozenset({name, other_name}),
            False,
            *ask(part, pick(rng, foreign[other_name])),
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


def unanswerable(judged: JudgedSet, folder: Path) -> Condition:
    """Return SQuAD's questions that were written to have no answer in a passage at hand."""
    with gzip.open(folder / "queries.jsonl.gz", "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    texts = [row["text"] for row in rows if row["_id"] not in judged.qrels]
    found = ask(judged.engine, pick(np.random.default_rng(1), texts))
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
            *ask(engine, [q.query for q in questions if bool(q.evidence) == held]),
        )
        for label, held in (("held", True), ("nothing answers", False))
    ]
