"""Questions in order of time with their feedback counted, full-text search, daily counts."""

import math
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_BATCH = 1_000  # rows at a time: a large log does not have to fit into memory
_RATIO = 1.15  # between two classes of the time taken
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_INDEXES = {
    "follows": ["follows"],
    "member": ["member", "number"],
    "channel": ["channel_id", "number"],
    "confidence": ["confidence", "number"],
    "generation": ["generation", "number"],
    "time_taken": ["took_ms", "number"],
    "probability": ["probability", "number"],
    "helpful": ["helpful", "number"],
    "unhelpful": ["unhelpful", "number"],
}
# The index holds no text of its own; these keep it as the table is.
_SQLITE_WORDS = """
CREATE VIRTUAL TABLE question_words USING fts5(
    question, content='questions', content_rowid='number',
    tokenize="unicode61 remove_diacritics 2", prefix='3');
CREATE TRIGGER question_words_insert AFTER INSERT ON questions BEGIN
    INSERT INTO question_words(rowid, question) VALUES (new.number, new.question);
END;
CREATE TRIGGER question_words_delete AFTER DELETE ON questions BEGIN
    INSERT INTO question_words(question_words, rowid, question)
    VALUES ('delete', old.number, old.question);
END;
CREATE TRIGGER question_words_update AFTER UPDATE OF question ON questions BEGIN
    INSERT INTO question_words(question_words, rowid, question)
    VALUES ('delete', old.number, old.question);
    INSERT INTO question_words(rowid, question) VALUES (new.number, new.question);
END;
"""
_POSTGRES_WORDS = (
    "CREATE INDEX question_words ON questions USING gin (to_tsvector('simple', question))"
)


def upgrade() -> None:
    """Bring the database to this revision, with what was asked before."""
    questions = _create_questions()
    day_counts = op.create_table(
        "day_counts",
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("key", sa.String(512), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )
    _create_words()
    counts: Counter[tuple[str, Any, str]] = Counter()
    _take_over_questions(questions, counts)
    _take_over_feedback(counts)
    for batch in _batches(iter(counts.items())):
        rows = [
            {"kind": kind, "day": day, "key": key, "count": count}
            for (kind, day, key), count in batch
        ]
        op.bulk_insert(day_counts, rows)
    op.drop_table("receipts")
    for name, columns in _INDEXES.items():
        op.create_index(f"questions_by_{name}", "questions", columns)
    with op.batch_alter_table("servers") as servers:
        servers.add_column(sa.Column("log_role", sa.BigInteger))


def _create_questions() -> sa.Table:
    return op.create_table(
        "questions",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(32), nullable=False, unique=True),
        sa.Column("asked_at", sa.DateTime, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("confidence", sa.String(16), nullable=False),
        sa.Column("probability", sa.Float, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("generation", sa.String(64), nullable=False),
        sa.Column("sources", sa.JSON, nullable=False),
        sa.Column("since", sa.Date),
        sa.Column("until", sa.Date),
        sa.Column("took_ms", sa.Float, nullable=False),
        sa.Column("citations", sa.JSON, nullable=False),
        sa.Column("follows", sa.String(32)),
        sa.Column("member", sa.String(64), nullable=False),
        sa.Column("guild_id", sa.BigInteger),
        sa.Column("channel_id", sa.BigInteger),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("is_private", sa.Boolean, nullable=False),
        sa.Column("helpful", sa.Integer, nullable=False),
        sa.Column("unhelpful", sa.Integer, nullable=False),
    )


def _create_words() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_POSTGRES_WORDS)
        return
    for statement in _SQLITE_WORDS.strip().replace("END;", "END").split("\nCREATE "):
        op.execute(statement if statement.startswith("CREATE") else f"CREATE {statement}")


def _take_over_questions(questions: sa.Table, counts: Counter[tuple[str, Any, str]]) -> None:
    """Copy the receipts, oldest first, each under a number of its own, and count them."""
    receipts = sa.Table("receipts", sa.MetaData(), autoload_with=op.get_bind())
    given = _given_feedback()
    last = -1
    query = sa.select(receipts).order_by(receipts.c.asked_at)
    rows = op.get_bind().execute(query.execution_options(yield_per=_BATCH)).mappings()
    for batch in _batches(iter(rows)):
        taken = []
        for row in batch:
            asked_at = row["asked_at"].replace(tzinfo=UTC)
            last = max(last + 1, (asked_at - _EPOCH) // timedelta(microseconds=1))
            helpful, unhelpful = given[row["id"], True], given[row["id"], False]
            taken.append({**row, "number": last, "helpful": helpful, "unhelpful": unhelpful})
            day = asked_at.date()
            counts["confidence", day, row["confidence"]] += 1
            counts["took", day, str(_time_class(row["took_ms"]))] += 1
            for article in {cited["article_id"] for cited in row["citations"]}:
                counts["article", day, article] += 1
        op.bulk_insert(questions, taken)


def _given_feedback() -> Counter[tuple[str, bool]]:
    feedback = sa.Table("feedback", sa.MetaData(), autoload_with=op.get_bind())
    query = sa.select(feedback.c.receipt_id, feedback.c.is_helpful)
    return Counter((row[0], bool(row[1])) for row in op.get_bind().execute(query))


def _take_over_feedback(counts: Counter[tuple[str, Any, str]]) -> None:
    """Let feedback belong to the new table, and count it."""
    old = sa.Table("feedback", sa.MetaData(), autoload_with=op.get_bind())
    new = op.create_table(
        "feedback_new",
        sa.Column(
            "receipt_id",
            sa.String(32),
            sa.ForeignKey("questions.id", ondelete="CASCADE", name="feedback_receipt_id_fkey"),
            primary_key=True,
        ),
        sa.Column("member", sa.String(64), primary_key=True),
        sa.Column("given_at", sa.DateTime, nullable=False),
        sa.Column("is_helpful", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text),
    )
    for batch in _batches(iter(op.get_bind().execute(sa.select(old)).mappings())):
        for row in batch:
            key = "helpful" if row["is_helpful"] else "unhelpful"
            counts["feedback", row["given_at"].date(), key] += 1
        op.bulk_insert(new, [dict(row) for row in batch])
    op.drop_table("feedback")
    op.rename_table("feedback_new", "feedback")
    op.create_index("feedback_by_member", "feedback", ["member"])


def _time_class(took_ms: float) -> int:
    return math.floor(math.log(max(took_ms, 1.0), _RATIO))


def _batches(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch
