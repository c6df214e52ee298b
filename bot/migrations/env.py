"""Run by Alembic: brings the connection that `bot.storage.database` hands over up to date."""

from alembic import context

from bot.storage.metadata import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,  # SQLite cannot alter a column in place
)
with context.begin_transaction():
    context.run_migrations()
