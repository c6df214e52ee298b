"""A receipt shows what an answer rested on and whether it still stands."""

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.asking.receipt import Check, CitedPassage, Receipt, cited_passages
from bot.card import receipt_card
from retrieval.answer import Citation
from tests.bot.hostile import citation_of, citations, title
from tests.bot.test_card import answer_of, require_limits

CITED = CitedPassage(
    1, "0123456789abcdef", "bridge", 40, 1240, None, None, "ab" * 32, 0.9, 0.8, 0.7
)
RECEIPT = Receipt(
    id="ab12cd34ef",
    asked_at=datetime(2024, 5, 1, 12, tzinfo=UTC),
    question="why?",
    query="why?",
    confidence="strong",
    probability=0.9,
    reason=None,
    generation="000001-20240501T120000",
    sources=(),
    since=None,
    until=None,
    took_ms=12.4,
    citations=(CITED,),
)
ARTICLE = citation_of("It froze.").passage.article
CITATIONS = citations(texts=st.just("word"))  # no word of an article is shown


def test_a_receipt_names_passages_hashes_scores_and_findings() -> None:
    """All that is needed to check an answer by hand."""
    text = receipt_card(RECEIPT, [Check(CITED, "unchanged", ARTICLE)]).text
    assert text == (
        "## Receipt ab12cd34ef\n"
        "**1 quote: stands word for word in the stored articles.**\n"
        "Asked on <t:1714564800:f>: why?\n"
        "-# Answer: strong · found in 12 ms · index 000001-20240501T120000\n"
        "**1. A title**\n"
        "Stands word for word; score 0.90 (meaning 0.80, words 0.70)\n"
        "-# Passage 0123456789abcdef, characters 40 to 1,240\n"
        f"-# SHA-256 {'ab' * 32}"
    )


def test_a_quote_that_changed_is_told_from_one_that_is_gone() -> None:
    """The verdict counts, and each quote says its own finding."""
    checks = [Check(CITED, "changed", ARTICLE), Check(CITED, "gone", None)]
    text = receipt_card(RECEIPT, checks).text
    assert "**0 of 2 quotes still stand in the stored articles.**" in text
    assert "**1. A title**\nThe article has changed there;" in text
    assert "**1. bridge**\nThe article is gone;" in text
    one_stands = [Check(CITED, "unchanged", ARTICLE), *checks]
    assert "1 of 3 quotes still stands in" in receipt_card(RECEIPT, one_stands).text


def test_what_the_question_was_narrowed_to_is_shown() -> None:
    """Filters are part of what was asked."""
    narrowed = replace(RECEIPT, sources=("Herald", "Gazette"), since=date(2020, 1, 31))
    text = receipt_card(narrowed, []).text
    assert "-# Only outlets: Herald and Gazette, since <t:1580464800:D>" in text
    assert "**Nothing was quoted.**" in text


def test_a_pinned_quote_says_for_what_and_a_plain_message_has_less_room() -> None:
    """Of a hash, which no eye compares whole, its beginning."""
    pinned = replace(CITED, pinned="Why @here?")
    card = receipt_card(replace(RECEIPT, until=date(2020, 1, 31)), [Check(pinned, "gone", None)])
    assert "characters 40 to 1,240; pinned for: Why \\@here?\n" in card.text
    assert "\n-# Only until <t:1580464800:D>\n" in card.text
    assert f"\n-# SHA-256 {'ab' * 32}" in card.text
    assert card.plain().endswith(f"\n-# SHA-256 {'ab' * 8}…")
    six = receipt_card(RECEIPT, [Check(CITED, "unchanged", ARTICLE)] * 6)
    assert six.text.count("SHA-256") == 5
    assert "**6 quotes: all stand word for word in the stored articles.**" in six.text


def test_the_question_that_was_searched_for_is_shown_when_it_differs() -> None:
    """Carried-over words are shown as on the answer's card."""
    text = receipt_card(replace(RECEIPT, query="why in 2015?"), []).text
    assert "\nSearched for: why in 2015?\n" in text


@settings(max_examples=50)
@given(st.lists(CITATIONS, max_size=7), title, title, st.lists(title, max_size=5))
def test_any_receipt_keeps_every_limit(
    cited: list[Citation], question: str, query: str, sources: list[str]
) -> None:
    """Whatever was asked and quoted, Discord takes the message."""
    kept = cited_passages(answer_of(*cited))
    receipt = replace(RECEIPT, question=question, query=query, sources=tuple(sources))
    articles = [citation.passage.article for citation in cited]
    checks = [Check(c, "unchanged", article) for c, article in zip(kept, articles, strict=True)]
    require_limits(receipt_card(receipt, checks))
