"""Members who want nothing kept of what they ask.

They stand in the database as hashes under a key of its own, which stays, and which nothing else is
kept under. When that key is lost, nobody can tell who they are, so nothing is kept of anyone until
an admin has had it forgotten: what was promised to some is not broken for any.
"""

from pathlib import Path

import sqlalchemy as sa

from bot.logbook.member_keys import FOLDER, member_hash
from bot.storage.database import DO_NOT_LOG
from bot.storage.key_file import load_key, read_key
from config.errors import FootnoteError

KEY_LOST = (
    "the key of those who want nothing logged is lost ('{path}'), so nothing is logged of anyone;"
    " put it back from a backup, or run `footnote privacy forget-do-not-log`"
)


class KeyNotLostError(FootnoteError):
    """What is for a lost key alone was asked for, and the key is not lost."""


class DoNotLog:
    """Who wants nothing kept; asked at every question, so it is in memory."""

    def __init__(self, database: sa.Engine, data_dir: Path) -> None:
        """Read who they are.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: The database cannot be read.
            KeyFileError: The key is damaged.
        """
        self._database = database
        self._path = data_dir / FOLDER / "do-not-log.key"
        with database.connect() as connection:
            self._members = set(connection.execute(sa.select(DO_NOT_LOG.c.member)).scalars())
        self._key = read_key(self._path) if self._path.exists() else None

    @property
    def problem(self) -> str | None:
        """Why nothing is logged of anyone; None when all is well."""
        is_lost = self._key is None and self._members
        return KEY_LOST.format(path=self._path) if is_lost else None

    def wants(self, member_id: int) -> bool:
        """Return whether nothing may be kept of what a member asks."""
        if self._key is None:
            return bool(self._members)
        return member_hash(self._key, member_id) in self._members

    def set(self, member_id: int, on: bool) -> None:
        """Keep nothing of what a member asks from now on, or keep it again.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: It could not be written, and is as it was.
            OSError: Likewise.
        """
        if self._key is None and not self._members:
            self._key = load_key(self._path)
        if self._key is None:  # lost: everybody is as if it were on
            return
        member = member_hash(self._key, member_id)
        with self._database.begin() as connection:
            connection.execute(sa.delete(DO_NOT_LOG).where(DO_NOT_LOG.c.member == member))
            if on:
                connection.execute(sa.insert(DO_NOT_LOG).values(member=member))
        (self._members.add if on else self._members.discard)(member)  # another thread's stays

    def require_lost(self) -> None:
        """Return if their key is lost, so that nobody can tell who they are.

        Raises:
            KeyNotLostError: It is there, or there is nobody to forget.
        """
        if self._key is not None:
            raise KeyNotLostError(
                f"the key of those who want nothing logged is there ('{self._path}'), so nobody is"
                " forgotten: whoever wants to be logged again says so with /privacy do-not-log"
            )
        if not self._members:
            raise KeyNotLostError("nobody wants nothing logged, so there is nobody to forget")

    def forget_all(self) -> None:
        """Forget who they were, when their key is lost: everybody is logged again.

        Raises:
            KeyNotLostError: It is not.
        """
        self.require_lost()
        with self._database.begin() as connection:
            connection.execute(sa.delete(DO_NOT_LOG))
        self._members.clear()
