"""Pages that moderators added by hand."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Bring the database to this revision."""
    op.create_table(
        "added_pages",
        sa.Column("address", sa.String(2000), primary_key=True),
        sa.Column("asked_on", sa.Date, nullable=False),
    )
