"""An export holds what was asked, harmlessly, and no more of a member than was asked for."""

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.cards.quoting import one_line
from bot.logbook.log_export import COLUMNS, _cell, _csv_line, _json_line, export_lines, export_log
from bot.logbook.log_writing import write_answer
from bot.logbook.logged import LogQuery
from bot.logbook.redaction import LEFT_OUT, redacted
from tests.bot.databases import database_in
from tests.bot.hostile import hostile_text
from tests.bot.logging_questions import ASKING, WrittenLog, asked

ROOM = 10_000_000
FORMULA_STARTS = "=+-@|%\t\r\n＝＋－＠"
sent = (
    hostile_text
    | st.text(max_size=40)
    | st.builds(str.__add__, st.sampled_from(FORMULA_STARTS), st.text(max_size=9))
)
text = sent.filter(lambda words: not any("\ud800" <= sign <= "\udfff" for sign in words))


def rows_of(content: bytes) -> list[dict[str, str]]:
    """Return a CSV as a spreadsheet reads it."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_csv_tells_each_question_on_a_line(database: sa.Engine) -> None:
    """Oldest first, with what was quoted."""
    log = WrittenLog(database)
    log.keep(asked("q1", "why?", minute=1, articles=("a.md", "b.md")), ASKING)
    log.keep(asked("q0", "=1+1", minute=0, confidence="none"), ASKING)
    made = export_log(database, LogQuery(), "csv", ROOM, is_whole=True)
    first, second = rows_of(made.content)
    assert (made.questions, made.is_cut) == (2, False)
    assert first["question"] == "'=1+1"
    assert second["articles"] == "a.md b.md"
    assert second["asked_at"] == "2026-03-10T12:01:00+00:00"
    assert (second["member"], second["server"], second["channel"]) == ("ada", "1", "2")


def test_a_redacted_export_names_no_member_place_or_time(database: sa.Engine) -> None:
    """Nor what was asked in private, nor addresses."""
    log = WrittenLog(database)
    log.keep(asked("q0", "who is ada@x.org, +44 20 7946 0000?"), ASKING)
    log.keep(asked("q1", "my secret", minute=1), replace(ASKING, is_private=True))
    made = export_log(database, LogQuery(), "jsonl", ROOM, is_whole=False)
    first, second = [json.loads(line) for line in made.content.decode().splitlines()]
    assert first["question"] == f"who is {LEFT_OUT} {LEFT_OUT}?"
    assert second["question"] == second["query"] == LEFT_OUT
    assert first["asked_at"] == "2026-03-10"
    assert not {"member", "server", "channel", "receipt", "follows"} & set(first)
    whole = json.loads(
        export_log(database, LogQuery(), "jsonl", ROOM, is_whole=True).content.splitlines()[1]
    )
    assert (whole["question"], whole["is_private"]) == ("my secret", True)


def test_an_export_ends_where_there_is_no_more_room(database: sa.Engine) -> None:
    """With whole questions, and says so; it goes on beyond one page of the log."""
    with database.begin() as connection:
        for n in range(250):
            write_answer(connection, asked(f"q{n}", minute=n), ASKING)
    everything = export_log(database, LogQuery(), "csv", ROOM, is_whole=False)
    some = export_log(database, LogQuery(), "csv", len(everything.content) // 2, is_whole=False)
    assert (everything.questions, everything.is_cut) == (250, False)
    size = len(everything.content)
    for room, is_cut in ((size, False), (size - 1, True)):
        made = export_log(database, LogQuery(), "csv", room, is_whole=False)
        assert made.is_cut == is_cut
    assert some.is_cut
    assert rows_of(some.content) == rows_of(everything.content)[: some.questions]
    assert 100 < some.questions < 150


def test_nothing_found_is_an_empty_file(database: sa.Engine) -> None:
    """But for the columns' names."""
    made = export_log(database, LogQuery(text="x"), "csv", ROOM, is_whole=False)
    assert made.questions == 0
    assert made.content.decode("utf-8-sig").startswith('"asked_at","question"')


@given(text)
def test_no_cell_is_a_formula_and_none_breaks_its_line(words: str) -> None:
    """Read back, it is the words, on one line."""
    line = _csv_line(["before", words, "after"])
    ((before, cell, after),) = csv.reader(io.StringIO(line, newline=""))
    assert (before, after) == ("before", "after")
    assert not cell.startswith(tuple(FORMULA_STARTS))
    assert cell.replace("'", "") == one_line(words).replace("'", "")
    assert len(line.splitlines()) == 1


@given(st.lists(text | st.sampled_from((";", '"', '";', "; ")), max_size=4).map("".join))
@example('frost;=HYPERLINK("http://evil.example","x")')
@example('frost";"=1+1')
def test_no_formula_begins_behind_a_semicolon(words: str) -> None:
    """Where people write decimal commas, a spreadsheet takes that for the next cell."""
    line = _csv_line(["before", words, "after"])
    cells = next(csv.reader(io.StringIO(line, newline=""), delimiter=";"))
    begun = re.split(r';[\s"]*', line) + cells
    assert not any(cell.lstrip(' "').startswith(tuple(FORMULA_STARTS)) for cell in begun)


@given(text)
def test_every_json_line_is_one_line_and_reads_back(words: str) -> None:
    """Whatever a reader takes for the end of a line."""
    line = _json_line({"question": words})
    assert len(line.splitlines()) == 1
    assert json.loads(line) == {"question": words}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(text, min_size=1, max_size=5))
def test_a_whole_export_gives_back_every_word(tmp_path: Path, words: list[str]) -> None:
    """As the log keeps it."""
    database = database_in(tmp_path)
    with database.begin() as connection:
        connection.execute(sa.text("DELETE FROM questions"))
        for n, question in enumerate(words):
            write_answer(connection, asked(f"q{n}", question, minute=n), ASKING)
    lines = list(export_lines(database, LogQuery(), "jsonl", is_whole=True))
    database.dispose()
    kept = [json.loads(line)["question"] for line in lines]
    assert kept == [question.replace("\x00", "\ufffd") for question in words]


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ("mail ada.b@x.org now", f"mail {LEFT_OUT} now"),
        ("see https://x.org/ada?b and www.y.org", f"see {LEFT_OUT} and {LEFT_OUT}"),
        ("<@123> and <#5> and @ada.b", f"{LEFT_OUT} and {LEFT_OUT} and {LEFT_OUT}"),
        ("see HTTPS://X.org and WWW.y.org", f"see {LEFT_OUT} and {LEFT_OUT}"),
        ("join discord.gg/aDa7 or t.me/ada!", f"join {LEFT_OUT} or {LEFT_OUT}"),
        ("he/she, 2.5/3 and the BBC. And/or x.org", "he/she, 2.5/3 and the BBC. And/or x.org"),
        ("call +44 (20) 7946-0000", f"call {LEFT_OUT}"),
        ("in 2015, 1,000 people at 12:30", "in 2015, 1,000 people at 12:30"),
        ("a < b @ c", "a < b @ c"),
    ],
)
def test_what_points_at_a_person_is_left_out(told: str, left: str) -> None:
    """Years and counts stay."""
    assert redacted(told) == left


def test_numbers_and_lists_are_cells_too() -> None:
    """As a spreadsheet reads them."""
    assert [_cell(value) for value in (1.5, True, None, ["a", "b"])] == [1.5, "true", None, "a b"]


def test_each_column_is_described_once() -> None:
    """In words, for the docs."""
    names = [column.name for column in COLUMNS]
    assert len(set(names)) == len(names)
    assert all(column.about for column in COLUMNS)
