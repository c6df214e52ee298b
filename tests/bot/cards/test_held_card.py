"""What new articles would lose fits on a card, whatever is written in it, and pings nobody."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.asking.button_ids import ButtonId, Press, pattern
from bot.card import Card
from bot.cards.held_card import QUESTION_GONE, as_receipt, held_card, with_losses
from bot.cards.layout import CONTENT_MAX, Buttons, Text, text_room
from bot.cards.quoting import size
from retrieval.golden import FIRST, Finding, GoldenQuestion, Loss
from tests.bot.hostile import sentence

GENERATION = "000007-20260131T120000"
IDS = st.lists(sentence, max_size=FIRST).map(tuple)
LOSSES = st.lists(
    st.builds(
        Loss,
        st.builds(GoldenQuestion, sentence, sentence),
        st.builds(Finding, st.integers(1, FIRST), IDS),
        st.builds(Finding, st.none(), IDS, st.booleans()),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=60)
@given(LOSSES)
def test_it_fits_beside_the_longest_report(losses: list[Loss]) -> None:
    """Within Discord's limits as a card, and as plain text for servers that know no cards."""
    report = Card((Text("x" * CONTENT_MAX),))
    card = with_losses(report, GENERATION, losses)
    assert text_room(card.rows) >= 0
    assert size(card.plain()) <= CONTENT_MAX
    assert size(held_card(GENERATION, losses).text) <= CONTENT_MAX


def test_a_question_that_is_gone_is_told_without_its_words() -> None:
    """Its loss stays: what its article was, and what is found instead."""
    lost = Loss(GoldenQuestion("", "bread.md", 3), Finding(1, ("bread.md",)), Finding(None, ()))
    text = held_card(GENERATION, [lost]).text
    assert "1 golden question would not find" in text
    assert f"**{QUESTION_GONE}** before: bread" in text


def test_five_losses_are_told_and_the_others_counted() -> None:
    """What each question found before, and what it would find now."""
    losses = [
        Loss(
            GoldenQuestion(f"Who baked {n}?", "bread.md", n),
            Finding(1, ("bread.md",)),
            Finding(None, ("a.md",)),
        )
        for n in range(1, 7)
    ]
    five, six = (held_card(GENERATION, losses[:n]).text.splitlines() for n in (5, 6))
    assert five == [*six[:1], six[1].replace("6", "5"), *six[2:7], *six[8:]]
    assert six[1] == (
        "With them, 6 golden questions would not find what is found now."
        " Answers come from the old articles meanwhile."
    )
    assert six[2] == "- **Who baked 1?** before: bread.md as number 1; now: a.md"
    assert six[7] == "- and 1 more"
    assert six[-1] == f"-# index {GENERATION}"


def test_the_button_names_the_generation() -> None:
    """Its id is one that is answered after a restart."""
    (button,) = (
        button
        for row in held_card(GENERATION, ()).rows
        if isinstance(row, Buttons)
        for button in row.buttons
    )
    assert button.id == ButtonId(Press.USE, "00000720260131t120000")
    assert button.id.receipt == as_receipt(GENERATION)
    assert re.fullmatch(pattern(), str(button.id))


def test_a_report_without_losses_stays_as_it_was() -> None:
    """Nothing waits."""
    report = Card((Text("fresh"),))
    assert with_losses(report, GENERATION, ()) is report
