"""Receipts and feedback come back as they were given."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.database import open_database, sqlite_url
from bot.member_key import load_member_key, member_hash
from bot.query_log import Asking, QueryLog, new_receipt_id
from bot.receipt import CitedPassage, Receipt
from bot.server_settings import ServerSettings, ServerSettingsStore

ASKING = Asking("member", 1, 2, "command", is_private=False)
SPANS = st.none() | st.tuples(st.integers(0, 99), st.integers(100, 999))
CITED = st.builds(
    CitedPassage,
    rank=st.integers(1, 5),
    passage_id=st.text(),
    article_id=st.text(),
    start=st.integers(0, 99),
    end=st.integers(100, 999),
    answer=SPANS,
    lead_in=SPANS,
    sha256=st.text(),
    score=st.floats(0, 1),
    dense=st.floats(0, 1),
    lexical=st.floats(0, 1),
)
RECEIPTS = st.builds(
    Receipt,
    id=st.builds(new_receipt_id),
    asked_at=st.datetimes(timezones=st.just(UTC)),
    question=st.text(),
    query=st.text(),
    confidence=st.sampled_from(["strong", "partial", "none"]),
    probability=st.floats(0, 1),
    reason=st.none() | st.text(),
    generation=st.text(),
    sources=st.lists(st.text()).map(tuple),
    since=st.none() | st.dates(),
    until=st.none() | st.dates(),
    took_ms=st.floats(0, 1e6),
    citations=st.lists(CITED, max_size=3).map(tuple),
    follows=st.none() | st.text(max_size=32),
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
def log(tmp_path: Path) -> QueryLog:
    """Return an empty log."""
    return QueryLog(open_database(sqlite_url(tmp_path)))


@pytest.fixture(scope="module")
def shared_log(tmp_path_factory: pytest.TempPathFactory) -> QueryLog:
    """Return a log that many examples write to."""
    return QueryLog(open_database(sqlite_url(tmp_path_factory.mktemp("log"))))


@given(RECEIPTS)
def test_a_receipt_comes_back_as_it_was(shared_log: QueryLog, kept: Receipt) -> None:
    """Whatever stands in it."""
    shared_log.keep(kept, ASKING)
    assert shared_log.find(kept.id) == (kept, ASKING)


def test_an_unknown_receipt_is_none(log: QueryLog) -> None:
    """No error: buttons outlive what they stand for."""
    assert log.find("gone") is None


def test_a_chain_goes_back_to_what_was_asked_first(log: QueryLog) -> None:
    """Oldest first, as many as wanted, and a missing link ends it."""
    for own, follows in (("a", "gone"), ("b", "a"), ("c", "b")):
        log.keep(receipt(own, follows), ASKING)
    assert [r.id for r in log.chain("c", 8)] == ["a", "b", "c"]
    assert [r.id for r in log.chain("c", 2)] == ["b", "c"]


def test_a_circle_of_receipts_ends(log: QueryLog) -> None:
    """Broken data stops no bot."""
    log.keep(receipt("a", "a"), ASKING)
    assert len(log.chain("a", 8)) == 8


def test_a_member_has_one_opinion_of_an_answer(log: QueryLog) -> None:
    """The last one."""
    log.keep(receipt("a"), ASKING)
    log.give_feedback("a", "one", is_helpful=True)
    log.give_feedback("a", "two", is_helpful=False)
    log.give_feedback("a", "one", is_helpful=False, reason="x" * 5000)
    assert log.feedback("a") == {"one": (False, "x" * 1000), "two": (False, None)}


def test_receipt_ids_differ_and_fit_a_button() -> None:
    """Ten characters that nobody misreads."""
    made = {new_receipt_id() for _ in range(1000)}
    assert len(made) == 1000
    assert all(len(i) == 10 and i.isalnum() and i == i.lower() for i in made)


def test_members_are_hashes_under_a_key_that_stays(tmp_path: Path) -> None:
    """The same member again after a restart, another in another community."""
    key = load_member_key(tmp_path / "one")
    assert load_member_key(tmp_path / "one") == key
    assert (tmp_path / "one" / "member.key").stat().st_mode & 0o077 == 0
    assert member_hash(key, 7) == member_hash(key, 7) != member_hash(key, 8)
    assert member_hash(load_member_key(tmp_path / "two"), 7) != member_hash(key, 7)
    assert "7" * 5 not in member_hash(key, 77777)


def test_a_server_keeps_its_own_settings(tmp_path: Path) -> None:
    """Apart from others, and one setting apart from another."""
    url = sqlite_url(tmp_path)
    store = ServerSettingsStore(open_database(url))
    assert store.of(1) == ServerSettings() == store.of(None)
    store.set_cooldown(1, 30)
    store.set_opens_threads(1, opens_threads=True)
    store.set_moderator_role(1, 77)
    store.set_ask_channel(1, 10, is_one=True)
    store.set_ask_channel(1, 11, is_one=True)
    store.set_ask_channel(1, 11, is_one=False)
    assert store.of(1) == ServerSettings(30, True, 77, frozenset({10}))
    assert store.of(2) == ServerSettings()
    assert ServerSettingsStore(open_database(url)).of(1) == store.of(1)
