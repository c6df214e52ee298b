"""Admins find questions by what they know of them, on both databases."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.logbook.log_search import count_log, read_question, search_log
from bot.logbook.log_writing import Failure, write_answer
from bot.logbook.logged import LogQuery, LogQueryError, Sort
from bot.query_log import QueryLog
from tests.bot.databases import database_in
from tests.bot.logging_questions import ASKING, NOON, WrittenLog, asked

SORTS: tuple[Sort, ...] = ("newest", "oldest", "slowest", "least sure")
shared = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def ids(database: sa.Engine, sort: Sort = "newest", **wanted: object) -> str:
    """Return the ids that a search finds, one letter each."""
    query = LogQuery(**wanted)  # type: ignore[arg-type]  # as the tests name them
    return "".join(q.id for q in search_log(database, query, sort).questions)


@pytest.fixture
def five(database: sa.Engine) -> sa.Engine:
    """Return a log of five questions, "a" the oldest."""
    log = WrittenLog(database)
    bob = replace(ASKING, member="bob", channel_id=3)
    log.keep(asked("a", "Why did the harbour freeze?", took_ms=30), ASKING)
    log.keep(asked("b", "And the café?", minute=1, took_ms=10, follows="a"), ASKING)
    log.keep(asked("c", "Who froze it's rent?", minute=2, took_ms=20, generation="000002"), bob)
    log.keep(asked("d", "nothing", minute=3, confidence="none", probability=0.1), ASKING)
    failure = Failure("e", NOON + timedelta(minutes=4), "boom", "no\n model", "000002", 99)
    log.keep_failure(failure, ASKING)
    log.give_feedback("a", ["bob"], is_helpful=True)
    log.give_feedback("c", ["ada"], is_helpful=False, reason="it is about something else")
    return database


def test_questions_stand_in_the_order_that_is_wanted(five: sa.Engine) -> None:
    """By time, by time taken, by how sure the answer was."""
    assert ids(five) == "edcba"
    assert ids(five, "oldest") == "abcde"
    assert ids(five, "slowest") == "eacdb"
    assert ids(five, "least sure")[:2] == "ed"


def test_questions_are_found_by_their_words(five: sa.Engine) -> None:
    """All of them, in any case, without accents, or by the beginning of a long one."""
    assert ids(five, text="HARBOUR") == "a"
    assert ids(five, text="harb why") == "a"
    assert ids(five, text="harbour rent") == ""
    assert ids(five, text="it's") == "c"
    assert ids(five, text="ha") == ""
    assert ids(five, text="?!") == ""
    assert ids(five, text="  ") == "edcba"


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("如何重置密码？", "密码"),
        ("パスワードを忘れた", "忘れ"),
        ("ลืมรหัสผ่าน", "รหัส"),
        ("PCの設定", "pcの"),
    ],
)
def test_a_word_is_found_where_no_blank_stands_between_words(
    five: sa.Engine, question: str, word: str
) -> None:
    """In the middle of a clause, and beside words of another script."""
    WrittenLog(five).keep(asked("x", f"Discord {question}", minute=5), ASKING)
    assert ids(five, text=word) == ids(five, text=f"disc {word}") == "x"
    assert ids(five, text=f"harbour {word}") == ids(five, text=f"{word}%") == ""
    assert count_log(five, LogQuery(text=word)) == 1


def test_questions_are_found_by_what_is_known_of_them(five: sa.Engine) -> None:
    """One thing at a time, or several."""
    assert ids(five, member="bob") == "c"
    assert ids(five, channel_id=3) == "c"
    assert ids(five, confidence="none") == "d"
    assert ids(five, confidence="failed") == "e"
    assert ids(five, generation="000002") == "ec"
    assert ids(five, slower_ms=20) == "eca"
    assert ids(five, feedback="helpful") == "a"
    assert ids(five, feedback="unhelpful") == "c"
    assert ids(five, feedback="any") == "ca"
    assert ids(five, feedback="no") == "edb"
    assert ids(five, since=NOON + timedelta(minutes=1), until=NOON + timedelta(minutes=3)) == "cb"
    assert ids(five, text="froze", feedback="unhelpful", member="bob") == "c"
    assert ids(five, text="froze", channel_id=2) == ""


def test_one_question_is_shown_whole(five: sa.Engine) -> None:
    """With what people said, and what followed it."""
    first, third = read_question(five, "a"), read_question(five, "c")
    assert first is not None
    assert third is not None
    assert first.receipt is not None
    assert first.receipt.question == "Why did the harbour freeze?"
    assert first.followed_by == ("b",)
    assert [(f.member, f.is_helpful) for f in first.feedback] == [("bob", True)]
    assert third.feedback[0].reason == "it is about something else"
    assert read_question(five, "gone") is None


def test_a_question_that_failed_has_a_line_and_no_receipt(five: sa.Engine) -> None:
    """Never a traceback."""
    found = read_question(five, "e")
    assert found is not None
    assert found.receipt is None
    assert found.question.reason == "no model"
    assert QueryLog(five).find("e") is None


def test_a_count_stops_where_it_is_told_to(five: sa.Engine) -> None:
    """A page says "1,000 or more" without counting a million."""
    assert count_log(five, LogQuery()) == 5
    assert count_log(five, LogQuery(), most=3) == 3


@pytest.mark.parametrize("sort", SORTS)
def test_pages_hold_every_question_once(database: sa.Engine, sort: Sort) -> None:
    """In order, also where many are equal."""
    log = WrittenLog(database)
    for n in range(23):
        took, probability = float(n % 3), (n % 4) / 3
        log.keep(asked(f"q{n}", took_ms=took, probability=probability), ASKING)
    pages = [search_log(database, LogQuery(), sort, limit=5)]
    while pages[-1].after:
        pages.append(search_log(database, LogQuery(), sort, pages[-1].after, limit=5))
    found = [q for page in pages for q in page.questions]
    assert [len(page.questions) for page in pages] == [5, 5, 5, 5, 3]
    assert len({q.id for q in found}) == 23
    key = {"slowest": "took_ms", "least sure": "probability"}.get(sort, "number")
    is_falling = sort in {"newest", "slowest"}
    for one, two in pairwise(getattr(q, key) for q in found):
        assert one >= two if is_falling else one <= two


@pytest.mark.parametrize("sort", ["slowest", "least sure"])
@pytest.mark.parametrize(
    "query", [LogQuery(channel_id=9), LogQuery(slower_ms=9.0), LogQuery(text="日本")], ids=str
)
def test_few_questions_of_very_many_are_found_without_reading_all_rows(
    tmp_path: Path, query: LogQuery, sort: Sort
) -> None:
    """SQLite goes through no index that leads to a row for each question that it holds."""
    database = database_in(tmp_path)
    plans: list[str] = []

    def note_plan(connection: sa.Connection, _: object, sql: str, *values: Any) -> None:  # noqa: ANN401
        if sql.startswith("SELECT"):
            rows = connection.connection.cursor().execute(f"EXPLAIN QUERY PLAN {sql}", values[0])
            plans.extend(row[3] for row in rows.fetchall())

    sa.event.listen(database, "before_cursor_execute", note_plan)
    search_log(database, query, sort)
    assert not [plan for plan in plans if plan.startswith("SCAN questions USING INDEX")]
    assert [plan for plan in plans if plan.startswith("SCAN questions")]
    database.dispose()


def test_a_page_that_a_new_question_arrives_before_does_not_shift(database: sa.Engine) -> None:
    """Whoever turns pages sees nothing twice."""
    log = WrittenLog(database)
    for n in range(4):
        log.keep(asked(f"q{n}", minute=n), ASKING)
    first = search_log(database, LogQuery(), limit=2)
    log.keep(asked("new", minute=9), ASKING)
    second = search_log(database, LogQuery(), after=first.after, limit=2)
    assert [q.id for q in (*first.questions, *second.questions)] == ["q3", "q2", "q1", "q0"]


@pytest.mark.parametrize(
    "after", ["", "x", "1", "1_", "_1", "1_2; DROP", "e_1", "--_1", "1_9" + 30 * "9"]
)
def test_a_place_that_is_none_is_refused(database: sa.Engine, after: str) -> None:
    """It may come from an address that somebody typed."""
    for sort in SORTS:
        with pytest.raises(LogQueryError, match="no place in the log"):
            search_log(database, LogQuery(), sort, after)


@shared
@given(text=st.text() | st.text("\"'*()&|!:\\-^ ANDORNEAR%_;\x00"))
def test_no_text_is_taken_for_anything_but_words(five: sa.Engine, text: str) -> None:
    """Neither for SQL nor for a full-text index's own language."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return
    search_log(five, LogQuery(text=text))
    assert count_log(five, LogQuery()) == 5


@shared
@given(question=st.text(st.characters(codec="utf-8"), max_size=40))
def test_a_question_is_found_whatever_else_stands_in_it(database: sa.Engine, question: str) -> None:
    """By a word that stands before it."""
    identifier = f"q{count_log(database, LogQuery())}"
    with database.begin() as connection:
        write_answer(connection, asked(identifier, f"plain {question}"), ASKING)
    query = LogQuery(text="plain", since=NOON)
    assert identifier in {q.id for q in search_log(database, query, limit=200).questions}


def test_the_audit_trail_gets_no_members_words() -> None:
    """Only that there were some."""
    query = LogQuery("secret words", "abc", confidence="none", channel_id=5, since=NOON)
    assert query.described() == ("channel 5, answer none, from 2026-03-10 12:00, words, one member")
    assert LogQuery().described() == "everything"
