"""The forward index: which terms stand in each sentence, passage, article and title.

An inverted index (tantivy) finds passages; this one says, for the passages found, where in
them the query's terms stand. Plain NumPy arrays, a few megabytes for 20,000 passages.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from retrieval.arrays import Floats, Integers
from retrieval.times import years_of

UNKNOWN = -1  # the id of a term that no passage holds


@dataclass(frozen=True, slots=True)
class IndexedArticle:
    """What of an article is looked up by terms: its title, and its passages' sentences."""

    title: str
    passages: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Postings:
    """Which articles hold each term, titles included.

    Attributes:
        start: By term id, where its entries begin; one more than terms.
        articles: Of each entry: the number of an article, ascending within a term.
        counts: Of each entry: how often the term stands in that article.
    """

    start: Integers
    articles: Integers
    counts: Floats


class TermIndex:
    """Term ids by position, and how many passages and articles hold each term.

    Sentences, passages and articles are numbered in order; those of one passage, and of one
    article, follow each other.
    """

    def __init__(self, vocabulary: Sequence[str], arrays: dict[str, Integers]) -> None:
        self.vocabulary = tuple(vocabulary)  # by term id
        self.years = years_of(vocabulary)  # by term id; 0 for what is no year
        self._ids = {term: number for number, term in enumerate(vocabulary)}
        self._arrays = arrays
        self.terms = arrays["terms"]  # of all sentences, one after another
        self.sentence_start = arrays["sentence_start"]  # into `terms`; one more than sentences
        self.passage_start = arrays["passage_start"]  # into sentences; one more than passages
        self.article_start = arrays["article_start"]  # into passages; one more than articles
        self.title_terms = arrays["title_terms"]
        self.title_start = arrays["title_start"]  # into `title_terms`; one more than articles
        self.passage_frequency = arrays["passage_frequency"]  # by term; the title counts
        self.article_frequency = arrays["article_frequency"]
        counts = np.diff(self.article_start)
        self.article_of_passage = np.repeat(np.arange(len(counts)), counts)
        titles = np.diff(self.title_start)
        ends = self.sentence_start[self.passage_start[self.article_start]]
        self._body_lengths = np.diff(ends)
        self.article_length = self._body_lengths + titles

    @classmethod
    def build(
        cls, articles: Iterable[IndexedArticle], analyze: Callable[[str], list[str]]
    ) -> "TermIndex":
        """Return an index of `articles`, their words made terms by `analyze`."""
        ids: dict[str, int] = {}
        columns: dict[str, list[int]] = {name: [] for name in ("terms", "title_terms")}
        starts = {name: [0] for name in ("sentence", "passage", "article", "title")}

        def numbers(text: str) -> list[int]:
            return [ids.setdefault(term, len(ids)) for term in analyze(text)]

        for article in articles:
            columns["title_terms"] += numbers(article.title)
            for sentences in article.passages:
                for sentence in sentences:
                    columns["terms"] += numbers(sentence)
                    starts["sentence"].append(len(columns["terms"]))
                starts["passage"].append(len(starts["sentence"]) - 1)
            starts["article"].append(len(starts["passage"]) - 1)
            starts["title"].append(len(columns["title_terms"]))
        arrays = {name: np.array(values, np.int64) for name, values in columns.items()}
        arrays |= {f"{name}_start": np.array(v, np.int64) for name, v in starts.items()}
        return cls(list(ids), arrays | _frequencies(arrays, len(ids)))

    def save(self, path: Path) -> None:
        """Write the index to `path`, which ends in `.npz`."""
        vocabulary = np.frombuffer("\n".join(self.vocabulary).encode(), np.uint8)
        np.savez(path, vocabulary=vocabulary, **self._arrays)  # type: ignore[arg-type]

    @classmethod
    def load(cls, path: Path) -> "TermIndex":
        """Return the index saved at `path`."""
        with np.load(path, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files if name != "vocabulary"}
            text = stored["vocabulary"].tobytes().decode()
        return cls(text.split("\n") if text else [], arrays)

    @property
    def passages(self) -> int:
        """How many passages there are."""
        return len(self.passage_start) - 1

    @property
    def articles(self) -> int:
        """How many articles there are."""
        return len(self.article_start) - 1

    @cached_property
    def postings(self) -> Postings:
        """Which articles hold each term, and how often."""
        bodies = np.repeat(np.arange(self.articles), self._body_lengths)
        titles = np.repeat(np.arange(self.articles), np.diff(self.title_start))
        cells = np.concatenate([self.terms, self.title_terms]) * self.articles
        cells += np.concatenate([bodies, titles])
        cells, counts = np.unique(cells, return_counts=True)
        terms, articles = np.divmod(cells, max(self.articles, 1))
        start = np.searchsorted(terms, np.arange(len(self.vocabulary) + 1))
        return Postings(start, articles, counts.astype(np.float32))

    def ids(self, terms: Iterable[str]) -> Integers:
        """Return the terms' numbers; `UNKNOWN` for those in no passage."""
        return np.array([self._ids.get(term, UNKNOWN) for term in terms], np.int64)

    def title_of(self, article: int) -> Integers:
        """Return the term ids of an article's title."""
        return self.title_terms[self.title_start[article] : self.title_start[article + 1]]

    def passage_idf(self, ids: Integers) -> Floats:
        """Return the terms' inverse document frequency among passages; above 0, rare is high."""
        return _idf(ids, self.passage_frequency, self.passages)

    def article_idf(self, ids: Integers) -> Floats:
        """Return the terms' inverse document frequency among articles."""
        return _idf(ids, self.article_frequency, self.articles)


def ranges(starts: Integers, ends: Integers) -> tuple[Integers, Integers]:
    """Return the numbers of all ranges one after another, and the range that each is of.

    [2, 7], [4, 8] -> [2, 3, 7], [0, 0, 1]
    """
    lengths = ends - starts
    owners = np.repeat(np.arange(len(starts)), lengths)
    before = np.repeat(np.cumsum(lengths) - lengths, lengths)
    return np.arange(len(owners)) - before + np.repeat(starts, lengths), owners


def _frequencies(arrays: dict[str, Integers], n: int) -> dict[str, Integers]:
    """Return how many passages, and how many articles, hold each of `n` terms.

    A title stands in its article and in each of its passages.
    """
    terms, titles = arrays["terms"], arrays["title_terms"]
    counts, title_start = np.diff(arrays["article_start"]), arrays["title_start"]
    article = np.repeat(np.arange(len(counts)), counts)  # of each passage
    lengths = np.diff(arrays["sentence_start"][arrays["passage_start"]])
    passage = np.repeat(np.arange(len(article)), lengths)  # of each word
    repeated, holder = ranges(title_start[article], title_start[article + 1])
    titled = np.repeat(np.arange(len(counts)), np.diff(title_start))
    return {
        "passage_frequency": _frequency(
            np.concatenate([terms, titles[repeated]]), np.concatenate([passage, holder]), n
        ),
        "article_frequency": _frequency(
            np.concatenate([terms, titles]), np.concatenate([article[passage], titled]), n
        ),
    }


def _frequency(terms: Integers, owners: Integers, n: int) -> Integers:
    """Return how many of the owners hold each of `n` terms."""
    cells = np.unique(owners * n + terms)
    return np.bincount(cells % max(n, 1), minlength=n)


def _idf(ids: Integers, frequency: Integers, n: int) -> Floats:
    """Return log(1 + (n - df + 0.5) / (df + 0.5)), as BM25 has it; unknown terms have df 0."""
    df = np.where(ids >= 0, frequency[ids] if len(frequency) else 0, 0)
    return np.log1p((n - df + 0.5) / (df + 0.5)).astype(np.float32)
