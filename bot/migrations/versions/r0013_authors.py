"""Whose words a question is made of, where another member asked: as a code, for their erasure."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_OF_SOMEBODY = sa.text("author IS NOT NULL")


def upgrade() -> None:
    """Bring the database to this revision; whose words earlier questions are is not known."""
    op.add_column("questions", sa.Column("author", sa.String(64)))
    op.create_index(
        "questions_by_author",
        "questions",
        ["author"],
        sqlite_where=_OF_SOMEBODY,
        postgresql_where=_OF_SOMEBODY,
    )
