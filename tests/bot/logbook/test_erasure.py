"""Erasing a person leaves no copy of their words in any file; counts stay."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.articles.reports import ReportStore
from bot.logbook.erasure import enforce_retention, erase_member
from bot.logbook.log_search import count_log, read_question, search_log
from bot.logbook.log_statistics import read_statistics
from bot.logbook.log_tables import WISHES
from bot.logbook.log_writing import Failure, write_answer
from bot.logbook.logged import LogQuery
from bot.logbook.member_keys import MemberKeys
from bot.logbook.queued_log import QueuedLog
from bot.moderators.golden_questions import GoldenQuestions
from bot.moderators.moderation import Moderation
from bot.query_log import QueryLog
from bot.storage.audit import AuditTrail
from bot.storage.database import PINS, as_stored
from retrieval.build_report import BuildReport
from retrieval.golden import Finding, GoldenQuestion, Loss
from retrieval.waiting import mark, read_mark
from tests.bot.databases import database_in
from tests.bot.logging_questions import ASKING, NOON, WrittenLog, asked, cited
from tests.bot.planting import files_with
from tests.conftest import Index

ADA, BOB = 7, 8
PLANTED = "xyzzyquux"  # one word, as the word index keeps it
HOUR = timedelta(hours=1)


@pytest.fixture
def keys(tmp_path: Path) -> MemberKeys:
    """Return the keys of a log that is used at noon."""
    return MemberKeys(tmp_path, lambda: NOON)


def test_a_planted_question_is_in_no_file_after_its_asker_is_erased(
    tmp_path: Path, keys: MemberKeys
) -> None:
    """Neither in the database, its journals, its word index, nor in what follows it."""
    database = database_in(tmp_path)
    log = QueuedLog(database)
    ada = replace(ASKING, member=keys.present(ADA))
    bob = replace(ASKING, member=keys.present(BOB))
    rng = random.Random(0)  # noqa: S311  # the same words each time
    for n in range(1_500):
        words = " ".join(f"w{rng.randrange(9_000)}" for _ in range(rng.randrange(2, 300)))
        log.keep(asked(f"n{n}", words, minute=n / 9), bob)
        if n % 50 == 0:
            log.keep(asked(f"p{n}", f"why {PLANTED}{n} {words}?", minute=n / 9), ada)
            follow = asked(f"f{n}", "and then?", minute=n / 9, follows=f"p{n}")
            log.keep(replace(follow, query=f"why {PLANTED}{n} then?"), bob)
            more = asked(f"m{n}", f"why {PLANTED}{n}?", minute=n / 9, follows=f"p{n}")
            log.keep(more, replace(bob, way="button"))
            log.give_feedback(f"n{n}", [ada.member], is_helpful=False, reason=f"{PLANTED} no")
            log.writer.flush()
    assert "footnote.sqlite" in files_with(tmp_path, PLANTED)
    for n in range(0, 1_500, 7):  # rows that move while others go
        with database.begin() as connection:
            connection.execute(sa.text("DELETE FROM questions WHERE id = :id"), {"id": f"n{n}"})
    erased = erase_member(database, keys, ADA, log.writer)
    assert erased.questions == 30
    assert erased.is_complete
    assert files_with(tmp_path, PLANTED) == []
    followed = log.find("f50")
    assert followed is not None
    assert (followed[0].query, followed[0].follows) == ("and then?", None)
    log.close()
    database.dispose()
    assert files_with(tmp_path, PLANTED) == []


def test_erasing_reaches_what_waits_and_what_others_were_told(
    database: sa.Engine, keys: MemberKeys
) -> None:
    """The queue, wishes under their own id, feedback, and a pin in their words; nobody else's."""
    log = QueuedLog(database)
    ada, bob = keys.present(ADA), keys.present(BOB)
    log.keep(asked("a", "why the harbour?"), replace(ASKING, member=ada))
    log.keep(asked("b", "why not?"), replace(ASKING, member=bob))
    log.give_feedback("b", [ada], is_helpful=False, reason="mine")
    log.give_feedback("b", [bob], is_helpful=True)
    log.writer.flush()
    with database.begin() as connection:
        connection.execute(sa.insert(WISHES), [{"receipt_id": "b", "user_id": ADA}])
        pin = {"passage_id": "p", "article_id": "a", "content_hash": "h"}
        moment = as_stored(NOON)
        for text in ("why the harbour?", "another"):
            values = {"asked": text, "question": text, "pinned_at": moment, **pin}
            connection.execute(sa.insert(PINS).values(values))
    erase_member(database, keys, ADA, log.writer)
    log.writer.flush()
    assert log.find("a") is None
    kept = read_question(database, "b")
    assert kept is not None
    assert (kept.question.helpful, kept.question.unhelpful) == (1, 0)
    with database.connect() as connection:
        assert connection.execute(sa.select(PINS.c.question)).scalars().all() == ["another"]
        assert connection.execute(sa.select(WISHES)).all() == []
    log.close()


def test_what_others_asked_in_a_members_words_goes_with_the_member(
    tmp_path: Path, keys: MemberKeys
) -> None:
    """An answer, a failure, what a button repeated and a follow-up carried on, of each month.

    What the asker wrote of it goes too, and nothing else of theirs.
    """
    database, words = database_in(tmp_path), f"the {PLANTED} froze"
    log, bob = WrittenLog(database), keys.present(BOB)
    menu = replace(ASKING, member=bob, way="menu", is_private=True)
    of_ada = replace(menu, author=keys.present_author(ADA))
    log.keep(asked("a", words), of_ada)
    failed = Failure("f", NOON, words, "RuntimeError", "000001", 1.0)
    log.keep_failure(failed, of_ada)
    log.keep(asked("b", words, follows="a"), replace(menu, way="button"))
    log.keep(replace(asked("c", "and then?", follows="a"), query=f"{words} then?"), menu)
    log.keep(asked("d", "another"), replace(menu, author=keys.present_author(BOB + 1)))
    log.give_feedback("a", [bob], is_helpful=False, reason="no")
    log.keep(asked("e", "mine"), replace(ASKING, member=keys.present(ADA)))
    later = MemberKeys(tmp_path, lambda: NOON + timedelta(days=31))
    log.keep(
        asked("g", words, minute=31 * 1_440), replace(of_ada, author=later.present_author(ADA))
    )
    erased = erase_member(database, later, ADA)
    assert (erased.questions, erased.messages, erased.is_complete) == (1, 3, True)
    assert files_with(tmp_path, PLANTED) == []
    assert [q.id for q in search_log(database, LogQuery()).questions] == ["d", "c"]
    left = log.find("c")[0]  # type: ignore[index]
    assert (left.query, left.follows) == ("and then?", None)


def test_an_asker_is_erased_with_what_they_asked_in_anothers_words(
    database: sa.Engine, keys: MemberKeys
) -> None:
    """And when its time is over, it goes as ever."""
    log = WrittenLog(database)
    for n, minute in enumerate((0, 60)):
        asking = replace(ASKING, member=keys.present(BOB + n), author=keys.present_author(ADA))
        log.keep(asked(f"q{n}", minute=minute), asking)
    assert erase_member(database, keys, BOB + 1).questions == 1
    assert [q.id for q in search_log(database, LogQuery()).questions] == ["q0"]
    later = NOON + timedelta(days=90, minutes=1)
    assert enforce_retention(database, keys, 90, lambda: later) == 1


def test_words_that_moderators_took_are_forgotten_wherever_they_were_noted(
    tmp_path: Path, keys: MemberKeys, index: Index
) -> None:
    """The pin and golden question, the audit trail, receipts of others and a refresh's report."""
    database = database_in(tmp_path)
    log, words = WrittenLog(database), f"why {PLANTED}?"
    log.keep(asked("a", f"why  {PLANTED}?"), replace(ASKING, member=keys.present(ADA)))
    pinned, other = (replace(cited("bridge.md"), pinned=text) for text in (words, "another"))
    _pin_and_unpin(database, index, words)
    _pin_and_unpin(database, index, "another")
    log.keep(replace(asked("b"), citations=(pinned, other)), ASKING)
    golden = GoldenQuestions(database)
    question = GoldenQuestion(words, "bridge.md")
    golden.add("mod", question)
    golden.remove("mod", 1)
    golden.add("mod", question)
    golden.add("mod", GoldenQuestion("another", "bridge.md"))
    lost = _lose(golden)
    kept = ReportStore(database).keep(_report(lost), is_dry=False) or ""
    mark(tmp_path, lost)
    assert files_with(tmp_path, PLANTED)
    erase_member(database, keys, ADA)
    assert files_with(tmp_path, PLANTED) == []
    citations = log.find("b")[0].citations  # type: ignore[index]
    assert [each.pinned for each in citations] == [None, "another"]
    assert [each.text for each in golden.all()] == ["another"]
    for left in (ReportStore(database).find(kept)[0].losses, read_mark(tmp_path)):
        assert [loss.question.text for loss in golden.worded(left)] == ["", "another"]


def _pin_and_unpin(database: sa.Engine, index: Index, words: str) -> None:
    """Leave a pin for these words, and one that was taken away in the audit trail."""
    index.build()
    generation, moderation = index.folder.open_current(), Moderation(database)
    for _ in range(2):
        number, _ = moderation.pin("mod", generation, words, generation.passage(0).id)
    moderation.unpin("mod", number)
    moderation.pin("mod", generation, words, generation.passage(0).id)


def _lose(golden: GoldenQuestions) -> tuple[Loss, ...]:
    """Return all golden questions as lost."""
    nothing = Finding(None, ())
    return tuple(Loss(question, nothing, nothing) for question in golden.all())


def _report(losses: tuple[Loss, ...]) -> BuildReport:
    """Return the report of a refresh that is held back."""
    return BuildReport("000002", 1, 1, 1, 1, (), (), (), (), losses)


def test_what_a_member_asked_under_an_old_key_is_erased_too(
    tmp_path: Path, database: sa.Engine
) -> None:
    """Every key that is kept is tried."""
    now = [datetime(2026, 2, 10, tzinfo=UTC)]
    keys = MemberKeys(tmp_path, lambda: now[0])
    WrittenLog(database).keep(asked("a"), replace(ASKING, member=keys.present(ADA)))
    now[0] = NOON
    assert erase_member(database, keys, ADA).questions == 1
    assert count_log(database, LogQuery()) == 0


def test_questions_whose_key_is_lost_are_named(tmp_path: Path, database: sa.Engine) -> None:
    """They belong to nobody: an erasure cannot reach them, and says so."""
    ends = datetime(2025, 12, 31, 23, 59, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
    for n, moment in enumerate(ends):
        WrittenLog(database).keep(replace(asked(f"a{n}"), asked_at=moment), ASKING)
    erased = erase_member(database, MemberKeys(tmp_path, lambda: NOON), ADA)
    assert erased.lost_months == ("2025-12", "2026-02")


def test_questions_go_when_their_time_is_over_and_stay_counted(
    tmp_path: Path, keys: MemberKeys, caplog: pytest.LogCaptureFixture
) -> None:
    """To the hour, with the words of each; no file has them any more."""
    caplog.set_level("INFO")
    database = database_in(tmp_path)
    with database.begin() as connection:
        for n in range(1_200):
            write_answer(connection, asked(f"o{n}", f"{PLANTED} {n}", minute=n / 60), ASKING)
        write_answer(connection, asked("young", "why?", minute=60), ASKING)
    written_anew: list[str] = []
    sa.event.listen(
        database,
        "before_cursor_execute",
        lambda *cursor: written_anew.append(cursor[2]) if "VACUUM" in cursor[2] else None,
    )
    later = NOON + timedelta(days=90, minutes=60)
    assert enforce_retention(database, keys, 90, lambda: later) == 1_200
    assert [q.id for q in search_log(database, LogQuery()).questions] == ["young"]
    assert files_with(tmp_path, PLANTED) == []
    counted = read_statistics(database, *[NOON.date()] * 3)
    assert counted.total.strong == 1_201
    assert enforce_retention(database, keys, 90, lambda: later) == 0
    assert written_anew == []  # each day would need room for a copy
    told = [each for each in caplog.messages if "their time was over" in each]
    assert told == ["1200 questions were removed from the log, their time was over"]


def test_the_key_of_what_is_over_goes_with_it(
    tmp_path: Path, database: sa.Engine, caplog: pytest.LogCaptureFixture
) -> None:
    """When its month is over for the last question; admins can read that it went."""
    caplog.set_level("INFO")
    now = [NOON]
    keys = MemberKeys(tmp_path, lambda: now[0])
    WrittenLog(database).keep(asked("a"), replace(ASKING, member=keys.present(ADA)))
    for day, left in ((29, 1), (30, 0)):
        now[0] = datetime(2026, 6, day, 12, tzinfo=UTC)
        enforce_retention(database, keys, 90, lambda: now[0])
        assert len(keys.every(ADA)) == left
    assert "the key of 2026-03 was destroyed" in caplog.messages


def test_a_log_at_a_steady_rate_does_not_grow_once_its_oldest_go(
    tmp_path: Path, keys: MemberKeys
) -> None:
    """Later questions take the places of those that went."""
    database = database_in(tmp_path)
    rng = random.Random(0)  # noqa: S311  # the same words each time
    sizes = []
    for day in range(36):
        with database.begin() as connection:
            for n in range(40):
                words = " ".join(f"w{rng.randrange(9_000)}" for _ in range(rng.randrange(2, 30)))
                write_answer(connection, asked(f"{day}-{n}", words, minute=day * 1_440), ASKING)
        enforce_retention(database, keys, 5, lambda: NOON + timedelta(days=day, hours=1))  # noqa: B023  # called at once
        sizes.append(sum(path.stat().st_size for path in tmp_path.glob("footnote.sqlite*")))
    assert sizes[5] > 1.5 * sizes[0]
    assert sizes[-1] < 1.1 * sizes[5]


def test_a_question_in_the_words_of_another_goes_no_further(
    database: sa.Engine, keys: MemberKeys
) -> None:
    """A button's answer goes with its question; a reply to it, and a circle, do no harm."""
    log = WrittenLog(database)
    bob = replace(ASKING, member=keys.present(BOB))
    log.keep(asked("a", "planted", follows="d"), replace(ASKING, member=keys.present(ADA)))
    log.keep(asked("b", "planted", follows="a"), replace(bob, way="button"))
    log.keep(replace(asked("c", "and?", follows="b"), query="planted and?"), bob)
    log.keep(
        replace(asked("d", "and?", follows="c"), query="planted and?"), replace(bob, way="button")
    )
    log.keep(asked("e", "mine", follows="e"), bob)
    erase_member(database, keys, ADA)
    found = {q.id: q for q in search_log(database, LogQuery()).questions}
    assert set(found) == {"c", "d", "e"}
    assert {log.find(name)[0].query for name in "cd"} == {"and?"}  # type: ignore[index]


def test_what_the_articles_lacked_of_anothers_words_is_not_kept(
    database: sa.Engine, keys: MemberKeys
) -> None:
    """A reason names names of all that was searched for; one that was written before, or late."""
    log = QueuedLog(database)
    bob = replace(ASKING, member=keys.present(BOB))
    log.keep(asked("a", "planted"), replace(ASKING, member=keys.present(ADA)))
    follow = replace(asked("c", "and?", follows="a"), query="planted and?", reason="no planted")
    log.keep(follow, bob)
    log.keep(replace(asked("d", "mine", follows="c"), reason="no mine"), bob)
    log.writer.flush()
    erase_member(database, keys, ADA, log.writer)
    log.keep(replace(follow, id="late"), bob, built_on=("a",))
    log.writer.flush()
    log.close()
    reasons = {q.id: q.reason for q in search_log(database, LogQuery()).questions}
    assert reasons == {"c": None, "d": "no mine", "late": None}


def test_a_pin_for_what_was_searched_for_goes_with_its_asker(
    database: sa.Engine, keys: MemberKeys
) -> None:
    """The form for a pin offers the whole query, which a follow-up carries words into."""
    log, golden = WrittenLog(database), GoldenQuestions(database)
    ada, bob = (replace(ASKING, member=keys.present(each)) for each in (ADA, BOB))
    log.keep(asked("a", "why?"), ada)
    log.keep(replace(asked("b", "then?", follows="a"), query="why planted then?"), ada)
    log.keep(replace(asked("c", "and?", follows="b"), query="why planted and?"), bob)
    log.keep(replace(asked("d", "else"), query="else bob's"), bob)
    for text in ("why planted then?", "why  planted and?", "else bob's"):
        golden.add("mod", GoldenQuestion(text, "bridge.md"))
        pin = {"passage_id": "p", "article_id": "a", "content_hash": "h"}
        values = {"asked": text, "question": text, "pinned_at": as_stored(NOON), **pin}
        with database.begin() as connection:
            connection.execute(sa.insert(PINS).values(values))
    erase_member(database, keys, ADA)
    with database.connect() as connection:
        assert connection.execute(sa.select(PINS.c.question)).scalars().all() == ["else bob's"]
    assert [each.text for each in golden.all()] == ["else bob's"]


def test_what_others_ask_too_stays_pinned_and_what_goes_is_noted(
    database: sa.Engine, keys: MemberKeys
) -> None:
    """No member undoes what moderators decided by asking a common question; no words are noted."""
    log, golden = WrittenLog(database), GoldenQuestions(database)
    ada, bob = (replace(ASKING, member=keys.present(each)) for each in (ADA, BOB))
    for n, words in enumerate(("what are the rules?", "only mine")):
        golden.add("mod", GoldenQuestion(words, "bridge.md"))
        values = {"asked": words, "question": words, "passage_id": "p", "article_id": "a"}
        with database.begin() as connection:
            row = {**values, "content_hash": "h", "pinned_at": as_stored(NOON)}
            connection.execute(sa.insert(PINS).values(row))
        log.keep(asked(f"a{n}", words), ada)
        pinned = replace(cited("b"), pinned=words)
        log.keep(replace(asked(f"c{n}", "else"), citations=(pinned,)), bob)
    log.keep(asked("b", "what are the rules?"), bob)
    log.keep(asked("m", "only mine", follows="a1"), replace(bob, way="button"))
    erase_member(database, keys, ADA)
    with database.connect() as connection:
        rules = ["what are the rules?"]
        assert connection.execute(sa.select(PINS.c.question)).scalars().all() == rules
    assert [each.text for each in golden.all()] == rules
    named = [log.find(f"c{n}")[0].citations[0].pinned for n in (0, 1)]  # type: ignore[index]
    assert named == [*rules, None]
    noted = [(d.action, d.detail) for d in AuditTrail(database).all() if d.who == "an erasure"]
    assert noted == [
        ("unpin", "2: its words were a member's"),
        ("remove question", "2: its words were a member's"),
    ]


def test_an_erasure_keeps_nobody_from_writing_while_it_reads(
    tmp_path: Path, keys: MemberKeys
) -> None:
    """All receipts of a large log are looked at, which takes seconds."""
    database = database_in(tmp_path)
    WrittenLog(database).keep(asked("a"), replace(ASKING, member=keys.present(ADA)))
    other = sa.create_engine(database.url, connect_args={"timeout": 0})
    read: list[str] = []

    def write_meanwhile(*cursor: object) -> None:
        if "citations" in (statement := str(cursor[2])):
            with other.begin() as connection:
                connection.execute(sa.text("DELETE FROM hidden"))
            read.append(statement)

    sa.event.listen(database, "after_cursor_execute", write_meanwhile)
    assert erase_member(database, keys, ADA).questions == 1
    assert read


def test_an_erasure_without_room_deletes_the_rows_and_says_that_traces_may_stay(
    tmp_path: Path, keys: MemberKeys
) -> None:
    """The file itself has the words no more; a second one, with room, takes every trace."""
    database = database_in(tmp_path)
    WrittenLog(database).keep(asked("a", PLANTED), replace(ASKING, member=keys.present(ADA)))
    has_room: list[bool] = []

    def copy(*cursor: object) -> None:
        if cursor[2] == "VACUUM" and not has_room:
            raise sa.exc.OperationalError("VACUUM", {}, Exception("database or disk is full"))

    sa.event.listen(database, "before_cursor_execute", copy)
    first = erase_member(database, keys, ADA)
    assert (first.questions, first.is_complete) == (1, False)
    assert QueryLog(database).find("a") is None
    assert files_with(tmp_path, PLANTED) == []
    has_room.append(True)
    second = erase_member(database, keys, ADA)
    assert (second.questions, second.is_complete) == (0, True)
    assert files_with(tmp_path, PLANTED) == []
