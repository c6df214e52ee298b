"""Admins read why answers were disliked, in members' own words."""

from datetime import timedelta
from pathlib import Path

from bot.logbook.feedback_reasons import read_reasons
from bot.logbook.log_writing import Feedback, write_feedback
from tests.bot.databases import database_in
from tests.bot.logging_questions import ASKING, NOON, WrittenLog, asked


def test_reasons_stand_by_their_answers_in_the_order_in_which_they_were_given(
    tmp_path: Path,
) -> None:
    """Whoever gave none is passed over; so are answers that nobody looks at."""
    database = database_in(tmp_path)
    log = WrittenLog(database)
    for identifier in ("a", "b", "c"):
        log.keep(asked(identifier), ASKING)
    given = [("a", "eve", 2, "late"), ("a", "bob", 1, "old"), ("a", "ada", 0, None)]
    given += [("b", "bob", 0, None), ("c", "bob", 0, "unseen")]
    with database.begin() as connection:
        for receipt, member, minute, reason in given:
            moment = NOON + timedelta(minutes=minute)
            opinion = Feedback(receipt, [member], moment, is_helpful=False, reason=reason)
            write_feedback(connection, opinion)
    assert read_reasons(database, ["a", "b"]) == {"a": ["old", "late"]}
    assert read_reasons(database, []) == {}
