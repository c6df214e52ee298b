"""What goes wrong with the articles, who is told where, and the rhythm of each source."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Bring the database to this revision."""
    op.create_table(
        "source_news",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column(
            "source",
            sa.String(64),
            sa.ForeignKey("article_sources.name", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "troubles",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("key", sa.String(128), nullable=False, unique=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("over", sa.Text, nullable=False),
        sa.Column("began_at", sa.DateTime, nullable=False),
        sa.Column("told_at", sa.DateTime),
        sa.Column("ended_at", sa.DateTime),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("servers") as servers:
        servers.add_column(sa.Column("notices_channel", sa.BigInteger))
