"""The docs' pictures show what a card's components hold."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings

from bot.card import Framing, answer_card
from docs.card_page import Shot, card_page, markdown_html
from retrieval.answer import Answer
from tests.bot.hostile import answers, framings


def test_markdown_becomes_the_html_that_a_reader_would_expect() -> None:
    """Headings, small print, quotes, bold, links and dates; nothing of the text is markup."""
    markdown = "## why?\n-# small\n### [1. A & B](https://x.org/a)\n> **it** \\*froze\\*\n> \n> <b>"
    assert markdown_html(markdown) == (
        "<h2>why?</h2><small>small</small>"
        '<h3><a href="https://x.org/a">1. A &amp; B</a></h3>'
        "<blockquote><strong>it</strong> *froze*<br><br>&lt;b&gt;</blockquote>"
    )
    assert markdown_html("<t:1580472000:D>") == "<p>31 January 2020</p>"


def test_a_private_answer_is_told_apart() -> None:
    """Discord says so below the message."""
    assert "Only you can see this" in card_page([], Shot("/ask", is_private=True), 390)
    assert "Only you can see this" not in card_page([], Shot("/ask"), 390)


def test_a_component_that_is_not_drawn_is_named() -> None:
    """A picture never leaves out silently what a card came to hold."""
    with pytest.raises(ValueError, match="component type 99"):
        card_page([{"type": 99}], Shot("/ask"), 390)


@settings(max_examples=30)
@given(answers(), framings())
def test_any_card_can_be_drawn_with_each_of_its_buttons(answer: Answer, framing: Framing) -> None:
    """The page holds every button and fetches nothing from anywhere."""
    card = answer_card(answer, framing)
    page = card_page(card.to_components(), Shot("/ask"), 390)
    drawn = re.findall("<button>(.*?)</button>", page)
    given_labels = re.findall(r"'label': '(.*?)'", str(card.to_components()))
    assert [html.unescape(label) for label in drawn] == given_labels
    assert not re.search(r"<(?:script|link|img|iframe)\b|@import|url\(", page)


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=5), "a few seconds ago"),
        (timedelta(minutes=1, seconds=9), "1 minute ago"),
        (timedelta(hours=5), "5 hours ago"),
        (timedelta(days=2, hours=3), "2 days ago"),
    ],
)
def test_how_long_ago_is_told_in_one_unit(passed: timedelta, words: str) -> None:
    """As Discord does."""
    assert words in markdown_html(f"<t:{int((datetime.now(UTC) - passed).timestamp())}:R>")
