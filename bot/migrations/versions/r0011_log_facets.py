"""One narrow index for all that the log is filtered by; members who want nothing kept."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_BY_ONE = ("channel", "confidence", "generation", "helpful", "unhelpful")
_FACETS = [
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
]
_COPY = "INSERT INTO day_counts SELECT kind, day, key, count FROM day_counts_before"


def upgrade() -> None:
    """Bring the database to this revision."""
    for name in _BY_ONE:
        op.drop_index(f"questions_by_{name}", "questions")
    op.create_index("questions_facets", "questions", _FACETS)
    op.create_table("do_not_log", sa.Column("member", sa.String(64), primary_key=True))
    if op.get_bind().dialect.name == "sqlite":
        _order_day_counts()


def _order_day_counts() -> None:
    """Let daily counts lie in the order of their key, as PostgreSQL's index has them anyway."""
    op.rename_table("day_counts", "day_counts_before")
    op.create_table(
        "day_counts",
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("key", sa.String(512), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.execute(_COPY)
    op.drop_table("day_counts_before")
