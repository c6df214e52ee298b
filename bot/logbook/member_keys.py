"""Members as keyed hashes: who asked can be recognised again, but not read off the database.

Each month has a key of its own, and a key is destroyed when the last question under it is no longer
kept. So whoever gets hold of the database and of the present keys still links nobody over more
time than is kept; and with the database alone, nobody over two months.
"""

import hmac
import logging
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.storage.key_file import KeyFileError, destroy_key, load_key, read_key

FOLDER = "keys"  # in the data folder
_FIRST = "member.key"  # the one key of earlier versions, beside the folder
_NAME = re.compile(r"members-(\d{4}-\d{2})\.key")

_log = logging.getLogger(__name__)


def member_hash(key: bytes, member_id: int) -> str:
    """Return what stands for a member in the database: 32 hexadecimal characters."""
    return _hash(key, str(member_id))


def author_hash(key: bytes, member_id: int) -> str:
    """Return what stands for a member as the author of a message that another asked about.

    It is no `member_hash`: whoever knows who wrote the message must not know by it what else that
    member asked.
    """
    return _hash(key, f"author {member_id}")


def _hash(key: bytes, text: str) -> str:
    return hmac.digest(key, text.encode(), "sha256").hex()[:32]


class MemberKeys:
    """The keys of the months that are kept. Safe to use from several threads."""

    def __init__(
        self, data_dir: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        """Read the keys; none is made before somebody asks something.

        Raises:
            KeyFileError: One is damaged.
        """
        self._folder = data_dir / FOLDER
        self._clock = clock
        self._take_over(data_dir / _FIRST)
        found = self._folder.glob("members-*.key") if self._folder.is_dir() else ()
        self._keys = {m[1]: read_key(p) for p in found if (m := _NAME.fullmatch(p.name))}

    def present(self, member_id: int) -> str:
        """Return what stands for a member this month, whose key is made if there is none yet.

        Raises:
            OSError: There is no key, and none can be written.
            KeyFileError: There is none but a damaged one.
        """
        return member_hash(self._present_key(), member_id)

    def present_author(self, member_id: int) -> str:
        """Return what stands this month for a member whose message another asks about.

        Raises:
            OSError: As `present`; `KeyFileError` likewise.
        """
        return author_hash(self._present_key(), member_id)

    def every(self, member_id: int) -> tuple[str, ...]:
        """Return all that may stand for a member, the latest month's first."""
        return tuple(member_hash(key, member_id) for key in self._latest_first())

    def every_author(self, member_id: int) -> tuple[str, ...]:
        """Return all that may stand for a member as an author, the latest month's first."""
        return tuple(author_hash(key, member_id) for key in self._latest_first())

    def is_same(self, member_id: int, member: str) -> bool:
        """Return whether a hash stands for this member."""
        return member in self.every(member_id)

    def destroy_old(self, keep_days: int) -> list[str]:
        """Destroy the keys under which no question is kept any more; return their months."""
        oldest = self._clock().date() - timedelta(days=keep_days)
        old = [month for month in self._keys if _end(month) <= oldest]
        for month in old:
            destroy_key(self._path(month))
            self._keys = {name: key for name, key in self._keys.items() if name != month}
        return old

    def lost(self, first: date) -> list[str]:
        """Return the months from the first question on that have no key.

        Their hashes are nobody's: such a question is shown to no one as theirs, and goes with time.
        """
        months, day = [], first
        while day <= self._clock().date():
            months.append(f"{day:%Y-%m}")
            day = _end(months[-1])
        return [month for month in months if month not in self._keys]

    def _latest_first(self) -> list[bytes]:
        return [key for _, key in sorted(self._keys.items(), reverse=True)]

    def _present_key(self) -> bytes:
        """Return this month's key; the last one when none can be made: answers go on."""
        month = self._month()
        if month not in self._keys:
            try:
                self._keys = {**self._keys, month: load_key(self._path(month))}
            except (OSError, KeyFileError) as error:
                if not self._keys:
                    raise
                _log.error("the key for %s cannot be made, the last one is used: %s", month, error)
                return self._keys[max(self._keys)]
        return self._keys[month]

    def _month(self) -> str:
        return f"{self._clock().astimezone(UTC):%Y-%m}"

    def _path(self, month: str) -> Path:
        return self._folder / f"members-{month}.key"

    def _take_over(self, first: Path) -> None:
        """Let the one key of earlier versions be this month's, which was the last to use it."""
        path = self._path(self._month())
        if first.is_file() and not path.exists():
            path.parent.mkdir(exist_ok=True, mode=0o700)
            first.rename(path)


def _end(month: str) -> date:
    """Return the first day of the month after."""
    return (date.fromisoformat(f"{month}-01") + timedelta(days=31)).replace(day=1)
