"""What moderators see keeps Discord's limits, whatever articles and reasons hold."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.asking.button_ids import ButtonId, Press
from bot.asking.receipt import Check, Finding, cited_passages
from bot.cards.moderation_cards import hidden_card, moderation_card, pinned_card
from bot.moderators.hidden import Hidden
from corpus.article import Article
from retrieval.answer import Answer
from tests.bot.cards.test_receipt_card import RECEIPT
from tests.bot.hostile import answers, articles, title
from tests.bot.test_card import labels_of, presses_of, require_limits

UNDO = ButtonId(Press.UNHIDE, "ab12cd34ef", (1, 0))


@given(answers(), st.data())
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


@given(title, title, st.none() | st.datetimes(timezones=st.just(UTC)), st.lists(articles()))
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
