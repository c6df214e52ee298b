"""A log as a community of some hundred members would fill it, for the pictures of the console.

The answers are real, of the sample articles; who asked what and when is drawn by lot.
"""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.asking.receipt import Receipt, cited_passages
from bot.engine import Engine
from bot.logbook.log_writing import (
    Asking,
    Failure,
    Feedback,
    Way,
    write_answer,
    write_failure,
    write_feedback,
)
from bot.query_log import new_receipt_id
from retrieval.answer import Answer
from retrieval.filters import Filters

QUESTIONS = {  # and how often each is asked
    "why did the coalition refuse Moscow?": 9,
    "why did al-Khatib turn down Lavrov's invitation?": 6,
    "who is Burhan Ghalioun?": 5,
    "what did Khoja say about the talks in Moscow?": 5,
    "what did the coalition demand before any talks?": 4,
    "who boycotted the congress in Sochi?": 4,
    "why did the coalition cancel its visit to Washington?": 3,
    "what did the High Negotiations Committee say about Sochi?": 3,
    "when did the opposition last meet in Cairo?": 3,
    "how do I bake rye bread?": 2,
    "which of the parties signed the ceasefire?": 2,
    "what is the population of Aleppo?": 1,
}
MISREAD = "why did the coalition refuse Moscow?"
DISLIKED = "It quotes the refusal of 2013; I meant the one of 2017."

_DAYS, _A_DAY, _WEEKEND = 30, 55, (5, 6)
_WAYS: tuple[Way, ...] = ("command", "mention", "reply", "button")
_FAILING, _TELLING = 1 / 60, 1 / 4  # shares of the questions that fail, of members who say
_SEED = 11
_SERVER, _CHANNELS = 811_004_223_977, (811_004_223_980, 811_004_223_981, 811_004_223_984)


def fill(database: sa.Engine, engine: Engine, now: datetime) -> None:
    """Log a month of questions and what people thought of the answers."""
    lot = random.Random(_SEED)  # noqa: S311  # the same pictures each time
    answers = {text: engine.ask(text, Filters(), 5) for text in QUESTIONS}
    with database.begin() as connection:
        for moment in _moments(lot, now):
            text = lot.choices(list(QUESTIONS), list(QUESTIONS.values()))[0]
            if lot.random() < _FAILING:
                write_failure(connection, _failure(text, moment, engine), _asking(lot))
                continue
            receipt = _receipt(answers[text], moment, lot)
            write_answer(connection, receipt, _asking(lot))
            if lot.random() < _TELLING:
                write_feedback(connection, _feedback(receipt, lot))


def _moments(lot: random.Random, now: datetime) -> Iterator[datetime]:
    for day in range(_DAYS - 1, -1, -1):
        busy = _A_DAY * (0.6 if (now - timedelta(days=day)).weekday() in _WEEKEND else 1.0)
        for _ in range(round(lot.gauss(busy, busy / 6))):
            moment = now - timedelta(days=day, hours=lot.triangular(0, 23, 4))
            yield min(moment, now)


def _asking(lot: random.Random) -> Asking:
    member = _member(lot)
    way = lot.choices(_WAYS, [6, 3, 2, 1])[0]
    return Asking(member, _SERVER, lot.choice(_CHANNELS), way, is_private=lot.random() < 1 / 5)


def _receipt(answer: Answer, moment: datetime, lot: random.Random) -> Receipt:
    return Receipt(
        id=new_receipt_id(),
        asked_at=moment,
        question=answer.query,
        query=answer.query,
        confidence=answer.confidence,
        probability=answer.probability,
        reason=answer.reason,
        generation=answer.generation,
        sources=(),
        since=None,
        until=None,
        took_ms=lot.lognormvariate(3.7, 0.6),
        citations=cited_passages(answer),
    )


def _failure(text: str, moment: datetime, engine: Engine) -> Failure:
    message = "the index could not be read"
    return Failure(new_receipt_id(), moment, text, message, engine.generation.id, 12.0)


def _feedback(receipt: Receipt, lot: random.Random) -> Feedback:
    is_helpful = lot.random() < (0.85 if receipt.confidence == "strong" else 0.3)
    is_meant = receipt.question == MISREAD and not is_helpful
    reason = DISLIKED if is_meant and lot.random() < 1 / 2 else None
    return Feedback(receipt.id, [_member(lot)], receipt.asked_at, is_helpful, reason)


def _member(lot: random.Random) -> str:
    """Return the hash of one of some hundred members."""
    return random.Random(lot.randrange(300)).randbytes(16).hex()  # noqa: S311  # as above
