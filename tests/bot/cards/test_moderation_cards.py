"""What moderators see keeps Discord's limits, whatever articles and reasons hold."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.asking.button_ids import ButtonId, Press
from bot.asking.receipt import Check, Finding, cited_passages
from bot.cards.moderation_cards import hidden_card, moderation_card, pinned_card
from bot.moderators.hidden import Hidden
from bot.moderators.pins import KeptPin
from corpus.article import Article
from retrieval.answer import Answer
from retrieval.filters import Pin
from tests.bot.cards.test_receipt_card import ARTICLE, CITED, RECEIPT
from tests.bot.hostile import answers, articles, title
from tests.bot.test_card import labels_of, presses_of, require_limits

UNDO = ButtonId(Press.UNHIDE, "ab12cd34ef", (1, 0))
NAMED = articles(st.just("word"))  # only their ids are shown


@given(answers(texts=st.just("word")), st.data())  # no word of an article is shown
def test_any_answer_can_be_moderated(answer: Answer, data: st.DataObject) -> None:
    """Three buttons a citation; what is hidden offers to be shown again."""
    cited = cited_passages(answer)
    findings: st.SearchStrategy[Finding] = st.sampled_from(["unchanged", "changed", "gone"])
    found = [data.draw(findings) for _ in cited]
    quoted = [citation.passage.article for citation in answer.citations]
    checks = [
        Check(each, finding, None if finding == "gone" else article)
        for each, finding, article in zip(cited, found, quoted, strict=True)
    ]
    hidden = {c.passage_id for c in cited} if data.draw(st.booleans()) else set()
    card = moderation_card(RECEIPT, checks, hidden)
    require_limits(card)
    assert len(presses_of(card)) == 3 * len(cited)
    assert ("Unhide passage" in labels_of(card)) == bool(hidden)


@given(title, title, st.none() | st.datetimes(timezones=st.just(UTC)), st.lists(NAMED))
def test_what_was_done_is_said_within_the_limits(
    identifier: str, reason: str, until: datetime | None, copies: list[Article]
) -> None:
    """With one button that undoes it."""
    card = hidden_card(Hidden(identifier, reason, until), UNDO, copies)
    require_limits(card)
    assert presses_of(card) == [UNDO]
    card = pinned_card(reason, "0123456789abcdef", 12)
    require_limits(card)
    assert presses_of(card) == [ButtonId(Press.UNPIN, "12")]


def test_moderators_see_which_passage_is_which_and_what_is_hidden() -> None:
    """With how its article is now, and buttons that undo what was done."""
    cited = [replace(CITED, rank=rank) for rank in (1, 2)]
    checks = [Check(cited[0], "changed", ARTICLE), Check(cited[1], "gone", None)]
    card = moderation_card(RECEIPT, checks, {"bridge"})
    assert card.text == (
        "## Which passage?\n"
        "**1. A title**\n"
        "-# passage 0123456789abcdef of bridge; its article has changed since; article hidden\n"
        "**2. bridge**\n"
        "-# passage 0123456789abcdef of bridge; its article is gone; article hidden"
    )
    assert labels_of(card) == ["Hide passage", "Unhide article", "Pin"] * 2
    assert presses_of(card)[:3] == [
        ButtonId(Press.HIDE, RECEIPT.id, (1, 0)),  # as in the ids of buttons that were sent
        ButtonId(Press.UNHIDE, RECEIPT.id, (1, 1)),
        ButtonId(Press.PIN, RECEIPT.id, (1,)),
    ]
    assert moderation_card(RECEIPT, [], ()).text == "That answer quoted nothing."
    six = [Check(replace(CITED, rank=rank), "unchanged", ARTICLE) for rank in range(1, 7)]
    five = moderation_card(RECEIPT, six, ())
    assert labels_of(five).count("Pin") == 5
    assert five.text.count("\n-# passage 0123456789abcdef of bridge\n") == 4


def test_what_was_hidden_and_pinned_is_told() -> None:
    """Why, until when, where else it ran, and what it took the place of."""
    until = datetime(2020, 1, 31, tzinfo=UTC)
    hidden = Hidden("bridge", "wrong *year*", until)
    once = hidden_card(hidden, UNDO, [ARTICLE])
    assert once.text == (
        "**Hidden:** this passage is not quoted any more until <t:1580464800:D>.\n"
        "-# bridge: wrong \\*year\\*\n"
        "-# The same passage ran in a too, and may be quoted from there."
    )
    again = hidden_card(replace(hidden, until=None), replace(UNDO, numbers=(1, 1)), was_hidden=True)
    assert again.text.startswith("**Hidden already:** this article is not quoted any more.\n-# ")
    assert "ran in" not in again.text
    replaced = KeptPin(4, Pin("why?", "feed", ""), "quay", until)
    assert pinned_card("Why @here?", "abcd", 12, replaced).text == (
        "**Pinned:** this passage is quoted first, from the next question on. It takes the place"
        " of pin 4, feed.\n"
        "-# abcd for: Why \\@here?\n"
        "-# Other wordings need pins of their own; the pin dies when the article changes."
    )
