"""A quoted passage is shown within its article, page by page, and nothing is left out."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.asking.button_ids import ButtonId, Press, pattern
from bot.card import Card, context_card
from bot.cards.block_quote import DriftedQuoteError
from bot.cards.layout import page_buttons
from bot.cards.quoting import longest_fit, seen
from bot.cards.shown import shown
from corpus.article import Article
from retrieval.answer import Citation
from tests.bot.hostile import citation_of, citations
from tests.bot.test_card import labels_of, presses_of, require_limits

PARAGRAPHS = [f"Paragraph {n} begins. " + "It goes on for a while. " * 20 for n in range(12)]
TEXT = "\n\n".join(paragraph.strip() for paragraph in PARAGRAPHS)
ARTICLE = Article("a", "A title", "Herald", None, date(2020, 1, 31), None, TEXT)
START = TEXT.index("Paragraph 6")
PASSAGE = (START, START + 300)


def press(page: int) -> ButtonId:
    return ButtonId(Press.CONTEXT, "ab12cd34ef", (2, page))


def page_of(card: Card) -> tuple[int, int]:
    found = re.search(r"page (\d+) of (\d+)", card.rows[0].markdown)  # type: ignore[union-attr]
    return (int(found[1]), int(found[2])) if found else (1, 1)


def body_of(card: Card) -> str:
    return card.rows[1].markdown  # type: ignore[union-attr]


def test_the_first_page_shown_is_the_one_that_holds_the_passage() -> None:
    """The passage stands in a block quote that words announce, its context around it."""
    card = context_card(ARTICLE, PASSAGE, (START, START + 19), press(0))
    body = body_of(card)
    assert "\n\n-# The quoted passage:\n> **Paragraph 6 begins.**" in body
    assert body.startswith("Paragraph 4 begins.")
    assert seen(shown(body)).count(TEXT[slice(*PASSAGE)]) == 1


def test_the_pages_beside_are_one_press_away() -> None:
    """Their numbers are absolute, so that a press means the same whenever it is made."""
    card = context_card(ARTICLE, PASSAGE, None, press(0))
    page, pages = page_of(card)
    assert 1 < page < pages
    assert labels_of(card) == ["Earlier", "Later"]
    assert [id_.numbers for id_ in presses_of(card)] == [(2, page - 1), (2, page + 1)]
    assert context_card(ARTICLE, PASSAGE, None, press(page)) == card


def test_the_outer_pages_lead_inwards_only() -> None:
    """There is nothing before the first page, nor behind the last."""
    first = context_card(ARTICLE, PASSAGE, None, press(1))
    last = context_card(ARTICLE, PASSAGE, None, press(9999))
    assert labels_of(first) == ["Later"]
    assert labels_of(last) == ["Earlier"]
    assert page_of(last)[0] == page_of(last)[1]


def test_no_button_leads_to_a_page_that_its_id_cannot_name() -> None:
    """An id holds four digits; who presses one with five would hear nothing."""
    (row,) = page_buttons(9999, 12_000, press)
    assert [button.id for button in row.buttons] == [press(9998)]
    assert re.fullmatch(pattern(), str(press(9999)))


def test_a_short_article_is_one_page_without_buttons() -> None:
    """Nothing can be turned where nothing is behind it."""
    card = context_card(citation_of("It froze.").passage.article, (0, 9), None, press(0))
    assert page_of(card) == (1, 1)
    assert labels_of(card) == []


@settings(max_examples=50)
@given(citations())
def test_the_pages_show_the_whole_article_and_keep_every_limit(citation: Citation) -> None:
    """Turned from first to last they show each word of the article once, in its order."""
    article, passage = citation.passage.article, citation.passage
    span = (passage.start, passage.end)
    first = context_card(article, span, citation.answer, press(1))
    bodies = []
    for number in range(1, page_of(first)[1] + 1):
        card = context_card(article, span, citation.answer, press(number))
        require_limits(card)
        bodies.append(seen(shown(body_of(card).replace("-# The quoted passage:\n", ""))))
    assert "".join("".join(bodies).split()) == "".join(seen(article.text).split())


@pytest.mark.parametrize("text", ["\x1b\n\n" + "x" * 4000, "x" * 4000 + "\n\n\u200b"])
def test_a_paragraph_that_shows_nothing_is_no_page(text: str) -> None:
    """Discord refuses a text without a character that can be seen."""
    start = text.index("x")
    article = citation_of(text).passage.article
    pages = page_of(context_card(article, (start, start + 4000), None, press(0)))[1]
    for number in range(1, pages + 1):
        require_limits(context_card(article, (start, start + 4000), None, press(number)))


@pytest.mark.parametrize("mark", ["\u0301", "\U0001e8d0"])
@pytest.mark.parametrize("letter", ["*", "👩"])
def test_a_letter_with_more_marks_than_a_page_holds_is_cut(letter: str, mark: str) -> None:
    """Else its page would never be done."""
    text = f"Before. {letter}{mark * 4000} after."
    article = citation_of(text).passage.article
    pages = page_of(context_card(article, (0, 7), None, press(0)))[1]
    bodies = []
    for number in range(1, pages + 1):
        card = context_card(article, (0, 7), None, press(number))
        require_limits(card)
        bodies.append(seen(shown(body_of(card).replace("-# The quoted passage:\n", ""))))
    assert "".join("".join(bodies).split()) == "".join(seen(text).split())


def test_a_long_paragraph_is_looked_at_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a book of one paragraph would take the square of its length."""
    looked_at = []

    def noted(words: str, room: int, render: Callable[[str], str]) -> int:
        looked_at.append(len(words))
        return longest_fit(words, room, render)

    monkeypatch.setattr("bot.cards.context_card.longest_fit", noted)
    article = citation_of("It froze. " * 5000).passage.article
    assert page_of(context_card(article, (0, 9), None, press(0)))[1] > 30
    assert max(looked_at) <= 6400


def test_a_passage_that_shows_nothing_is_still_announced() -> None:
    """Even then a page can be shown."""
    article = citation_of("It froze.\n\n\u200b").passage.article
    require_limits(context_card(article, (11, 12), None, press(0)))


@settings(max_examples=50)
@given(citations(), st.integers(0, 9999))
def test_any_page_number_shows_a_page(citation: Citation, number: int) -> None:
    """A button from another time may name a page that is no more."""
    span = (citation.passage.start, citation.passage.end)
    page, pages = page_of(context_card(citation.passage.article, span, None, press(number)))
    assert 1 <= page <= pages


def test_a_passage_outside_the_article_is_refused() -> None:
    """The article has changed since it was quoted."""
    with pytest.raises(DriftedQuoteError, match="has changed"):
        context_card(ARTICLE, (5, 99999), None, press(0))
