"""Whatever members ask, what admins see of it keeps Discord's limits and acts in no way."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.asking.receipt import Check, Receipt
from bot.cards.layout import Card
from bot.cards.quoting import size
from bot.cards.shown import pieces
from bot.logbook.log_button_ids import LOG_BUTTON, ROOM, LogButtonId, LogPress
from bot.logbook.log_cards import page_card
from bot.logbook.log_filters import LogFilters
from bot.logbook.log_question_card import question_card
from bot.logbook.log_reading import Found
from bot.logbook.logged import GivenFeedback, LoggedQuestion, LogQueryError, Page, QuestionDetail
from bot.unanswered.gap_cards import ShownGap, gap_card, gaps_card
from bot.unanswered.gaps import Gap, LackingQuestion
from retrieval.ranking import Hit
from tests.bot.hostile import citation_of, hostile_text, long_word, title
from tests.bot.logging_questions import ASKING, cited
from tests.bot.test_card import require_limits

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
HARMLESS = {"text", "bold", "format", "time", "mention"}

text = title | hostile_text | long_word
whole = st.integers(0, 10**6)


@st.composite
def logged(draw: st.DrawFn) -> LoggedQuestion:
    """Return a question in a list."""
    return LoggedQuestion(
        number=1_773_144_000_000_000,
        id=draw(st.text("23456789abcdefghjkmnpqrstuvwxyz", min_size=10, max_size=10)),
        asked_at=NOW,
        question=draw(text),
        confidence=draw(st.sampled_from(["strong", "partial", "none", "failed"])),
        probability=draw(st.floats(0, 1)),
        reason=draw(st.none() | text),
        generation="000001-20240501T120000",
        took_ms=draw(st.floats(0, 1e7)),
        follows=draw(st.none() | st.just("ab12cd34ef")),
        member="0" * 32,
        guild_id=1,
        channel_id=2**63 - 1,
        way="command",
        is_private=draw(st.booleans()),
        helpful=draw(whole),
        unhelpful=draw(whole),
    )


filters = st.dictionaries(
    st.sampled_from(
        ["text", "member", "channel", "confidence", "feedback", "generation", "since", "sort"]
    ),
    st.text("abc*:<@", min_size=1, max_size=30),
).map(LogFilters)


def require_harmless(card: Card) -> None:
    """Check that nothing of a member's words acts: no link, no code, no mention but a channel's."""
    for markdown in (card.text, card.plain()):
        for piece in pieces(markdown):
            assert piece.target is None
            assert piece.kinds <= HARMLESS, piece
        assert "@everyone" not in markdown.replace("\\@", "")
        assert "<@" not in markdown.replace("\\<", "").replace("\\@", "")


@settings(max_examples=50)
@given(
    st.lists(logged(), max_size=10, unique_by=lambda q: q.id), filters, st.booleans(), st.booleans()
)
def test_any_page_of_questions_keeps_every_limit(
    questions: list[LoggedQuestion], found: LogFilters, is_first: bool, is_last: bool
) -> None:
    """With all its buttons."""
    after = None if is_last else f"{'9' * 16}.5_{'9' * 16}"
    page = Found(Page(tuple(questions), after), 1_000)
    card = page_card(page, found, is_first=is_first)
    require_limits(card)
    require_harmless(card)


@settings(max_examples=50)
@given(logged(), st.lists(st.tuples(st.booleans(), st.none() | text), max_size=8), text)
def test_any_question_whole_keeps_every_limit(
    question: LoggedQuestion, said: list[tuple[bool, str | None]], query: str
) -> None:
    """With what members wrote of its answer."""
    feedback = tuple(GivenFeedback(NOW, is_helpful, why, "m") for is_helpful, why in said)
    receipt = Receipt(
        question.id, NOW, question.question, query, "strong", 0.5, question.reason, "1",
        (query, query), NOW.date(), NOW.date(), 1.0, tuple(cited(query) for _ in range(5)),
    )  # fmt: skip
    detail = QuestionDetail(question, ASKING, receipt, feedback, ("a1", "a2", "a3", "a4"))
    checks = [
        Check(replace(each, rank=n), "gone", None) for n, each in enumerate(receipt.citations)
    ]
    card = question_card(detail, checks)
    require_limits(card)
    require_harmless(card)
    failed = replace(detail, receipt=None, question=replace(question, confidence="failed"))
    require_limits(question_card(failed, ()))


@settings(max_examples=5)
@given(logged())
def test_what_is_not_certain_is_not_called_so(question: LoggedQuestion) -> None:
    """As `/index test` has it."""
    question = replace(question, probability=0.9999)
    receipt = Receipt(
        question.id, NOW, "Why?", "Why?", "strong", 0.9999, None, "1", (), None, None, 1.0, ()
    )
    card = question_card(QuestionDetail(question, ASKING, receipt, (), ()), ())
    assert "probability over 99%" in card.text


@settings(max_examples=50)
@given(st.lists(st.lists(text, min_size=1, max_size=12), min_size=1, max_size=5), title, whole)
def test_any_gaps_keep_every_limit(groups: list[list[str]], name: str, before: int) -> None:
    """Also one with many long questions."""
    passage = citation_of("It froze.", title=name, source=name).passage
    gaps = []
    for g, texts in enumerate(groups):
        asked = (_lacking(g * 100 + n, words) for n, words in enumerate(texts))
        gaps.append(Gap(tuple(asked)))
    shown = [ShownGap(gap, Hit(0, passage, 0.5, {})) for gap in gaps]
    for card in (gaps_card(shown, before, before + 9), *map(gap_card, gaps)):
        require_limits(card)
        require_harmless(card)


def _lacking(number: int, words: str) -> LackingQuestion:
    since = NOW if number % 2 else None
    return LackingQuestion(number, f"id{number}", words, words, "none", f"m{number}", since)


def test_a_gap_says_how_many_asked_and_what_is_nearest() -> None:
    """Never who."""
    asked = [
        LackingQuestion(n, f"id{n}", words, words, "none", f"member{n % 2}")
        for n, words in enumerate(["Why no ferry?", "Who stopped the ferry?", "why no ferry"])
    ]
    passage = citation_of("The ferry.", title="Ferry ends").passage
    card = gaps_card([ShownGap(Gap(tuple(asked)), Hit(0, passage, 0.3125, {}))], 0, 1)
    assert card.text == (
        "## What the articles leave unanswered: 1 gap\n"
        "**1. Why no ferry?**\n"
        "also: Who stopped the ferry?\n"
        "Asked 3 times by 2 people, last <t:0:R>: 3 no answer\n"
        "-# Nearest: Ferry ends, Herald, score 0.31"
    )


def test_a_gap_says_how_much_of_it_a_later_index_answers() -> None:
    """All of it, or how many of its questions; where nothing is near, that too."""
    asked = [_lacking(n, "Why no ferry?") for n in (1, 3, 2)]
    some, every = (gaps_card([ShownGap(Gap(tuple(q)), None)], 0, 1) for q in (asked, asked[:2]))
    moment = int(NOW.timestamp())
    assert f"2 of them answered since <t:{moment}:D>" in some.text
    assert f"**Answered since <t:{moment}:D>**" in every.text
    assert every.text.endswith("-# Nothing in the articles is near")


@given(st.sampled_from(LogPress), text.filter(lambda value: size(value) <= ROOM))
def test_a_buttons_id_is_read_back(press: LogPress, value: str) -> None:
    """Whatever an admin looked for."""
    written = str(LogButtonId(press, value))
    match = LOG_BUTTON.fullmatch(written)
    assert match
    assert LogButtonId.from_match(match) == LogButtonId(press, value)
    assert size(written) <= 100


@given(st.dictionaries(st.sampled_from(["text", "member", "generation"]), text, max_size=3))
def test_what_an_admin_typed_fits_its_button_or_is_refused(typed: dict[str, Any]) -> None:
    """In words, before anything is looked for."""
    try:
        found = LogFilters.of(NOW.date(), **typed)
    except LogQueryError as error:
        assert "look for fewer words" in str(error)
        return
    assert all(size(f"{name}:{value}") <= ROOM for name, value in found.values.items())
    assert found.query().text == found.values.get("text")


def test_dates_are_whole_days() -> None:
    """Until a month is until its last day."""
    found = LogFilters.of(NOW.date(), since="2026-02", until="2026-02")
    query = found.query()
    assert query.since == datetime(2026, 2, 1, tzinfo=UTC)
    assert query.until == datetime(2026, 3, 1, tzinfo=UTC)
