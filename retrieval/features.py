"""What is measured of each candidate passage, each in about [0, 1] and free of scale.

None depends on the size of the corpus or on the other candidates, so that one setting serves
five articles and fifty thousand.
"""

from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

import numpy as np

from retrieval.arrays import Booleans, Floats, Integers, Vectors
from retrieval.days import TimeSpan
from retrieval.dense import DenseIndex
from retrieval.terms import UNKNOWN, TermIndex, ranges
from retrieval.times import day_nearness, year_nearness

K1, B = 1.2, 0.75  # BM25's, as tantivy has them


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """A query's content words as terms of a corpus.

    Attributes:
        sequence: Term ids in the order of the query, `UNKNOWN` for words in no passage.
        ids: The known ones, each once.
        counts: How often the query holds each of `ids`.
        idf: Of each of `ids` among passages; `article_idf` among articles.
        unknown: How many different words of the query no passage holds.
        unknown_idf: Weight of each of these: the rarest there can be.
    """

    sequence: Integers
    ids: Integers
    counts: Floats
    idf: Floats
    article_idf: Floats
    unknown: int
    unknown_idf: float
    unknown_article_idf: float

    @classmethod
    def of(cls, terms: list[str], index: TermIndex) -> "QueryTerms":
        """Return the query's terms as `index` knows them."""
        sequence = index.ids(terms)
        ids, counts = np.unique(sequence[sequence != UNKNOWN], return_counts=True)
        nowhere = np.array([UNKNOWN])
        return cls(
            sequence,
            ids,
            counts.astype(np.float32),
            index.passage_idf(ids),
            index.article_idf(ids),
            len({t for t, i in zip(terms, sequence, strict=True) if i == UNKNOWN}),
            float(index.passage_idf(nowhere)[0]),
            float(index.article_idf(nowhere)[0]),
        )

    @property
    def total_idf(self) -> float:
        """Weight of all different words of the query."""
        return float(self.idf.sum()) + self.unknown * self.unknown_idf + 1e-9


class PassageFeature(IntEnum):
    """The columns of a candidate's features."""

    COSINE = 0  # of query and passage, in [-1, 1]
    ARTICLE_COSINE = 1  # of query and the article's mean vector
    ARTICLE_BM25 = 2  # of the whole article, as a share of the most that the query could reach
    COVERAGE = 3  # share of the query's weight in the best two neighbouring sentences
    BIGRAMS = 4  # share of the query's pairs of neighbours found as such, or as a list's item
    LEAD = 5  # 1 for an article's first passage, else 0
    TIME = 6  # nearness of the passage's years, or of the article's day, to the time asked about


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked, in the forms that features need.

    Attributes:
        vector: Of unit length, shape (dimension,).
        span: The time that the query speaks of, if any.
    """

    text: str
    terms: QueryTerms
    vector: Floats
    span: TimeSpan | None = None


@dataclass(frozen=True, slots=True)
class ArticleColumns:
    """What features need to know of each article, by its number.

    Attributes:
        vectors: The mean of its passages' vectors, of unit length.
        days: The ordinal of its day of publication; 0 when undated.
    """

    vectors: Vectors
    days: Integers


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Where the query's terms stand in the candidates.

    Attributes:
        articles: Numbers of the candidates' articles, each once, ascending.
        article: For each candidate, its article's place in `articles`.
        terms: Term id of each word of the candidates.
        words: Query position (from 1; 0 for other words) of each word of the candidates.
        passage_of_word: For each word, its candidate's place.
        opens: For each word, whether a sentence begins with it.
        sentence_counts: Shape (sentences, terms): how often each term stands in each sentence.
        first_sentence: For each candidate, its first sentence's place in `sentence_counts`.
        title_words: As `words`, of the titles of `articles`; `title_of_word` likewise.
    """

    articles: Integers
    article: Integers
    terms: Integers
    words: Integers
    passage_of_word: Integers
    opens: Booleans
    sentence_counts: Floats
    first_sentence: Integers
    title_words: Integers
    title_of_word: Integers


@np.errstate(invalid="ignore")  # OpenBLAS may say so of a product of a few finite numbers
def passage_features(
    index: TermIndex,
    dense: DenseIndex,
    columns: ArticleColumns,
    query: Query,
    rows: Integers,
) -> Floats:
    """Return the features of the candidates `rows`; shape (rows, features).

    Args:
        index: Where terms stand.
        dense: The vectors of the same passages.
        columns: What is known of each article.
        query: What is asked.
        rows: Different rows, at least none.
    """
    terms, vector = query.terms, query.vector
    features = np.zeros((len(rows), len(PassageFeature)), np.float32)
    if not len(rows):
        return features
    found = _locate(index, terms, rows)
    cosines = columns.vectors[found.articles] @ vector
    bm25 = _article_bm25(index, terms, found.articles)
    features[:, PassageFeature.COSINE] = dense.vectors(rows) @ vector
    features[:, PassageFeature.ARTICLE_COSINE] = cosines[found.article]
    features[:, PassageFeature.ARTICLE_BM25] = bm25[found.article]
    features[:, PassageFeature.COVERAGE] = _coverage(found, terms)
    numbers = np.array([index.vocabulary[term].isdigit() for term in terms.ids.tolist()], np.bool_)
    features[:, PassageFeature.BIGRAMS] = _bigrams(found, terms, numbers, len(rows))
    features[:, PassageFeature.LEAD] = rows == index.article_start[found.articles][found.article]
    if span := query.span:
        years = index.years[found.terms]
        in_text = year_nearness(years, found.passage_of_word, span, len(rows))
        published = day_nearness(columns.days[found.articles], span)[found.article]
        features[:, PassageFeature.TIME] = np.maximum(in_text, published)
    return features


def _locate(index: TermIndex, query: QueryTerms, rows: Integers) -> _Candidates:
    position = _positions(index, query)
    articles, article = np.unique(index.article_of_passage[rows], return_inverse=True)
    first, last = index.passage_start[rows], index.passage_start[rows + 1]
    sentences, passage_of_sentence = ranges(first, last)
    words, sentence_of_word = ranges(
        index.sentence_start[sentences], index.sentence_start[sentences + 1]
    )
    titles, title_of_word = ranges(index.title_start[articles], index.title_start[articles + 1])
    n = len(query.ids)
    terms = index.terms[words]
    words, titles = position[terms], position[index.title_terms[titles]]
    return _Candidates(
        articles,
        article,
        terms,
        words,
        passage_of_sentence[sentence_of_word],
        np.diff(sentence_of_word, prepend=-1) > 0,
        _count_terms(words, sentence_of_word, len(sentences), n),
        np.cumsum(last - first) - (last - first),
        titles,
        title_of_word,
    )


def _positions(index: TermIndex, query: QueryTerms) -> Integers:
    """Return, by term id, its place among the query's known terms from 1; 0 for all others."""
    position = np.zeros(len(index.passage_frequency), np.int64)
    position[query.ids] = np.arange(1, len(query.ids) + 1)
    return position


def _count_terms(words: Integers, owners: Integers, n_owners: int, n_terms: int) -> Floats:
    """Return how often each owner holds each of the query's terms; shape (owners, terms)."""
    known = words > 0
    cells = owners[known] * n_terms + words[known] - 1
    counts = np.bincount(cells, minlength=n_owners * n_terms)
    return counts.reshape(n_owners, n_terms).astype(np.float32)


def _article_counts(index: TermIndex, query: QueryTerms, articles: Integers) -> Floats:
    """Return how often each article holds each term; shape (articles, terms)."""
    postings = index.postings
    entries, term = ranges(postings.start[query.ids], postings.start[query.ids + 1])
    places = np.full(index.articles, -1)
    places[articles] = np.arange(len(articles))
    place = places[postings.articles[entries]]
    wanted = place >= 0
    counts = np.zeros((len(articles), len(query.ids)), np.float32)
    counts[place[wanted], term[wanted]] = postings.counts[entries[wanted]]
    return counts


def _article_bm25(index: TermIndex, query: QueryTerms, articles: Integers) -> Floats:
    """Return BM25 of each article as a whole, as a share of the most there could be."""
    counts = _article_counts(index, query, articles)
    lengths = index.article_length
    norm = K1 * (1 - B + B * lengths[articles] / max(float(lengths.mean()), 1.0))
    weights = query.article_idf * query.counts
    scores = counts * (K1 + 1) / (counts + norm[:, np.newaxis]) @ weights
    unknown = int((query.sequence == UNKNOWN).sum()) * query.unknown_article_idf
    return np.asarray(scores / ((float(weights.sum()) + unknown) * (K1 + 1) + 1e-9), np.float32)


def _coverage(found: _Candidates, query: QueryTerms) -> Floats:
    """Return the share of the query's weight in each candidate's best pair of neighbours."""
    holds = found.sentence_counts > 0
    shares = holds @ query.idf
    starts = np.zeros(len(holds), np.bool_)
    starts[found.first_sentence] = True
    pairs = (holds[1:] | holds[:-1]) @ query.idf
    shares[1:] = np.where(starts[1:], shares[1:], np.maximum(shares[1:], pairs))
    best: Floats = np.maximum.reduceat(shares, found.first_sentence)
    return best / np.float32(query.total_idf)


def _bigrams(found: _Candidates, query: QueryTerms, numbers: Booleans, n: int) -> Floats:
    """Return the share of the query's neighbours that are neighbours in passage or title.

    So are the words of "rule 3" where "3. Be kind." stands, and rules are spoken of.

    Args:
        found: Where the query's terms stand.
        query: What is asked.
        numbers: Which of the query's `ids` are numbers.
        n: How many candidates there are.
    """
    place = {int(term): at for at, term in enumerate(query.ids, 1)}
    sequence = [place.get(int(term), 0) for term in query.sequence]
    weight = np.concatenate([[query.unknown_idf], query.idf])
    pairs = list(pairwise(sequence))
    total = sum(float(weight[a] + weight[b]) for a, b in pairs)
    wanted = [(a, b) for a, b in dict.fromkeys(pairs) if a and b and a != b]
    if not wanted:
        return np.zeros(n, np.float32)
    first, second = np.array(wanted).T
    n_words = len(weight)
    in_passage = _neighbours(found.words, found.passage_of_word, (n, n_words))
    in_title = _neighbours(found.title_words, found.title_of_word, (len(found.articles), n_words))
    held = in_passage[:, first, second] | in_title[:, first, second][found.article]
    if numbers.any():
        speaks = _has(found.words, found.passage_of_word, (n, n_words))
        speaks |= _has(found.title_words, found.title_of_word, (len(found.articles), n_words))[
            found.article
        ]
        items = _has(found.words * found.opens, found.passage_of_word, (n, n_words))
        held |= speaks[:, first] & items[:, second] & numbers[second - 1]
    return np.asarray(held @ (weight[first] + weight[second]) / total, np.float32)


def _has(words: Integers, owners: Integers, shape: tuple[int, int]) -> Booleans:
    """Return which of the query's words each owner has; `shape` is (owners, words), as theirs."""
    held = np.zeros(shape, np.bool_)
    held[owners[words > 0], words[words > 0]] = True
    return held


def _neighbours(words: Integers, owners: Integers, shape: tuple[int, int]) -> Booleans:
    """Return which of the query's words stand side by side in each owner.

    Shape (owners, words, words), the word that comes first first, for a `shape` (owners, words).
    """
    n_owners, n_words = shape
    first, second = words[:-1], words[1:]
    side_by_side = (first > 0) & (second > 0) & (owners[:-1] == owners[1:])
    held = np.zeros((n_owners, n_words, n_words), np.bool_)
    held[owners[:-1][side_by_side], first[side_by_side], second[side_by_side]] = True
    return held
