"""One logged question as an admin sees it: what was asked, answered, quoted, and thought of it."""

from collections.abc import Iterator, Sequence

from bot.asking.receipt import Check
from bot.cards.card_words import count, line, listed, stamp
from bot.cards.layout import CONTENT_MAX, TEXT_MAX, Button, Card, Text, button_rows
from bot.cards.score_words import percent
from bot.logbook.log_button_ids import LogButtonId, LogPress
from bot.logbook.log_cards import OUTCOME_WORDS, took
from bot.logbook.logged import GivenFeedback, QuestionDetail

WAYS = {
    "command": "by /ask",
    "mention": "by a mention",
    "reply": "in reply to an answer",
    "thread": "in a thread",
    "menu": "by Find sources",
    "forum": "as a forum post",
    "button": "by a button under an answer",
}
_STANDS = {"unchanged": "stands", "changed": "has changed there", "gone": "is gone"}
_OPINIONS_SHOWN = 5
_FOLLOW_UPS_SHOWN = 3  # one row with the two other buttons


def question_card(detail: QuestionDetail, checks: Sequence[Check]) -> Card:
    """Return all that is kept of a question; `checks` say whether its quotes still stand."""
    text = "\n".join(_lines(detail, checks, TEXT_MAX))
    brief = "\n".join(_lines(detail, checks, CONTENT_MAX))
    return Card((Text(text), *button_rows(_buttons(detail))), brief)


def _lines(detail: QuestionDetail, checks: Sequence[Check], limit: int) -> Iterator[str]:
    question = detail.question
    yield f"## {line(question.question, limit // 5) or '…'}"
    if detail.receipt and detail.receipt.query != question.question:
        yield f"Searched for: {line(detail.receipt.query, limit // 10)}"
    yield from _outcome(detail, limit)
    for check in checks:
        title = check.article.title if check.article else check.cited.article_id
        found = f"{_STANDS[check.finding]}, score {check.cited.score:.2f}"
        yield f"{check.cited.rank}. {line(title, limit // 50)}: {found}"
    yield from _said(detail.feedback, limit // 20)
    yield from _small_print(detail, limit // 40)


def _outcome(detail: QuestionDetail, limit: int) -> Iterator[str]:
    question, receipt = detail.question, detail.receipt
    reason = f": {line(question.reason, limit // 20)}" if question.reason else ""
    yield f"**{OUTCOME_WORDS[question.confidence].capitalize()}**{reason}"
    within = f"in {took(question.took_ms)}"
    yield within if receipt is None else f"{within}, probability {percent(question.probability)}"
    if receipt and (receipt.sources or receipt.since or receipt.until):
        outlets = [listed(receipt.sources, limit // 20)] if receipt.sources else []
        since = [f"since {stamp(receipt.since)}"] if receipt.since else []
        until = [f"until {stamp(receipt.until)}"] if receipt.until else []
        yield f"Only {', '.join(outlets + since + until)}"


def _said(feedback: Sequence[GivenFeedback], room: int) -> Iterator[str]:
    for given in feedback[:_OPINIONS_SHOWN]:
        thought = "Helpful" if given.is_helpful else "Not helpful"
        yield f"{thought}{f': {line(given.reason, room)}' if given.reason else ''}"
    if len(feedback) > _OPINIONS_SHOWN:
        yield f"and {count(len(feedback) - _OPINIONS_SHOWN, 'more opinion')}"


def _small_print(detail: QuestionDetail, room: int) -> Iterator[str]:
    question, asking = detail.question, detail.asking
    where = f"<#{asking.channel_id}>" if asking.guild_id else "a direct message"
    private = ", in private" if asking.is_private else ""
    asked = f"<t:{question.number // 1_000_000}:f>"
    way = WAYS.get(asking.way, line(asking.way, room))
    yield f"-# Asked {asked} in {where} {way}{private}"
    yield f"-# Member {line(asking.member, room)}, a code that changes with time"
    yield f"-# Index {line(question.generation, room)} · /receipt {question.id}"


def _buttons(detail: QuestionDetail) -> list[Button]:
    question = detail.question
    buttons = [Button("Of this member", _find("member", question.member))]
    if question.follows:
        buttons.append(Button("Question before", _open(question.follows)))
    after = detail.followed_by[:_FOLLOW_UPS_SHOWN]
    return buttons + [Button(f"Follow-up {n}", _open(each)) for n, each in enumerate(after, 1)]


def _open(identifier: str) -> LogButtonId:
    return LogButtonId(LogPress.OPEN, identifier)


def _find(name: str, value: str) -> LogButtonId:
    return LogButtonId(LogPress.FIND, f"{name}:{value}")
