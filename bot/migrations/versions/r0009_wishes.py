"""Questions that a later index answers, and who wants to be told."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Bring the database to this revision."""
    op.create_table(
        "answered_since",
        _receipt_id("answered_since"),
        sa.Column("generation", sa.String(64), nullable=False),
        sa.Column("found_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "wishes",
        _receipt_id("wishes"),
        sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    )
    op.create_index("wishes_by_user", "wishes", ["user_id"])


def _receipt_id(table: str) -> sa.Column[str]:
    """Return a column that goes with its question."""
    key = sa.ForeignKey("questions.id", ondelete="CASCADE", name=f"{table}_receipt_id_fkey")
    return sa.Column("receipt_id", sa.String(32), key, primary_key=True)
