"""What was unanswered is asked again in its own time (tests/bot/discord/test_unanswered.py)."""

import asyncio
from types import SimpleNamespace
from typing import cast
from unittest.mock import AsyncMock

import pytest
import sqlalchemy as sa

from bot.asking.desk import Desk
from bot.unanswered import second_look
from bot.unanswered.second_look import SecondLook


def test_a_database_that_refuses_is_let_be_for_a_while(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The bot comes by every few seconds."""
    now = [1_000.0]
    monkeypatch.setattr(second_look, "monotonic", lambda: now[0])
    engine = SimpleNamespace(generation=SimpleNamespace(id="000001-20260101T000000"))
    desk = SimpleNamespace(answerer=SimpleNamespace(live=SimpleNamespace(engine=engine)))
    without_tables = sa.create_engine("sqlite://")
    look = SecondLook(without_tables, cast("Desk", desk), AsyncMock(), AsyncMock())
    told = []
    for seconds in (0, 59, 1):
        now[0] += seconds
        asyncio.run(look.look())
        told.append(len(caplog.messages))
    assert told == [1, 1, 2]
    assert "could not be asked again: no such table" in caplog.text
