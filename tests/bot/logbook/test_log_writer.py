"""Writing the log delays and fails no answer, whatever the database does."""

import resource
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import monotonic, sleep

import pytest
import sqlalchemy as sa

from bot.logbook import log_writer
from bot.logbook.erasures import Erasures
from bot.logbook.log_search import count_log, read_question
from bot.logbook.log_writer import Entry, LogWriter, WriterHealth
from bot.logbook.log_writing import Failure, write_answer
from bot.logbook.logged import LogQuery
from bot.logbook.queued_log import LogFullError, QueuedLog
from bot.query_log import QueryLog
from bot.storage.database import BUSY_SECONDS, open_database, sqlite_url
from tests.bot.databases import database_in
from tests.bot.logging_questions import ASKING, NOON, asked, cited, opinions


def until(condition: Callable[[], object], seconds: float = 30.0) -> None:
    """Wait for something."""
    end = monotonic() + seconds
    while not condition():
        assert monotonic() < end, "it did not come"
        sleep(0.02)


@pytest.fixture
def log(database: sa.Engine) -> Iterator[QueuedLog]:
    """Return an empty log with a writer."""
    log = QueuedLog(database)
    yield log
    log.writer.close(0.0)


@contextmanager
def locked(database: sa.Engine) -> Iterator[None]:
    """Keep everybody else from writing, from another connection."""
    other = sa.create_engine(database.url, isolation_level="AUTOCOMMIT")
    is_postgres = database.dialect.name == "postgresql"
    lock = "LOCK TABLE questions IN EXCLUSIVE MODE" if is_postgres else "SELECT 1"
    with other.connect() as connection:
        connection.execute(sa.text("BEGIN" if is_postgres else "BEGIN IMMEDIATE"))
        connection.execute(sa.text(lock))
        yield
        connection.execute(sa.text("ROLLBACK"))
    other.dispose()


@contextmanager
def no_room_for_files() -> Iterator[None]:
    """Let no file of this process grow beyond 64 KiB, as if the disk were full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_what_is_kept_is_found_at_once_and_written_soon(
    log: QueuedLog, database: sa.Engine
) -> None:
    """Also a failure, feedback, and a question that is only counted."""
    with log.writer.held():
        log.keep(asked("a"), ASKING)
        assert log.find("a") == (asked("a"), ASKING)
        assert [r.id for r in log.chain("a", 8)] == ["a"]
        assert QueryLog(database).find("a") is None
    log.keep_failure(Failure("f", NOON, "why?", "KeyError", "1", 5), ASKING)
    log.give_feedback("a", ["bob"], is_helpful=False, reason="no")
    log.count_unlogged(NOON.date(), "strong", 5)
    assert log.writer.flush()
    assert QueryLog(database).find("a") == (asked("a"), ASKING)
    assert opinions(database, "a") == {"bob": (False, "no")}
    assert count_log(database, LogQuery()) == 2
    assert log.writer.health().waiting == 0


def test_a_locked_database_delays_no_answer_and_loses_nothing(
    log: QueuedLog, database: sa.Engine, caplog: pytest.LogCaptureFixture
) -> None:
    """It says so in its health and once in the bot's log, and writes when the lock is gone."""
    caplog.set_level("INFO")
    with locked(database):
        began = monotonic()
        for n in range(50):
            log.keep(asked(f"q{n}"), ASKING)
        assert log.find("q49") is not None
        assert monotonic() - began < BUSY_SECONDS  # for which the database waits
        until(lambda: log.writer.health().problem)
        health = log.writer.health()
    assert "lock" in str(health.problem)
    assert (health.waiting, health.dropped) == (50, 0)
    assert log.writer.flush(40.0)
    assert count_log(database, LogQuery()) == 50
    assert log.writer.health().problem is None
    refused, again = (each.split(",")[0] for each in caplog.messages if "the log" in each)
    assert (refused, again) == ("the log cannot be written", "the log is written again")


def test_a_full_disk_fails_no_answer(tmp_path: Path) -> None:
    """What the bound allows is kept until there is room; the rest is dropped and counted."""
    database = database_in(tmp_path)
    log = QueuedLog(database, LogWriter(database, capacity=60))
    long = "why? " * 2_000
    with no_room_for_files():
        for n in range(60):
            log.keep(asked(f"q{n}", long), ASKING)
        with pytest.raises(LogFullError):
            log.keep(asked("late"), ASKING)
        until(lambda: log.writer.health().problem)
        assert log.find("q59") is not None
        assert log.writer.health().dropped == 1
    assert log.writer.flush()
    assert count_log(database, LogQuery()) == 60
    assert read_question(database, "late") is None
    log.close()


def test_who_waits_for_the_log_has_a_mended_database_tried_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long the next try would else be away."""
    monkeypatch.setattr(log_writer, "_FIRST_WAIT", 60.0)
    database = database_in(tmp_path)
    log, path = QueuedLog(database), tmp_path / "footnote.sqlite"
    path.rename(tmp_path / "away.sqlite")
    log.keep(asked("a"), ASKING)
    until(lambda: log.writer.health().problem)
    (tmp_path / "away.sqlite").rename(path)
    assert log.writer.flush()
    log.close()


def test_a_database_that_refuses_is_let_be_between_two_tries(tmp_path: Path) -> None:
    """A bot without its disk still has a processor for answers; stopping, it tries for a while."""
    database = database_in(tmp_path)
    tries: list[object] = []
    sa.event.listen(database, "engine_disposed", tries.append)
    log, path, away = QueuedLog(database), tmp_path / "footnote.sqlite", tmp_path / "away.sqlite"
    path.rename(away)
    log.keep(asked("a"), ASKING)
    until(lambda: log.writer.health().problem)
    sleep(0.4)
    assert len(tries) <= 2
    mended = threading.Timer(0.7, away.rename, [path])
    mended.start()
    log.writer.close(30.0)
    mended.join()
    assert count_log(open_database(sqlite_url(tmp_path)), LogQuery()) == 1


def test_a_file_that_is_gone_is_told_and_written_when_it_is_back(tmp_path: Path) -> None:
    """Nothing is written into a file that nobody finds any more."""
    database = database_in(tmp_path)
    log = QueuedLog(database)
    log.keep(asked("a"), ASKING)
    assert log.writer.flush()
    database.dispose()
    path, away = tmp_path / "footnote.sqlite", tmp_path / "away.sqlite"
    path.rename(away)
    log.keep(asked("b"), ASKING)
    until(lambda: log.writer.health().problem)
    assert "is gone" in str(log.writer.health().problem)
    path.write_bytes(away.read_bytes())  # from a backup: it is another file
    assert log.writer.flush()
    assert count_log(open_database(sqlite_url(tmp_path)), LogQuery()) == 2
    log.close()


def test_a_database_by_an_address_that_sqlite_alone_can_read_is_written(tmp_path: Path) -> None:
    """There is no file of that very name, and never was."""
    log = QueuedLog(open_database(f"sqlite:///file:{tmp_path}/log.sqlite?uri=true"))
    log.keep(asked("a"), ASKING)
    assert log.writer.flush()
    log.close()


def test_a_bad_entry_takes_no_other_with_it(log: QueuedLog, database: sa.Engine) -> None:
    """It is dropped and counted, whatever is wrong with it."""
    odd = replace(asked("c"), citations=(replace(cited("c"), score=object()),))  # type: ignore[arg-type]
    with log.writer.held():
        for each in (asked("a"), asked("a"), odd, None, asked("b")):
            write = partial(write_answer, receipt=each, asking=ASKING)  # type: ignore[arg-type]
            assert log.writer.put(Entry(write))
        log.give_feedback("a", [], is_helpful=True)  # of nobody
    assert log.writer.flush()
    assert count_log(database, LogQuery()) == 2
    assert log.writer.health().dropped == 4
    assert log.writer.health().problem is None


def test_a_log_that_has_nothing_to_write_stops_at_once(database: sa.Engine) -> None:
    """Nobody waits for a stopping bot in vain."""
    log = QueuedLog(database)
    log.keep(asked("a"), ASKING)
    assert log.writer.flush()
    began = monotonic()
    log.close()
    assert monotonic() - began < 4.0


def test_stopping_writes_what_waits(database: sa.Engine) -> None:
    """And takes nothing more."""
    log = QueuedLog(database)
    for n in range(300):
        log.keep(asked(f"q{n}"), ASKING)
    log.writer.close(60.0)  # on a busy machine it takes longer than a stopping bot has
    assert count_log(database, LogQuery()) == 300
    with pytest.raises(LogFullError):
        log.keep(asked("late"), ASKING)


def test_a_problem_is_as_old_as_its_first_failure(log: QueuedLog) -> None:
    """Whatever the database says later; each is told as it was said last."""
    log.writer._note("locked")
    first = log.writer.health()
    log.writer._note("full")
    assert first.since is not None
    assert log.writer.health() == replace(first, problem="full")


def test_stopping_does_not_wait_for_ever(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """What a locked database did not take is lost, and said."""
    database = database_in(tmp_path)
    log = QueuedLog(database)
    with locked(database):
        log.keep(asked("a"), ASKING)
        began = monotonic()
        log.writer.close(0.1)
        assert monotonic() - began < BUSY_SECONDS + 5
        log.writer._thread.join()  # on a busy machine it gives up a little later
    assert "stopped with 1 entries of the log unwritten" in caplog.messages
    assert count_log(database, LogQuery()) == 0


def test_what_is_not_wanted_any_more_is_neither_found_nor_written(
    log: QueuedLog, database: sa.Engine
) -> None:
    """Of who was erased while it waited; what they did later is, and what others did."""
    erasures = Erasures()
    before = erasures.wanted(monotonic(), 7)
    with log.writer.held():
        log.keep(asked("a"), ASKING, is_wanted=erasures.wanted(monotonic(), 8))
        log.keep(asked("b"), ASKING, is_wanted=before)
        log.give_feedback("a", ["bob"], is_helpful=False, reason="no", is_wanted=before)
        erasures.note(7)
        log.keep(asked("c"), ASKING, is_wanted=erasures.wanted(monotonic(), 7))
        assert [log.find(name) is not None for name in "abc"] == [True, False, True]
    assert log.writer.flush()
    assert opinions(database, "a") == {}
    assert [log.find(name) is not None for name in "abc"] == [True, False, True]
    assert log.writer.health() == WriterHealth(waiting=0, dropped=0)


def test_an_answer_is_written_without_words_of_what_is_gone(
    log: QueuedLog, database: sa.Engine
) -> None:
    """A button's goes with its question, however far back; a name of a pin goes with the pin."""
    button = replace(ASKING, way="button")
    log.keep(asked("a"), ASKING)
    log.keep(replace(asked("b", "and?", follows="a"), query="why and?"), ASKING, ["gone", "a"])
    log.keep(replace(asked("c", "and?", follows="a"), query="why and?"), ASKING, ["a"])
    log.keep(asked("d", follows="a"), button, ["a"])
    log.keep(asked("e", follows="gone"), button, ["gone"])
    pinned = replace(cited("bridge.md"), pinned="why?")
    log.keep(replace(asked("f"), citations=(pinned,)), ASKING)
    assert log.writer.flush()
    found = {name: QueryLog(database).find(name) for name in "abcdef"}
    kept = {name: pair[0] for name, pair in found.items() if pair}
    assert list(kept) == ["a", "b", "c", "d", "f"]
    assert (kept["b"].query, kept["b"].follows) == ("and?", None)
    assert (kept["c"].query, kept["c"].follows) == ("why and?", "a")
    assert kept["f"].citations[0].pinned is None


def test_many_threads_write_at_once(log: QueuedLog, database: sa.Engine) -> None:
    """Each entry arrives once."""

    def write(letter: str) -> None:
        for n in range(40):
            log.keep(asked(f"{letter}{n}"), ASKING)

    threads = [threading.Thread(target=write, args=(letter,)) for letter in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert log.writer.flush(30.0)
    assert count_log(database, LogQuery()) == 160
