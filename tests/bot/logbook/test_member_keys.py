"""Members are hashes under keys that rotate, and that are destroyed when their time is over."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.logbook.member_keys import MemberKeys, author_hash, member_hash
from bot.storage.key_file import KeyFileError

NOVEMBER = datetime(2026, 11, 25, tzinfo=UTC)


class Clock:
    """A clock that tests move."""

    def __init__(self, now: datetime = NOVEMBER) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def to(self, year: int, month: int, day: int = 1) -> None:
        self.now = datetime(year, month, day, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands in November 2026."""
    return Clock()


def test_a_member_is_the_same_after_a_restart_and_another_in_another_community(
    tmp_path: Path, clock: Clock
) -> None:
    """Within a month; and the id cannot be read off."""
    keys = MemberKeys(tmp_path / "one", clock)
    assert keys.present(7) == MemberKeys(tmp_path / "one", clock).present(7) != keys.present(8)
    assert MemberKeys(tmp_path / "two", clock).present(7) != keys.present(7)
    assert "7" * 5 not in keys.present(77777)


def test_only_the_owner_may_read_keys(tmp_path: Path, clock: Clock) -> None:
    """Neither the files nor their folder."""
    MemberKeys(tmp_path, clock).present(7)
    folder = tmp_path / "keys"
    (path,) = folder.iterdir()
    assert path.stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0


def test_next_month_the_same_member_is_another_hash_that_is_still_recognised(
    tmp_path: Path, clock: Clock
) -> None:
    """By whoever has the keys."""
    keys = MemberKeys(tmp_path, clock)
    before = keys.present(7)
    clock.to(2026, 12)
    assert keys.present(7) != before
    assert keys.every(7) == (keys.present(7), before)
    assert keys.is_same(7, before)
    assert not keys.is_same(8, before)
    assert MemberKeys(tmp_path, clock).every(7) == keys.every(7)


def test_an_author_is_recognised_and_is_not_the_code_that_they_ask_under(
    tmp_path: Path, clock: Clock
) -> None:
    """Whoever knows who wrote a message must not learn what else they asked."""
    keys = MemberKeys(tmp_path, clock)
    before = keys.present_author(7)
    clock.to(2026, 12)
    after = keys.present_author(7)
    assert keys.every_author(7) == (after, before)
    assert not {*keys.every_author(7)} & {*keys.every(7), *keys.every_author(8)}


def test_a_key_is_destroyed_when_nothing_under_it_is_kept(tmp_path: Path, clock: Clock) -> None:
    """Not a day sooner; then nobody can be told from its hashes."""
    keys = MemberKeys(tmp_path, clock)
    before = keys.present(7)
    clock.to(2027, 2, 28)
    keys.present(7)
    assert keys.destroy_old(90) == []
    clock.to(2027, 3, 1)
    assert keys.destroy_old(90) == ["2026-11"]
    assert not keys.is_same(7, before)
    assert not (tmp_path / "keys" / "members-2026-11.key").exists()
    assert (tmp_path / "keys" / "members-2027-02.key").exists()


def test_a_destroyed_key_is_overwritten(tmp_path: Path, clock: Clock) -> None:
    """Whoever has the file under another name has nothing but zeros."""
    keys = MemberKeys(tmp_path, clock)
    keys.present(7)
    copy = tmp_path / "copy"
    copy.hardlink_to(tmp_path / "keys" / "members-2026-11.key")
    clock.to(2027, 3)
    keys.destroy_old(90)
    assert copy.read_bytes() == bytes(32)


def test_months_without_a_key_are_named(tmp_path: Path, clock: Clock) -> None:
    """Their hashes are nobody's, which admins are told."""
    keys = MemberKeys(tmp_path, clock)
    keys.present(7)
    assert keys.lost(date(2026, 11, 2)) == []
    assert keys.lost(date(2026, 9, 30)) == ["2026-09", "2026-10"]


def test_a_month_without_a_key_is_named_from_its_first_day_on(tmp_path: Path, clock: Clock) -> None:
    """Somebody may have asked since midnight."""
    clock.to(2026, 12)
    assert MemberKeys(tmp_path, clock).lost(date(2026, 11, 30)) == ["2026-11", "2026-12"]


def test_a_code_is_what_every_version_makes_of_a_key_and_an_id() -> None:
    """What was kept before an upgrade still belongs to who asked."""
    key = b"k" * 32  # `printf 7 | openssl dgst -sha256 -hmac kkk…` gives the same
    assert member_hash(key, 7) == "aed60f37747ddf77c71fd7bc1e44a7b3"
    assert author_hash(key, 7) == "ab036167a071a33f81531d0c1780c84c"


def test_the_key_of_an_earlier_version_is_taken_over(tmp_path: Path, clock: Clock) -> None:
    """What was asked under it still belongs to who asked; nobody else may read it there either."""
    (tmp_path / "member.key").write_bytes(b"k" * 32)
    keys = MemberKeys(tmp_path, clock)
    assert not (tmp_path / "member.key").exists()
    assert (tmp_path / "keys" / "members-2026-11.key").read_bytes() == b"k" * 32
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    clock.to(2026, 12)
    keys.present(7)
    assert len(keys.every(7)) == 2


def test_the_key_of_an_earlier_version_goes_beside_other_keys(tmp_path: Path, clock: Clock) -> None:
    """That of do-not-log may be there."""
    (tmp_path / "keys").mkdir()
    (tmp_path / "member.key").write_bytes(b"k" * 32)
    assert MemberKeys(tmp_path, clock).present(7) == member_hash(b"k" * 32, 7)


def test_the_key_of_an_earlier_version_takes_no_others_place(tmp_path: Path, clock: Clock) -> None:
    """As where an old data folder was copied over this one."""
    before = MemberKeys(tmp_path, clock).present(7)
    (tmp_path / "member.key").write_bytes(b"k" * 32)
    assert MemberKeys(tmp_path, clock).present(7) == before


def test_reading_who_asked_makes_no_key(tmp_path: Path, clock: Clock) -> None:
    """A look from the terminal, perhaps as another user, leaves nothing behind."""
    assert MemberKeys(tmp_path, clock).every(7) == ()
    assert not (tmp_path / "keys").exists()


def test_what_a_killed_start_left_behind_stands_in_no_ones_way(
    tmp_path: Path, clock: Clock
) -> None:
    """In a container each start has the same number as the one before."""
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / f"members-2026-11.{os.getpid()}").write_bytes(b"half")
    assert MemberKeys(tmp_path, clock).present(7)


def test_a_damaged_key_is_named(tmp_path: Path, clock: Clock) -> None:
    """With what to do."""
    MemberKeys(tmp_path, clock).present(7)
    (tmp_path / "keys" / "members-2026-11.key").write_bytes(b"short")
    with pytest.raises(KeyFileError, match=r"members-2026-11\.key' is damaged.*5 bytes.*backup"):
        MemberKeys(tmp_path, clock)


def test_a_key_that_somebody_removed_keeps_no_other_from_being_destroyed(
    tmp_path: Path, clock: Clock
) -> None:
    """An admin who cleaned up, or a second program."""
    keys = MemberKeys(tmp_path, clock)
    for month in (11, 12):
        clock.to(2026, month)
        keys.present(7)
    (tmp_path / "keys" / "members-2026-11.key").unlink()
    clock.to(2027, 5)
    assert keys.destroy_old(90) == ["2026-11", "2026-12"]
    assert keys.every(7) == ()
    assert list((tmp_path / "keys").iterdir()) == []


def test_a_damaged_key_that_comes_while_the_bot_runs_is_passed_over(
    tmp_path: Path, clock: Clock
) -> None:
    """The last month's goes on."""
    keys = MemberKeys(tmp_path, clock)
    before = keys.present(7)
    (tmp_path / "keys" / "members-2026-12.key").write_bytes(b"short")
    clock.to(2026, 12)
    assert keys.present(7) == before


def test_a_month_whose_key_cannot_be_written_goes_on_with_the_last(
    tmp_path: Path, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    """A full disk stops no answer; where there is none at all, the bot does not start."""
    keys = MemberKeys(tmp_path, clock)
    before = keys.present(7)
    (tmp_path / "keys").rename(tmp_path / "away")
    (tmp_path / "keys").write_text("in the way")
    clock.to(2026, 12)
    assert keys.present(7) == before
    assert "the key for 2026-12 cannot be made, the last one is used" in caplog.text
    with pytest.raises(NotADirectoryError):
        MemberKeys(tmp_path, clock).present(7)
