"""Passages by their words: BM25. The only file that imports tantivy."""

import errno
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryFile

import numpy as np
import tantivy

from retrieval.arrays import Floats, Integers
from retrieval.filters import NO_FILTERS, Filters, fold
from retrieval.word_forms import in_one_form

_ANALYZER = "english"
_HEAP_BYTES = 64_000_000
_PROBE_BYTES = 1_000_000
_LONGEST_TERM = 40  # characters; longer ones are addresses and noise
# People write "e-mail" and "email", "co-op" and "coop", "COVID-19" and "covid19".
_COMPOUND = re.compile(r"(?<![\w-])([^\W\d_]+)-([^\W_]+)(?![\w-])")
# "don't", "dont", "whats": none says what a question is about, and no article has them as words.
_CONTRACTED = re.compile(
    r"\b(?:(?:ca|do|does|did|is|are|was|were|has|have|had|wo|would|could|should)n['’]?t"
    r"|im|ive|youre|theyre|thats|theres|whats|whos|wheres|whens|hows|whys)\b",
    re.IGNORECASE,
)
_MAX_QUERY_TERMS = 64  # different terms; a pasted article would search for everything

# Words that ask rather than say what about. Tantivy's own list leaves them in, and with them
# "how did they do?" finds whatever asks "how do they".
_ASKING_WORDS = """
    what which who whom whose when where why how
    do does did done doing has have had having am was were been being can could would should
    may might must shall
    i me my mine we us our ours you your yours he him his she her hers its them
    someone somebody anyone anybody something anything happen ok okay
    about also any from many much so some than there tell please
"""


@dataclass(frozen=True, slots=True)
class LexicalRow:
    """What of a passage is searched by words, and what it is filtered by."""

    text: str
    source: str | None
    published: date | None


class LexicalIndex:
    """An inverted index over passages: BM25 with k1 1.2 and b 0.75 (tantivy's constants)."""

    def __init__(self, index: tantivy.Index) -> None:
        analyzer = _analyzer()
        index.register_tokenizer(_ANALYZER, analyzer)
        self._schema = index.schema
        self._searcher = index.searcher()
        self._analyze = analyzer.analyze
        self._asking = frozenset(analyzer.analyze(_ASKING_WORDS))

    @classmethod
    def build(cls, folder: Path, rows: Iterable[LexicalRow]) -> "LexicalIndex":
        """Write an index into the empty `folder`; a row's number is its position.

        Raises:
            OSError: It could not be written.
        """
        try:
            return cls(_written(folder, rows))
        except ValueError as error:  # tantivy's for whatever the disk refuses
            raise OSError(_refusal(folder) or str(error)) from error

    @classmethod
    def load(cls, folder: Path) -> "LexicalIndex":
        """Return the index that `build` wrote into `folder`.

        Raises:
            PermissionError: The folder cannot be written to: reading takes a file of its own.
        """
        if not os.access(folder, os.W_OK):
            raise PermissionError(errno.EACCES, "cannot be written to", str(folder))
        return cls(tantivy.Index.open(str(folder)))

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def terms(self, text: str) -> list[str]:
        """Return the text's terms as they are indexed: lower case, stemmed, no stop words.

        Words with a hyphen are there in one piece as well, and "froze" is "freeze".
        """
        found: list[str] = self._analyze(_in_words(text))
        return found

    def query_terms(self, query: str) -> list[str]:
        """Return the terms of the query's content words, in order.

        Words that only ask are left out, unless nothing else is there.
        """
        terms = self.terms(_CONTRACTED.sub(" ", query))
        content = [term for term in terms if term not in self._asking]
        return (content or self.terms(query))[:_MAX_QUERY_TERMS]

    def search(self, query: str, k: int, filters: Filters = NO_FILTERS) -> tuple[Integers, Floats]:
        """Return the `k` best rows for the words of `query`, best first, and BM25 scores.

        Args:
            query: Plain words; no character of it is an operator.
            k: At least 1. Only passages that share a term with the query are found.
            filters: Only passages that these allow.

        Returns:
            Rows, and scores above 0 without an upper bound; higher is better.
        """
        if k < 1:
            raise ValueError(f"k must be at least 1, got {k}")
        terms = list(dict.fromkeys(self.query_terms(query)))
        if not terms or not len(self):
            return np.empty(0, np.int64), np.empty(0, np.float32)
        wanted = self._any_of("body", terms)
        for condition in self._conditions(filters):
            wanted = wanted.and_must_match(tantivy.Query.const_score_query(condition, 0.0))
        if filters.known_on:  # which an undated passage is not within, and is not kept from
            wanted = wanted.and_must_not_match(
                self._published(filters.known_on.toordinal() + 1, date.max.toordinal() + 1)
            )
        hits = self._searcher.search(wanted, min(k, len(self)), count=False).hits
        rows = self._searcher.fast_field_values("row", [address for _, address in hits])
        return np.array(rows, np.int64), np.array([score for score, _ in hits], np.float32)

    def _any_of(self, field: str, terms: Iterable[str]) -> tantivy.Query:
        should = tantivy.Occur.Should
        one = [(should, tantivy.Query.term_query(self._schema, field, term)) for term in terms]
        return tantivy.Query.boolean_query(one)

    def _conditions(self, filters: Filters) -> Iterable[tantivy.Query]:
        if filters.sources is not None:
            yield self._any_of("source", [fold(source) for source in filters.sources])
        if filters.since or filters.until:
            first, last = filters.since or date.min, filters.until or date.max
            yield self._published(first.toordinal(), last.toordinal())

    def _published(self, first: int, last: int) -> tantivy.Query:
        """Return the query for passages of these days (ordinals), both included."""
        return tantivy.Query.range_query(
            self._schema, "published", tantivy.FieldType.Integer, first, last
        )


def _in_words(text: str) -> str:
    return in_one_form(_COMPOUND.sub(r"\g<0> \1\2", text))


def _analyzer() -> tantivy.TextAnalyzer:
    chain = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for step in (
        tantivy.Filter.remove_long(_LONGEST_TERM),
        tantivy.Filter.lowercase(),
        tantivy.Filter.ascii_fold(),
        tantivy.Filter.stopword("english"),
        tantivy.Filter.stemmer("english"),
    ):
        chain = chain.filter(step)
    return chain.build()


def _refusal(folder: Path) -> str | None:
    """Return why nothing more can be written, which tantivy hides if a thread of its own met it."""
    try:
        with TemporaryFile(dir=folder) as probe:
            probe.write(bytes(_PROBE_BYTES))
    except OSError as error:
        return str(error)
    return None


def _written(folder: Path, rows: Iterable[LexicalRow]) -> tantivy.Index:
    index = tantivy.Index(_schema(), path=str(folder))
    index.register_tokenizer(_ANALYZER, _analyzer())
    writer = index.writer(_HEAP_BYTES, num_threads=1)  # one: ties keep the rows' order
    for number, row in enumerate(rows):
        writer.add_document(_document(number, row))
    writer.commit()
    writer.wait_merging_threads()
    del writer  # lets go of the folder's lock
    for lock in folder.glob("*.lock"):
        lock.unlink()
    index.reload()
    return index


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", tokenizer_name=_ANALYZER, index_option="freq")
    builder.add_text_field("source", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("published", indexed=True, fast=True)
    builder.add_integer_field("row", fast=True)
    return builder.build()


def _document(number: int, row: LexicalRow) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("body", _in_words(row.text))
    document.add_text("source", fold(row.source))
    document.add_integer("row", number)
    if row.published is not None:  # an undated passage is outside every span of dates
        document.add_integer("published", row.published.toordinal())
    return document
