"""The best passages of judged queries, taken apart: their sentences, and the names in them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.answers import holds, plain
from benchmarks.judged import JudgedSet
from benchmarks.softmax import Array
from retrieval.answering import is_answered_by_sentence, to_sentences
from retrieval.asked import asked_for
from retrieval.filters import Filters
from retrieval.name_choice import EMBEDDED, WORDS, Candidates, NameFeature, NameJudge
from retrieval.names import names_in
from retrieval.ranking import Hit
from retrieval.search import hits, rank_passages
from retrieval.sections import may_answer
from retrieval.selection import COMPARED
from retrieval.sentences import NAMED, sentence_features, voting_passages
from retrieval.terms import TermIndex

SPARE = 2  # times the candidates that are judged when one asks: folds choose among them anew
MOST_QUERIES = 3000  # of one set: "why" is asked once in seventy questions


@dataclass(frozen=True, slots=True)
class JudgedPassage:
    """A passage's sentences that may answer.

    Attributes:
        hit: The passage, found.
        features: Shape (sentences, features).
        brings: Which sentence brings which of the query's candidates; shape (sentences,
            candidates).
        answers: Which sentences hold the answer.
        is_relevant: Whether its article is.
    """

    hit: Hit
    features: Array
    brings: NDArray[np.bool_]
    answers: NDArray[np.bool_]
    is_relevant: bool


@dataclass(frozen=True, slots=True)
class JudgedCandidates:
    """The names and common words that may be the answer to a query.

    Attributes:
        features: Of more of them than are judged when one asks; shape (candidates, features).
        right: Which of them are the answer, or much of it.
    """

    features: Array
    right: NDArray[np.bool_]


NO_CANDIDATES = JudgedCandidates(np.zeros((0, len(NameFeature))), np.zeros(0, np.bool_))


@dataclass(frozen=True, slots=True)
class AskedQuery:
    """A query with an answer string: its best passages, in order of score.

    Attributes:
        is_for_one_thing: Whether the best sentence has a say in the passages' order.
    """

    passages: Sequence[JudgedPassage]
    candidates: JudgedCandidates
    is_for_one_thing: bool


def ask_set(judged: JudgedSet, answers: Mapping[str, Sequence[str]]) -> list[AskedQuery]:
    """Return the queries that have an answer string, asked."""
    ids = [query_id for query_id in judged.texts if query_id in answers]
    if len(ids) > MOST_QUERIES:
        ids = sorted(np.random.default_rng(0).choice(ids, MOST_QUERIES, replace=False))
    return [_ask(judged, query_id, answers[query_id]) for query_id in ids]


def _ask(judged: JudgedSet, query_id: str, answers: Sequence[str]) -> AskedQuery:
    generation, encoder, text = (
        judged.engine.generation,
        judged.engine.encoder,
        judged.texts[query_id],
    )
    analyze = generation.lexical.terms
    judge = NameJudge(generation.terms, analyze, encoder)
    wide = NameJudge(generation.terms, analyze, encoder, SPARE * EMBEDDED, SPARE * WORDS)
    ranking = rank_passages(judged.engine, text, Filters())
    found = hits(generation, ranking, COMPARED)
    passages, terms = to_sentences(found), ranking.query.terms
    features = sentence_features(judge, text, terms, passages)
    candidates = Candidates((), np.empty(0, np.int64), np.zeros((0, len(NameFeature)), np.float32))
    if passages and asked_for(text) in NAMED:
        candidates = wide.measure(text, *voting_passages(generation.terms, terms, passages))
    stems = [generation.terms.vocabulary[word] for word in candidates.words]
    right = [_is_answer(name.key, answers) for name in candidates.names]
    right += [_is_answer(stem, [" ".join(analyze(a)) for a in answers]) for stem in stems]
    judged_passages = []
    for hit, passage, values in zip(found, passages, features, strict=True):
        shown = may_answer(hit.passage)
        judged_passages.append(
            JudgedPassage(
                hit,
                values.astype(float)[shown],
                _brings(generation.terms, hit.row, passage.texts, candidates)[shown],
                np.array([holds(sentence, answers) for sentence in passage.texts])[shown],
                judged.qrels[query_id].get(hit.passage.article.id, 0) > 0,
            )
        )
    measured = JudgedCandidates(candidates.features.astype(float), np.array(right, np.bool_))
    return AskedQuery(judged_passages, measured, is_answered_by_sentence(text))


def _brings(
    index: TermIndex, row: int, texts: Sequence[str], candidates: Candidates
) -> NDArray[np.bool_]:
    """Return which sentence of a passage brings which name and which word."""
    keys = [{mention.key for mention in names_in(text)} for text in texts]
    named = [[name.key in own for name in candidates.names] for own in keys]
    sentences = np.arange(index.passage_start[row], index.passage_start[row + 1])
    edges = index.sentence_start
    held = [np.isin(candidates.words, index.terms[edges[i] : edges[i + 1]]) for i in sentences]
    shape = (len(texts), len(candidates.names))
    return np.hstack([np.array(named, np.bool_).reshape(shape), np.array(held, np.bool_)])


def _is_answer(key: str, answers: Iterable[str]) -> bool:
    """Return whether a candidate holds an answer, or is at least half of one."""
    name = plain(key)
    wanted = [plain(answer) for answer in answers]
    return any(w in name or (name in w and 2 * len(name) >= len(w)) for w in wanted if w.strip())
