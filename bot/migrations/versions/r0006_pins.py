"""Which passage moderators pinned for which question."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Bring the database to this revision."""
    op.create_table(
        "pins",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("asked", sa.Text, nullable=False, unique=True),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("passage_id", sa.String(64), nullable=False),
        sa.Column("article_id", sa.String(512), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("pinned_at", sa.DateTime, nullable=False),
        sqlite_autoincrement=True,
    )
