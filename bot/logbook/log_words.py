"""Words of a question -> a condition: SQLite's full-text index, or PostgreSQL's."""

import re

import sqlalchemy as sa

from bot.logbook.log_tables import QUESTIONS, WORDS

FEW = 5_000  # questions: fewer are looked at one by one

_PREFIX_MIN = 3  # letters from which on the beginning of a word is enough
_NUMBER = QUESTIONS.c.number
# Thai to Burmese, Khmer, Japanese, Chinese: no blank stands between words, so that a full-text
# index knows whole clauses of them at best, and a word is looked for in the questions themselves.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)


def holds_words(connection: sa.Connection, text: str) -> sa.ColumnElement[bool]:
    """Return the condition that all words that somebody typed stand in the question."""
    if not (words := _words(text)):
        return sa.false()
    parts = [word for word in words if _UNSPACED.search(word)]
    whole = [word for word in words if word not in parts]
    stand = [QUESTIONS.c.question.icontains(part, autoescape=True) for part in parts]
    return sa.and_(*stand, *([_holds_whole(connection, whole)] if whole else ()))


def _holds_whole(connection: sa.Connection, words: list[str]) -> sa.ColumnElement[bool]:
    if connection.dialect.name == "postgresql":
        wanted = " & ".join(_quoted(word, "'", ":*") for word in words)
        simple: sa.ColumnClause[str] = sa.literal_column("'simple'")
        document = sa.func.to_tsvector(simple, QUESTIONS.c.question)
        return document.op("@@")(sa.func.to_tsquery(simple, wanted))
    found = _in_sqlite(words)
    few = sa.select(sa.func.count()).select_from(found.limit(FEW).subquery())
    is_few = connection.execute(few).scalar_one() < FEW
    # Plus 0: a list of numbers that is looked into, not one that is gone through.
    return (_NUMBER if is_few else _NUMBER + 0).in_(found)


def numbers_with_words(connection: sa.Connection, text: str | None) -> sa.Select[tuple[int]] | None:
    """Return the numbers of the questions with all words of a text, from SQLite's index alone.

    It gives them in their order, so that the first of very many cost no more than those of few.
    None when there are no words, or `holds_words` has to look for them.
    """
    words = _words(text or "")
    if not words or connection.dialect.name != "sqlite" or _UNSPACED.search(" ".join(words)):
        return None
    return _in_sqlite(words)


def _in_sqlite(words: list[str]) -> sa.Select[tuple[int]]:
    index = sa.table(WORDS, sa.column("rowid"), sa.column(WORDS))
    wanted = " ".join(_quoted(word, '"', "*") for word in words)
    return sa.select(index.c.rowid.label("number")).where(index.c[WORDS].match(wanted))


def _words(text: str) -> list[str]:
    return [word for word in text.replace("\x00", " ").split() if re.search(r"\w", word)]


def _quoted(word: str, mark: str, beginning: str) -> str:
    """Return a word that a full-text index takes for nothing but a word."""
    whole = word.replace("\\", " ").replace(mark, mark * 2)
    return f"{mark}{whole}{mark}{beginning if len(word) >= _PREFIX_MIN else ''}"
