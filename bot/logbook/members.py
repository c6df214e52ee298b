"""Who members are to the log, and who wants to be nobody in it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from bot.logbook.do_not_log import DoNotLog
from bot.logbook.erasures import Erasures
from bot.logbook.member_keys import MemberKeys


@dataclass(frozen=True, slots=True)
class Members:
    """What is needed to write of a member, or not to."""

    keys: MemberKeys
    do_not_log: DoNotLog
    erasures: Erasures = field(default_factory=Erasures)

    @classmethod
    def open(
        cls,
        database: sa.Engine,
        data_dir: Path,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> "Members":
        """Return the members of the log in the data folder."""
        return cls(MemberKeys(data_dir, clock), DoNotLog(database, data_dir))
