"""Why people disliked answers, in their words."""

from collections import defaultdict
from collections.abc import Collection

import sqlalchemy as sa

from bot.logbook.log_tables import FEEDBACK


def read_reasons(database: sa.Engine, receipts: Collection[str]) -> dict[str, list[str]]:
    """Return the reasons that were given, oldest first, by receipt."""
    query = (
        sa.select(FEEDBACK.c.receipt_id, FEEDBACK.c.reason)
        .where(FEEDBACK.c.receipt_id.in_(receipts), FEEDBACK.c.reason.is_not(None))
        .order_by(FEEDBACK.c.given_at)
    )
    reasons: dict[str, list[str]] = defaultdict(list)
    with database.connect() as connection:
        for receipt, reason in connection.execute(query):
            reasons[receipt].append(reason)
    return dict(reasons)
