"""All that is kept of one member, as they may have it."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime

import sqlalchemy as sa

from bot.logbook.log_tables import FEEDBACK, QUESTIONS, WISHES
from bot.logbook.member_keys import MemberKeys

_Q = QUESTIONS.c


@dataclass(frozen=True, slots=True)
class KeptQuestion:
    """A question with what was answered, without what admins alone need."""

    receipt: str
    asked_at: datetime
    question: str
    searched_for: str
    confidence: str
    articles: tuple[str, ...]
    guild_id: int | None
    channel_id: int | None
    is_private: bool


@dataclass(frozen=True, slots=True)
class KeptFeedback:
    """What the member said of an answer."""

    receipt: str
    given_at: datetime
    is_helpful: bool
    reason: str | None


@dataclass(frozen=True, slots=True)
class KeptMessage:
    """What the member wrote, and somebody else found sources for.

    Nothing more of it: who asked did so in private, and is not to be known by the time or place.

    Attributes:
        asked_on: UTC.
    """

    words: str
    asked_on: date


@dataclass(frozen=True, slots=True)
class KeptOfMember:
    """What is kept, newest first.

    Attributes:
        wishes: Receipts of questions whose answer the member wants to be told of.
    """

    questions: tuple[KeptQuestion, ...]
    feedback: tuple[KeptFeedback, ...]
    wishes: tuple[str, ...]
    messages: tuple[KeptMessage, ...]

    def document(self) -> bytes:
        """Return all of it as a JSON file."""
        return json.dumps(asdict(self), default=_written, ensure_ascii=False, indent=1).encode()


def kept_of(database: sa.Engine, keys: MemberKeys, member_id: int) -> KeptOfMember:
    """Return what is kept of a member under all their hashes, and under their id."""
    members, authors = keys.every(member_id), keys.every_author(member_id)
    asked = sa.select(QUESTIONS).where(_Q.member.in_(members)).order_by(_Q.number.desc())
    wrote = sa.select(_Q.question, _Q.asked_at).where(_Q.author.in_(authors))
    said = sa.select(FEEDBACK).where(FEEDBACK.c.member.in_(members))
    wished = sa.select(WISHES.c.receipt_id).where(WISHES.c.user_id == member_id)
    with database.connect() as connection:
        questions = tuple(_question(row) for row in connection.execute(asked).mappings())
        latest = said.order_by(FEEDBACK.c.given_at.desc())
        feedback = tuple(
            KeptFeedback(row.receipt_id, row.given_at, row.is_helpful, row.reason)
            for row in connection.execute(latest)
        )
        wishes = tuple(connection.execute(wished).scalars())
        messages = tuple(
            KeptMessage(words, asked_at.date())
            for words, asked_at in connection.execute(wrote.order_by(_Q.number.desc()))
        )
    return KeptOfMember(questions, feedback, wishes, messages)


def _question(row: sa.RowMapping) -> KeptQuestion:
    return KeptQuestion(
        receipt=row["id"],
        asked_at=row["asked_at"],
        question=row["question"],
        searched_for=row["query"],
        confidence=row["confidence"],
        articles=tuple(cited["article_id"] for cited in row["citations"]),
        guild_id=row["guild_id"],
        channel_id=row["channel_id"],
        is_private=row["is_private"],
    )


def _written(moment: date) -> str:
    """Return what JSON has no form for: a day, or a moment in UTC."""
    return f"{moment.isoformat()}{'Z' if isinstance(moment, datetime) else ''}"
