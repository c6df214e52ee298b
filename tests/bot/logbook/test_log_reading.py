"""Admins read what was asked up to this moment, and each look is noted before they see anything."""

import json

import pytest
import sqlalchemy as sa

from bot.logbook.log_filters import LogFilters
from bot.logbook.log_reading import LOOK, LogReading, QuestionGoneError
from bot.logbook.log_writing import write_answer
from bot.storage.audit import AuditTrail
from config.settings import load_settings
from tests.bot.logging_questions import ASKING, asked

EVERYTHING = LogFilters({})


def test_what_was_asked_just_now_is_read_and_each_look_is_noted(database: sa.Engine) -> None:
    """It waits to be written; a look at what is not kept is none."""
    waiting = ["a", "b", "c"]

    def settle() -> None:
        with database.begin() as connection:
            write_answer(connection, asked(waiting.pop(0)), ASKING)

    trail = AuditTrail(database)
    reading = LogReading(database, trail, load_settings().console, 90, settle)
    assert reading.find("ada", EVERYTHING, None).total == 1
    assert reading.question("ada", "b").question.id == "b"
    made = reading.export("ada", EVERYTHING, "jsonl", 10_000, is_whole=True)
    assert [json.loads(line)["receipt"] for line in made.content.splitlines()] == ["a", "b", "c"]
    with pytest.raises(QuestionGoneError, match="its time may be over"):
        LogReading(database, trail, reading.console, 90).question("ada", "gone")
    assert [(deed.who, deed.action, deed.detail) for deed in reversed(trail.latest(9))] == [
        ("ada", LOOK, "questions: everything"),
        ("ada", LOOK, "question b"),
        ("ada", LOOK, "whole export: everything"),
    ]
