"""Receipts and feedback come back as they were given."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.asking.receipt import CitedPassage, Receipt
from bot.logbook.log_writing import Asking
from bot.query_log import new_receipt_id
from bot.storage.database import DATABASE, open_database
from bot.storage.server_settings import ServerSettings, ServerSettingsStore
from tests.bot.databases import database_in
from tests.bot.logging_questions import WrittenLog, cited, opinions

ASKING = Asking("member", 1, 2, "command", is_private=False)
SPANS = st.none() | st.tuples(st.integers(0, 99), st.integers(100, 999))
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"))
CITED = st.builds(
    CitedPassage,
    rank=st.integers(1, 5),
    passage_id=TEXT,
    article_id=TEXT,
    start=st.integers(0, 99),
    end=st.integers(100, 999),
    answer=SPANS,
    lead_in=SPANS,
    sha256=TEXT,
    score=st.floats(0, 1),
    dense=st.floats(0, 1),
    lexical=st.floats(0, 1),
    also_in=st.lists(st.text(), max_size=3).map(tuple),
    pinned=st.none(),  # what is pinned no more is not named (test_erasure.py)
)
RECEIPTS = st.builds(
    Receipt,
    id=st.builds(new_receipt_id),
    asked_at=st.datetimes(timezones=st.just(UTC)),
    question=TEXT,
    query=TEXT,
    confidence=st.sampled_from(["strong", "partial", "none"]),
    probability=st.floats(0, 1),
    reason=st.none() | TEXT,
    generation=st.text("0123T-", max_size=64),
    sources=st.lists(TEXT).map(tuple),
    since=st.none() | st.dates(),
    until=st.none() | st.dates(),
    took_ms=st.floats(0, 1e6),
    citations=st.lists(CITED, max_size=3).map(tuple),
    follows=st.none() | st.text("abc", max_size=32),
)


def receipt(identifier: str, follows: str | None = None) -> Receipt:
    return Receipt(
        id=identifier,
        asked_at=datetime(2026, 1, 2, tzinfo=UTC),
        question="why?",
        query="why?",
        confidence="strong",
        probability=0.9,
        reason=None,
        generation="000001-20260101T000000",
        sources=("DW",),
        since=date(2012, 1, 1),
        until=None,
        took_ms=12.5,
        citations=(),
        follows=follows,
    )


@pytest.fixture
def log(database: sa.Engine) -> WrittenLog:
    """Return an empty log."""
    return WrittenLog(database)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # examples may share it
@given(kept=RECEIPTS)
def test_a_receipt_comes_back_as_it_was(log: WrittenLog, kept: Receipt) -> None:
    """Whatever stands in it."""
    log.keep(kept, ASKING)
    assert log.find(kept.id) == (kept, ASKING)


def test_a_question_with_a_character_that_no_database_keeps_is_kept(log: WrittenLog) -> None:
    """PostgreSQL has no character 0; what it stood for cannot be read anyway."""
    log.keep(replace(receipt("a"), question="wh\x00y?"), ASKING)
    found = log.find("a")
    assert found is not None
    assert found[0].question == "wh\ufffdy?"


def test_questions_of_the_same_moment_are_all_kept(log: WrittenLog) -> None:
    """Each under a number of its own."""
    for own in "abc":
        log.keep(receipt(own), ASKING)
    assert all(log.find(own) for own in "abc")


def test_an_unknown_receipt_is_none(log: WrittenLog) -> None:
    """No error: buttons outlive what they stand for."""
    assert log.find("gone") is None


def test_a_chain_leads_from_the_open_to_nothing_private(log: WrittenLog) -> None:
    """A shared answer follows a private one; what is private may follow either."""
    private = replace(ASKING, is_private=True)
    log.keep(receipt("a"), private)
    log.keep(receipt("b", follows="a"), private)
    log.keep(receipt("shared", follows="b"), ASKING)
    log.keep(receipt("more", follows="shared"), private)
    assert [r.id for r in log.chain("b", 8)] == ["a", "b"]
    assert [r.id for r in log.chain("shared", 8)] == ["shared"]
    assert [r.id for r in log.chain("more", 8)] == ["shared", "more"]


def test_a_chain_goes_back_to_what_was_asked_first(log: WrittenLog) -> None:
    """Oldest first, as many as wanted, and a missing link ends it."""
    for own, follows in (("a", "gone"), ("b", "a"), ("c", "b")):
        log.keep(receipt(own, follows), ASKING)
    assert [r.id for r in log.chain("c", 8)] == ["a", "b", "c"]
    assert [r.id for r in log.chain("c", 2)] == ["b", "c"]


def test_a_circle_of_receipts_ends(log: WrittenLog) -> None:
    """Broken data stops no bot."""
    log.keep(receipt("a", "a"), ASKING)
    assert len(log.chain("a", 8)) == 8


def test_a_member_has_one_opinion_of_an_answer(log: WrittenLog) -> None:
    """The last one."""
    log.keep(receipt("a"), ASKING)
    log.give_feedback("a", ["one"], is_helpful=True)
    log.give_feedback("a", ["two"], is_helpful=False)
    log.give_feedback("a", ["one"], is_helpful=False, reason="x" * 5000)
    assert opinions(log._database, "a") == {"one": (False, "x" * 1000), "two": (False, None)}


def test_a_member_has_one_opinion_under_all_their_hashes(log: WrittenLog) -> None:
    """Those of last month's key too."""
    log.keep(receipt("a"), ASKING)
    log.give_feedback("a", ["old"], is_helpful=True)
    log.give_feedback("a", ["new", "old"], is_helpful=False)
    assert opinions(log._database, "a") == {"new": (False, None)}


def test_feedback_on_an_answer_that_is_gone_changes_nothing(log: WrittenLog) -> None:
    """Its button outlives it."""
    log.give_feedback("gone", ["one"], is_helpful=True)
    assert opinions(log._database, "gone") == {}


def test_an_article_whose_id_is_very_long_keeps_no_question_from_the_log(log: WrittenLog) -> None:
    """PostgreSQL refuses what is longer than its column; an id in a JSONL file may be."""
    kept = replace(receipt("a"), citations=(cited("x" * 600),))
    log.keep(kept, ASKING)
    assert log.find("a") == (kept, ASKING)


def test_receipt_ids_differ_and_fit_a_button() -> None:
    """Ten characters that nobody misreads."""
    made = {new_receipt_id() for _ in range(1000)}
    assert len(made) == 1000
    assert all(len(i) == 10 and i.isalnum() and i == i.lower() for i in made)


def test_a_server_keeps_its_own_settings(database_url: str) -> None:
    """Apart from others, and one setting apart from another."""
    store = ServerSettingsStore(open_database(database_url))
    assert store.of(1) == ServerSettings() == store.of(None)
    store.set_cooldown(1, 30)
    store.set_opens_threads(1, opens_threads=True)
    store.set_moderator_role(1, 77)
    store.set_log_role(1, 78)
    store.set_ask_channel(1, 10, is_one=True)
    store.set_ask_channel(1, 11, is_one=True)
    store.set_ask_channel(1, 11, is_one=False)
    store.set_notices_channel(1, 12)
    assert store.of(1) == ServerSettings(30, True, 77, 78, 12, frozenset({10}))
    assert store.of(2) == ServerSettings()
    store.set_log_role(2, 79)
    store.set_ask_channel(2, 20, is_one=True)
    store.set_ask_channel(3, 30, is_one=True)
    store.set_ask_channel(2, 10, is_one=False)
    again = ServerSettingsStore(open_database(database_url))
    for known in (store, again):
        assert known.of(1) == ServerSettings(30, True, 77, 78, 12, frozenset({10}))
        assert known.of(2) == ServerSettings(log_role=79, ask_channels=frozenset({20}))
        assert known.of(3) == ServerSettings(ask_channels=frozenset({30}))
    store.set_ask_channel(2, 20, is_one=False)
    for nothing in (store.set_cooldown, store.set_moderator_role, store.set_log_role):
        nothing(1, None)
    store.set_notices_channel(1, None)
    store.set_opens_threads(1, opens_threads=False)
    assert store.of(1) == ServerSettings(ask_channels=frozenset({10}))
    assert store.of(2) == ServerSettings(log_role=79)


def test_settings_are_known_while_the_database_is_away(tmp_path: Path) -> None:
    """Every message asks for them, where waiting for a connection would stop the whole bot."""
    database = database_in(tmp_path)
    ServerSettingsStore(database).set_cooldown(1, 30)
    store = ServerSettingsStore(database)
    statements: list[object] = []
    sa.event.listen(database, "do_connect", lambda *given: statements.append(given), insert=True)
    database.dispose()
    file = (tmp_path / DATABASE).rename(tmp_path / "away")
    assert [store.of(server) for server in (1, 2)] == [ServerSettings(30), ServerSettings()]
    assert statements == []
    with pytest.raises(sa.exc.OperationalError):
        store.set_cooldown(1, 5)
    assert store.of(1) == ServerSettings(30)
    file.rename(tmp_path / DATABASE)
    store.set_cooldown(2, 5)
    assert store.of(2) == ServerSettings(5)


def test_what_two_set_at_once_is_known_as_it_was_written(database: sa.Engine) -> None:
    """A role that was taken away has no right any more, whoever set something else meanwhile."""
    store = ServerSettingsStore(database)
    store.set_log_role(1, 78)
    with ThreadPoolExecutor(4) as threads:
        for _ in range(20):
            threads.submit(store.set_cooldown, 1, 5)
            threads.submit(store.set_log_role, 1, None)
            threads.submit(store.set_ask_channel, 1, 10, is_one=True)
    assert store.of(1) == ServerSettings(5, ask_channels=frozenset({10}))
    assert ServerSettingsStore(database).of(1) == store.of(1)
