"""Articles and passages of one generation, in one SQLite file."""

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np

from corpus.article import Article, Passage
from corpus.sources import Problem
from retrieval.arrays import Integers

_SCHEMA = """
CREATE TABLE files (
    name TEXT PRIMARY KEY,      -- path within the folder
    fingerprint TEXT NOT NULL,
    problems TEXT NOT NULL      -- JSON: [[where, reason], ...]
);
CREATE TABLE articles (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    file TEXT NOT NULL REFERENCES files (name),
    title TEXT NOT NULL, source TEXT, author TEXT, published TEXT, url TEXT,
    text TEXT NOT NULL,
    content_hash TEXT NOT NULL
);
CREATE INDEX articles_by_file ON articles (file);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY,    -- the passage's row in the dense and lexical indexes
    id TEXT NOT NULL UNIQUE,
    article INTEGER NOT NULL REFERENCES articles (number),
    start INTEGER NOT NULL, end INTEGER NOT NULL,
    sentences TEXT NOT NULL,    -- JSON: [[start, end], ...]
    tokens INTEGER NOT NULL,
    vector_key BLOB NOT NULL,   -- SHA-256 of the text that was embedded
    original INTEGER NOT NULL   -- row of the earliest passage that says the same
);
CREATE INDEX passages_by_article ON passages (article);
"""
_ARTICLE = "id, title, source, author, published, url, text"
_CACHED_ARTICLES = 2048
_CACHED_PASSAGES = 8192


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with what building it cost: its token count and its vector's key."""

    passage: Passage
    tokens: int
    vector_key: bytes


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article with its passages, in the order of their rows."""

    article: Article
    passages: tuple[StoredPassage, ...]


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of the corpus as it was read for a generation."""

    name: str
    fingerprint: str
    problems: tuple[Problem, ...]
    articles: tuple[StoredArticle, ...]


def write_store(path: Path, files: Iterable[StoredFile], originals: Sequence[int]) -> None:
    """Write `files` with their articles and passages; rows count up in this order.

    Args:
        path: Where no file is yet.
        files: With their articles and passages.
        originals: By row, the row of the earliest passage that says the same.
    """
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA synchronous = OFF")  # a generation is synced whole
        connection.executescript(_SCHEMA)
        number = row = 0
        for file in files:
            problems = json.dumps([[p.where, p.reason] for p in file.problems])
            connection.execute(
                "INSERT INTO files VALUES (?, ?, ?)", (file.name, file.fingerprint, problems)
            )
            for stored in file.articles:
                _insert_article(connection, number, file.name, stored.article)
                rows = enumerate(stored.passages, row)
                connection.executemany(
                    "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    [(*_passage_values(r, number, p), int(originals[r])) for r, p in rows],
                )
                number, row = number + 1, row + len(stored.passages)
    connection.close()


def _insert_article(c: sqlite3.Connection, number: int, file: str, a: Article) -> None:
    published = a.published.isoformat() if a.published else None
    values = (number, a.id, file, a.title, a.source, a.author, published, a.url, a.text)
    c.execute(
        "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*values, a.content_hash)
    )


def _passage_values(row: int, number: int, stored: StoredPassage) -> tuple[object, ...]:
    p = stored.passage
    spans = json.dumps(p.sentences)
    return row, p.id, number, p.start, p.end, spans, stored.tokens, stored.vector_key


class PassageStore:
    """Reads what `write_store` wrote. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._lock = threading.Lock()
        self.article = lru_cache(_CACHED_ARTICLES)(self._article)
        self.passage = lru_cache(_CACHED_PASSAGES)(self._passage)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _query(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(sql, values).fetchall()

    def _article(self, number: int) -> Article:
        rows = self._query(f"SELECT {_ARTICLE} FROM articles WHERE number = ?", number)  # noqa: S608
        return _article(rows[0])

    def _passage(self, row: int) -> Passage:
        sql = "SELECT article, id, start, end, sentences FROM passages WHERE row = ?"
        number, *span = self._query(sql, row)[0]
        return _passage(self.article(number), span)

    def originals(self) -> Integers:
        """Return, by row, the row of the earliest passage that says the same."""
        rows = self._query("SELECT original FROM passages ORDER BY row")
        return np.array([row for (row,) in rows], np.int64)

    def vector_keys(self) -> dict[bytes, int]:
        """Return the row that holds the vector of each embedded text."""
        rows = self._query("SELECT vector_key, row FROM passages")
        return dict(rows)

    def find_articles(self, name: str) -> list[Article]:
        """Return the article of this id, else those whose file's name is `name`.

        A file's name is taken with or without its folder and its ending.
        """
        if found := self.article_of_id(name):
            return [found]
        wanted = [identifier for identifier in self.article_ids() if name in names_of(identifier)]
        return [found for identifier in wanted if (found := self.article_of_id(identifier))]

    def article_of_id(self, identifier: str) -> Article | None:
        """Return the article of this id, or None when there is none."""
        sql = f"SELECT {_ARTICLE} FROM articles WHERE id = ?"  # noqa: S608
        rows = self._query(sql, identifier)
        return _article(rows[0]) if rows else None

    def titles(self) -> list[tuple[str, str]]:
        """Return the id and the title of each article, by id."""
        return self._query("SELECT id, title FROM articles ORDER BY id")

    def row_of_passage(self, identifier: str) -> int | None:
        """Return the row of the passage of this id, or None when there is none."""
        rows = self._query("SELECT row FROM passages WHERE id = ?", identifier)
        return int(rows[0][0]) if rows else None

    def file_of(self, identifier: str) -> tuple[str, str] | None:
        """Return the name and fingerprint of an article's file, or None without an article."""
        sql = (
            "SELECT f.name, f.fingerprint FROM articles AS a JOIN files AS f ON f.name = a.file"
            " WHERE a.id = ?"
        )
        rows = self._query(sql, identifier)
        return (rows[0][0], rows[0][1]) if rows else None

    def passages_of(self, identifier: str) -> tuple[Passage, ...]:
        """Return an article's passages in order; none when there is no such article."""
        sql = (
            "SELECT p.row FROM passages AS p JOIN articles AS a ON a.number = p.article"
            " WHERE a.id = ? ORDER BY p.row"
        )
        return tuple(self.passage(row) for (row,) in self._query(sql, identifier))

    def article_ids(self) -> list[str]:
        """Return the id of each article by its number."""
        return [i for (i,) in self._query("SELECT id FROM articles ORDER BY number")]

    def files(self) -> dict[str, str]:
        """Return the fingerprint of each file by its name."""
        return dict(self._query("SELECT name, fingerprint FROM files"))

    def read_file(self, name: str) -> StoredFile | None:
        """Return what is kept of a file, or None if it was not there."""
        sql = "SELECT fingerprint, problems FROM files WHERE name = ?"
        if not (rows := self._query(sql, name)):
            return None
        fingerprint, problems = rows[0]
        numbers = self._query("SELECT number FROM articles WHERE file = ? ORDER BY number", name)
        articles = tuple(self._stored_article(number) for (number,) in numbers)
        found = tuple(Problem(*pair) for pair in json.loads(problems))
        return StoredFile(name, fingerprint, found, articles)

    def _stored_article(self, number: int) -> StoredArticle:
        article = self._article(number)
        sql = (
            "SELECT id, start, end, sentences, tokens, vector_key FROM passages"
            " WHERE article = ? ORDER BY row"
        )
        rows = self._query(sql, number)
        passages = (
            StoredPassage(_passage(article, span), tokens, key) for *span, tokens, key in rows
        )
        return StoredArticle(article, tuple(passages))

    def content_hashes(self) -> dict[str, str]:
        """Return the content hash of each article by its id."""
        return dict(self._query("SELECT id, content_hash FROM articles"))

    def outlets_and_days(self) -> list[tuple[str | None, date | None]]:
        """Return each article's source and day of publication, by its number."""
        rows = self._query("SELECT source, published FROM articles ORDER BY number")
        return [(source, _day(published)) for source, published in rows]

    def broken_passages(self) -> Iterator[str]:
        """Yield the ids of passages that are no proper span of their article."""
        sql = (
            "SELECT p.id, p.start, p.end, p.sentences, length(a.text) FROM passages AS p"
            " JOIN articles AS a ON a.number = p.article"
        )
        for identifier, start, end, sentences, length in self._query(sql):
            edges = [edge for span in json.loads(sentences) for edge in span]
            inside = edges and edges[0] == start and edges[-1] == end
            if not inside or edges != sorted(edges) or not 0 <= start < end <= length:
                yield identifier


def _article(row: tuple[Any, ...]) -> Article:
    identifier, title, source, author, published, url, text = row
    return Article(identifier, title, source, author, _day(published), url, text)


def _passage(article: Article, span: list[Any]) -> Passage:
    identifier, start, end, sentences = span
    spans = tuple((first, last) for first, last in json.loads(sentences))
    return Passage(identifier, article, start, end, spans)


def _day(published: str | None) -> date | None:
    return date.fromisoformat(published) if published else None


def names_of(identifier: str) -> set[str]:
    """Return the names that a file's article answers to."""
    path = PurePosixPath(identifier)
    return {identifier, path.name, path.stem, (path.parent / path.stem).as_posix()}
