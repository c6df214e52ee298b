"""A member gets all that is kept of them, and nothing that is another's."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.logbook.kept_of_member import KeptMessage, kept_of
from bot.logbook.member_keys import MemberKeys
from bot.unanswered.wishes import Wish, WishStore
from tests.bot.logging_questions import ASKING, NOON, WrittenLog, asked

ADA, BOB = 7, 8


@pytest.fixture
def keys(tmp_path: Path) -> MemberKeys:
    """Return the keys of a log that is used at noon."""
    return MemberKeys(tmp_path, lambda: NOON)


def test_all_of_a_members_own_is_given_newest_first(database: sa.Engine, keys: MemberKeys) -> None:
    """What they asked, said and wish, with when; as a file that programs read."""
    log, wishes = WrittenLog(database), WishStore(database)
    ada = replace(ASKING, member=keys.present(ADA))
    for n in range(3):
        member = keys.present(BOB) if n == 1 else ada.member
        log.keep(
            asked(f"q{n}", f"wieso für {n}?", minute=n, articles=("a", "b")),
            replace(ada, member=member),
        )
        log.give_feedback(f"q{n}", [ada.member], is_helpful=n == 0, reason=f"since {n}")
        log.give_feedback(f"q{n}", [keys.present(BOB)], is_helpful=True)
        wishes.keep(Wish(f"q{n}", ADA if n else BOB))
    kept = kept_of(database, keys, ADA)
    assert [q.receipt for q in kept.questions] == ["q2", "q0"]
    assert [(f.receipt, f.is_helpful, f.reason) for f in kept.feedback] == [
        ("q2", False, "since 2"),
        ("q1", False, "since 1"),
        ("q0", True, "since 0"),
    ]
    assert sorted(kept.wishes) == ["q1", "q2"]
    assert "wieso für 0?" in kept.document().decode()  # people read it too
    document = json.loads(kept.document())
    assert document["questions"][1] == {
        "receipt": "q0",
        "asked_at": "2026-03-10T12:00:00Z",
        "question": "wieso für 0?",
        "searched_for": "wieso für 0?",
        "confidence": "strong",
        "articles": ["a", "b"],
        "guild_id": 1,
        "channel_id": 2,
        "is_private": False,
    }
    assert datetime.fromisoformat(document["feedback"][0]["given_at"]).tzinfo == UTC


def test_an_author_is_given_their_words_and_nothing_of_who_asked(
    tmp_path: Path, database: sa.Engine, keys: MemberKeys
) -> None:
    """Neither the time of day nor the place, by which the asker might be known."""
    log = WrittenLog(database)
    bob = replace(ASKING, member=keys.present(BOB), way="menu", is_private=True)
    later = MemberKeys(tmp_path, lambda: NOON + timedelta(days=31))
    of_ada = [replace(bob, author=each.present_author(ADA)) for each in (keys, later)]
    log.keep(replace(asked("a", "it froze"), query="the harbour it froze"), of_ada[0])
    log.keep(asked("b", "another's"), replace(bob, author=keys.present_author(BOB + 1)))
    log.keep(asked("c", "it thawed", minute=31 * 1_440), of_ada[1])
    kept = kept_of(database, later, ADA)
    assert kept.questions == ()
    assert kept.messages == (
        KeptMessage("it thawed", date(2026, 4, 10)),
        KeptMessage("it froze", date(2026, 3, 10)),
    )
    assert json.loads(kept.document())["messages"][1] == {
        "words": "it froze",
        "asked_on": "2026-03-10",
    }
    assert [q.receipt for q in kept_of(database, later, BOB).questions] == ["c", "b", "a"]
