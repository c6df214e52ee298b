"""Members who asked to be told when their question is answered.

Only here is a member kept by their Discord id, because they said so: until they are told, press
again, are erased, or the question itself is not kept any longer.
"""

from dataclasses import dataclass

import sqlalchemy as sa

from bot.logbook.erasures import Wanted, always
from bot.logbook.log_tables import ANSWERED_SINCE, WISHES
from bot.storage.database import insert_into

_W = WISHES.c


@dataclass(frozen=True, slots=True)
class Wish:
    """One member's wish to be told of one question."""

    receipt_id: str
    user_id: int


class WishStore:
    """Every wish. Safe to use from several threads."""

    def __init__(self, database: sa.Engine) -> None:
        self._database = database

    def turn(self, wish: Wish, is_wanted: Wanted = always) -> bool:
        """Keep a wish, or take it back when it is kept; return whether it is kept now."""
        return not self.take(wish) and self.keep(wish, is_wanted)

    def keep(self, wish: Wish, is_wanted: Wanted = always) -> bool:
        """Keep a wish if its member was not erased meanwhile; return whether it is kept.

        Whoever presses twice at once has it kept by the other press, and wishes it no less.

        Raises:
            sqlalchemy.exc.IntegrityError: Its question is not kept.
        """
        values = {"receipt_id": wish.receipt_id, "user_id": wish.user_id}
        with self._database.begin() as connection:
            insert = insert_into(connection, WISHES).on_conflict_do_nothing()
            connection.execute(insert.values(values))
        if is_wanted():  # asked now: an erasure is noted first, and deletes what it finds
            return True
        self.take(wish)
        return False

    def take(self, wish: Wish) -> bool:
        """Delete a wish; return whether it was kept."""
        where = (_W.receipt_id == wish.receipt_id) & (_W.user_id == wish.user_id)
        with self._database.begin() as connection:
            return connection.execute(sa.delete(WISHES).where(where)).rowcount > 0

    def fulfilled(self) -> list[Wish]:
        """Return the wishes whose question is answered now."""
        query = (
            sa.select(_W.receipt_id, _W.user_id)
            .join(ANSWERED_SINCE, ANSWERED_SINCE.c.receipt_id == _W.receipt_id)
            .order_by(_W.receipt_id, _W.user_id)
        )
        with self._database.connect() as connection:
            return [Wish(*row) for row in connection.execute(query)]


def forget_wishes(connection: sa.Connection, user_id: int) -> int:
    """Delete all wishes of a member; return how many there were."""
    return connection.execute(sa.delete(WISHES).where(_W.user_id == user_id)).rowcount
