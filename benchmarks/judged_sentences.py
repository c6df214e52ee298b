"""The best passages of judged queries, taken apart: their sentences, and the names in them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.answers import holds, plain
from benchmarks.judged import JudgedSet
from benchmarks.softmax import Array
from retrieval.answering import to_sentences
from retrieval.asked import Asked, asked_for
from retrieval.filters import Filters
from retrieval.name_choice import NameFeature, NameJudge
from retrieval.names import names_in
from retrieval.search import hits, rank_passages
from retrieval.selection import LOOKED_AT
from retrieval.sentences import NAMED, sentence_features, voting_passages

MOST_QUERIES = 3000  # of one set: "why" is asked once in seventy questions


@dataclass(frozen=True, slots=True)
class JudgedPassage:
    """A passage's sentences.

    Attributes:
        features: Shape (sentences, features).
        names: Of each sentence, the keys of its names.
        answers: Which sentences hold the answer.
        score: The passage's.
        is_relevant: Whether its article is.
    """

    features: Array
    names: Sequence[frozenset[str]]
    answers: NDArray[np.bool_]
    score: float
    is_relevant: bool


@dataclass(frozen=True, slots=True)
class JudgedNames:
    """The names that may be the answer to a query.

    Attributes:
        keys: Those that the shipped weights think likeliest.
        features: Shape (keys, features).
        right: Which of them are the answer, or much of it.
    """

    keys: Sequence[str]
    features: Array
    right: NDArray[np.bool_]


NO_NAMES = JudgedNames((), np.zeros((0, len(NameFeature))), np.zeros(0, np.bool_))


@dataclass(frozen=True, slots=True)
class AskedQuery:
    """A query with an answer string: its best passages, in order of score.

    Attributes:
        is_for_one_thing: Whether the best sentence has a say in the passages' order.
    """

    passages: Sequence[JudgedPassage]
    names: JudgedNames
    is_for_one_thing: bool


def ask_set(judged: JudgedSet, answers: Mapping[str, Sequence[str]]) -> list[AskedQuery]:
    """Return the queries that have an answer string, asked."""
    ids = [query_id for query_id in judged.texts if query_id in answers]
    if len(ids) > MOST_QUERIES:
        ids = sorted(np.random.default_rng(0).choice(ids, MOST_QUERIES, replace=False))
    return [_ask(judged, query_id, answers[query_id]) for query_id in ids]


def _ask(judged: JudgedSet, query_id: str, answers: Sequence[str]) -> AskedQuery:
    generation, text = judged.engine.generation, judged.texts[query_id]
    judge = NameJudge(generation.terms, generation.lexical.terms, judged.engine.encoder)
    ranking = rank_passages(generation, judged.engine.encoder, text, Filters())
    found, asked = hits(generation, ranking, LOOKED_AT), asked_for(text)
    passages, terms = to_sentences(found), ranking.query.terms
    features = sentence_features(judge, text, terms, passages)
    names = NO_NAMES
    if asked in NAMED:
        mentions, measured = judge.measure(text, voting_passages(judge.index, terms, passages))
        keys = [mention.key for mention in mentions]
        right = np.array([_is_answer(key, answers) for key in keys], np.bool_)
        names = JudgedNames(keys, measured.astype(float), right)
    return AskedQuery(
        [
            JudgedPassage(
                values.astype(float),
                [frozenset(mention.key for mention in names_in(s)) for s in passage.texts],
                np.array([holds(sentence, answers) for sentence in passage.texts]),
                hit.score,
                judged.qrels[query_id].get(hit.passage.article.id, 0) > 0,
            )
            for hit, passage, values in zip(found, passages, features, strict=True)
        ],
        names,
        asked is not Asked.OTHER,
    )


def _is_answer(key: str, answers: Iterable[str]) -> bool:
    """Return whether a name holds an answer, or is at least half of one."""
    name = plain(key)
    wanted = [plain(answer) for answer in answers]
    return any(w in name or (name in w and 2 * len(name) >= len(w)) for w in wanted)
