"""Moderators see why an answer is as it is, on Discord."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.bot.databases import database_in
from tests.bot.discord.conftest import HARBOUR, Town
from tests.bot.discord.test_index import use
from tests.bot.running import running
from tests.conftest import Index

pytestmark = pytest.mark.anyio


async def test_a_question_is_taken_apart_in_private(town: Town, built: Index, data: Path) -> None:
    """With what is hidden among the rest; no receipt is kept of it."""
    async with running(town.server, built, data):
        await use(town, town.moderator, "index hide", id="frost.md", reason="wrong year")
        told = await use(town, town.moderator, "index test", question=HARBOUR)
    with database_in(data).connect() as connection:
        kept = connection.execute(sa.text("SELECT count(*) FROM questions")).scalar()
    assert told.seen_by is town.moderator
    assert "hidden by moderators" in told.text
    assert "quoted, rank 1" in told.text
    assert "meaning 0." in told.text
    assert kept == 0
    assert town.server.violations == []
