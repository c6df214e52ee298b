"""A quotation hides what its article hides, and shows all else, wherever it is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking.button_ids import ButtonId, Press
from bot.cards.block_quote import (
    DriftedQuoteError,
    block_quote,
    hidden_in,
    quotation,
    require_words,
    words_in,
)
from bot.cards.context_card import context_card
from bot.cards.excerpt import Excerpt
from bot.cards.shown import pieces
from corpus.article import Article, Passage, Span
from corpus.split import sentence_spans
from corpus.spoilers import CLOSING, OPENING

BUTLER = f"It was {OPENING}the butler{CLOSING}. {OPENING}He fled. Far away.{CLOSING} Nobody saw."
SPOILERS = st.sampled_from([OPENING, CLOSING, "||", "\n\n", "\n\n- ", "**", "The end.", "b", " "])
TEXTS = st.lists(SPOILERS | st.text("ab. é|*-", max_size=9), min_size=1, max_size=12).map("".join)


def behind_bars(markdown: str) -> str:
    return "".join(piece.shown for piece in pieces(markdown) if "spoiler" in piece.kinds)


def letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalpha())


def open_letters(markdown: str) -> str:
    return "".join(letters(p.shown) for p in pieces(markdown) if "spoiler" not in p.kinds)


@pytest.mark.parametrize(
    ("span", "bold", "quote"),
    [
        ((0, 24), None, r"It was ||the butler||\."),
        ((0, 24), (0, 24), r"**It was** ||**the butler**||**\.**"),
        ((14, 18), None, "||butl||"),
        ((25, 40), (37, 40), "||He fled.|| ||**Far**||"),
        ((0, 8), None, "It was "),
    ],
)
def test_what_is_hidden_stays_hidden(span: Span, bold: Span | None, quote: str) -> None:
    """Also where a quotation begins or ends within it, and where it is the answer."""
    assert quotation(BUTLER, span, bold) == quote
    assert require_words(quote, words_in(BUTLER, span), hidden_in(BUTLER, span)) == quote


@pytest.mark.parametrize("quote", ["It was the butler.", "||It was the butler.||"])
def test_a_quote_that_hides_too_little_or_too_much_is_not_sent(quote: str) -> None:
    """It would tell what its author hid, or hide what he told."""
    with pytest.raises(DriftedQuoteError, match="It was the butler"):
        require_words(quote, words_in(BUTLER, (0, 24)), hidden_in(BUTLER, (0, 24)))


def test_what_shows_nothing_keeps_no_marks_apart() -> None:
    """Where only invisible letters are hidden, what stands around them is bold in one piece."""
    text = f"ice{OPENING}\u200b{CLOSING}berg"
    assert quotation(text, (0, len(text)), (0, len(text))) == "**iceberg**"


@given(TEXTS, st.data())
def test_all_that_is_hidden_is_behind_bars(text: str, data: st.DataObject) -> None:
    """And nothing else is, whatever stands there and wherever it is cut."""
    ends = st.integers(0, len(text))
    start, end = sorted((data.draw(ends), data.draw(ends)))
    first, last = sorted((data.draw(ends), data.draw(ends)))
    quote = block_quote(quotation(text, (start, end), (first, last)))
    require_words(quote, words_in(text, (start, end)), hidden_in(text, (start, end)))
    assert sorted(letters(behind_bars(quote)) + open_letters(quote)) == sorted(
        letters(text[start:end])
    )


@given(st.integers(20, 120), st.integers(0, 3))
def test_every_card_keeps_it_hidden(room: int, answering: int) -> None:
    """An excerpt of any length, and the page around it."""
    sentences = tuple(sentence_spans(BUTLER))
    article = Article("a", "A title", None, None, None, None, BUTLER)
    passage = Passage("p", article, 0, len(BUTLER), sentences)
    answer = sentences[answering % len(sentences)]
    page = context_card(article, answer, answer, ButtonId(Press.CONTEXT, "ab12cd34ef", (1, 0)))
    for shown in (Excerpt(passage, answer).within(room), page.text, page.plain()):
        assert not any(word in open_letters(shown) for word in ("butler", "fled", "Far", "away"))
    assert "the butler" in behind_bars(page.text)
