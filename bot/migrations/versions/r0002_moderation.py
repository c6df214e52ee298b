"""Where articles come from, what moderators hid, and what they did."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Bring the database to this revision."""
    op.create_table(
        "article_sources",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("every_hours", sa.Float),
        sa.Column("added_at", sa.DateTime, nullable=False),
        sa.Column("refreshed_at", sa.DateTime),
        sa.Column("changed_at", sa.DateTime),
        sa.Column("problem", sa.Text),
    )
    op.create_table(
        "hidden",
        sa.Column("id", sa.String(512), primary_key=True),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("hidden_at", sa.DateTime, nullable=False),
        sa.Column("until", sa.DateTime),
    )
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
    )
    with op.batch_alter_table("servers") as servers:
        servers.add_column(sa.Column("moderator_role", sa.BigInteger))
