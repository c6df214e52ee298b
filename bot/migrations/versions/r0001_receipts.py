"""Receipts of answers, what people thought of them, and what moderators set for a server."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring an empty database to this revision."""
    op.create_table(
        "receipts",
        sa.Column("id", sa.String(32), primary_key=True),
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
    )
    op.create_index("receipts_by_time", "receipts", ["asked_at"])
    op.create_table(
        "feedback",
        sa.Column("receipt_id", sa.String(32), sa.ForeignKey("receipts.id"), primary_key=True),
        sa.Column("member", sa.String(64), primary_key=True),
        sa.Column("given_at", sa.DateTime, nullable=False),
        sa.Column("is_helpful", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text),
    )
    op.create_table(
        "servers",
        sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("cooldown_seconds", sa.Float),
        sa.Column("opens_threads", sa.Boolean, nullable=False),
    )
    op.create_table(
        "ask_channels",
        sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("channel_id", sa.BigInteger, primary_key=True, autoincrement=False),
    )
