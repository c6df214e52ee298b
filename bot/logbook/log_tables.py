"""The tables of the query log: what was asked, what people thought of it, and daily counts."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from bot.storage.metadata import METADATA

KEY_MAX = 512  # characters of what is counted: PostgreSQL takes no longer one
FAILED = "failed"  # stands where an answer's confidence would
WORDS = "question_words"  # SQLite's full-text index; PostgreSQL has an index of this name instead

QUESTIONS = sa.Table(
    "questions",
    METADATA,
    # Microseconds since 1970 when it was asked, or a little more where that is taken: one number
    # to sort, to turn pages and to find a day by.
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("id", sa.String(32), nullable=False, unique=True),
    sa.Column("asked_at", sa.DateTime, nullable=False),  # UTC, as all times
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("query", sa.Text, nullable=False),
    sa.Column("confidence", sa.String(16), nullable=False),  # or FAILED
    sa.Column("probability", sa.Float, nullable=False),
    sa.Column("reason", sa.Text),  # why it was silent, or failed
    sa.Column("generation", sa.String(64), nullable=False),
    sa.Column("sources", sa.JSON, nullable=False),  # outlets asked for
    sa.Column("since", sa.Date),
    sa.Column("until", sa.Date),
    sa.Column("took_ms", sa.Float, nullable=False),
    sa.Column("citations", sa.JSON, nullable=False),  # no word of the articles
    sa.Column("follows", sa.String(32)),
    sa.Column("member", sa.String(64), nullable=False),  # a keyed hash
    sa.Column("author", sa.String(64)),  # a hash, where the words are another member's
    sa.Column("guild_id", sa.BigInteger),
    sa.Column("channel_id", sa.BigInteger),
    sa.Column("way", sa.String(16), nullable=False),
    sa.Column("is_private", sa.Boolean, nullable=False),
    sa.Column("helpful", sa.Integer, nullable=False),  # members who found it so; kept when writing
    sa.Column("unhelpful", sa.Integer, nullable=False),
    sa.Index("questions_by_follows", "follows"),
    sa.Index("questions_by_member", "member", "number"),
    sa.Index(
        "questions_by_author",
        "author",
        sqlite_where=sa.text("author IS NOT NULL"),
        postgresql_where=sa.text("author IS NOT NULL"),
    ),
    sa.Index("questions_by_time_taken", "took_ms", "number"),
    sa.Index("questions_by_probability", "probability", "number"),
    # All that can be asked for but words, a tenth as large as the table: read from the newest on
    # until a page is full, or at worst to its end.
    sa.Index(
        "questions_facets",
        "number",
        "confidence",
        "channel_id",
        "unhelpful",
        "helpful",
        "took_ms",
        "guild_id",
        "generation",
        "member",
        "probability",
    ),
)
FEEDBACK = sa.Table(
    "feedback",
    METADATA,
    sa.Column(
        "receipt_id",
        sa.String(32),
        sa.ForeignKey("questions.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column("member", sa.String(64), primary_key=True),
    sa.Column("given_at", sa.DateTime, nullable=False),
    sa.Column("is_helpful", sa.Boolean, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Index("feedback_by_member", "member"),
)
DAY_COUNTS = sa.Table(  # all that is left of a question when its time is over
    "day_counts",
    METADATA,
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),  # UTC
    sa.Column("key", sa.String(KEY_MAX), primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
    sqlite_with_rowid=False,  # read in the order of its key, a span of days at a time
)
ANSWERED_SINCE = sa.Table(  # questions that a later index answers, as last tried
    "answered_since",
    METADATA,
    sa.Column(
        "receipt_id",
        sa.String(32),
        sa.ForeignKey("questions.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column("generation", sa.String(64), nullable=False),
    sa.Column("found_at", sa.DateTime, nullable=False),
)
WISHES = sa.Table(  # who wants to be told: the one place where a member is no hash
    "wishes",
    METADATA,
    sa.Column(
        "receipt_id",
        sa.String(32),
        sa.ForeignKey("questions.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Index("wishes_by_user", "user_id"),
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def number_at(moment: datetime) -> int:
    """Return the least number that a question asked at this moment can have."""
    return (moment - _EPOCH) // timedelta(microseconds=1)
