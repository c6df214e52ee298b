"""Cards keep Discord's limits and show the articles' words, whatever the articles hold."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import anyio
import pytest
from hypothesis import given, settings

from bot.asking.button_ids import ButtonId, Press, pattern
from bot.card import Card, Framing, answer_card, notice, refusal
from bot.cards import block_quote
from bot.cards.block_quote import DriftedQuoteError
from bot.cards.quoting import as_markdown, one_line, seen, size
from bot.cards.shown import pieces, shown
from config.errors import FootnoteError
from corpus.list_lines import close_up
from retrieval.answer import Answer, Citation
from retrieval.confidence import Confidence
from retrieval.generation import Coverage
from tests.bot.hostile import answers, citation_of, framings, title
from tests.discord_server.components import (
    COMPONENTS_MAX,
    CUSTOM_ID_MAX,
    LABEL_MAX,
    ROW_BUTTONS_MAX,
    TEXT_MAX,
    URL_MAX,
)
from tests.discord_server.posting import CONTENT_MAX

PAGE = "https://news.example/x"
FRAMING = Framing(
    "why?", None, "ab12cd34ef", date(2024, 5, 1), Coverage(("Herald",), date(2020, 1, 31), None)
)


def answer_of(*citations: Citation, confidence: Confidence = "strong") -> Answer:
    return Answer("why?", confidence, 0.9, None, citations, "000001", 1.0)


def nested(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in components:
        yield component
        yield from nested(component.get("components", []))


def labels_of(card: Card) -> list[str]:
    return [c["label"] for c in nested(card.to_components()) if c["type"] == 2]


def presses_of(card: Card) -> list[ButtonId]:
    ids = [c["custom_id"] for c in nested(card.to_components()) if c["type"] == 2]
    matches = [re.fullmatch(pattern(), custom_id) for custom_id in ids]
    return [ButtonId.from_match(match) for match in matches if match]


def require_limits(card: Card) -> None:
    """Check every limit that Discord refuses a message for, as its stand-in has them."""
    everything = list(nested(card.to_components()))
    texts = [c["content"] for c in everything if c["type"] == 10]
    buttons = [c for c in everything if c["type"] == 2]
    assert len(everything) <= COMPONENTS_MAX
    assert all(text.strip() for text in texts)
    assert sum(map(size, texts)) <= TEXT_MAX
    assert all(1 <= len(c["components"]) <= ROW_BUTTONS_MAX for c in everything if c["type"] == 1)
    assert all(0 < len(c["label"]) <= LABEL_MAX for c in buttons)
    assert all(len(c["custom_id"]) <= CUSTOM_ID_MAX for c in buttons)
    assert len({c["custom_id"] for c in buttons}) == len(buttons)
    assert 0 < size(card.plain()) <= CONTENT_MAX
    for text in (*texts, card.plain()):
        text.encode()
        assert all(len(url) <= URL_MAX for url in re.findall(r"\]\(<?([^\s<>]+?)>?\)", text))


def quotes_of(card: Card) -> list[str]:
    """Return what a reader sees of each block quote."""
    quotes = re.findall(r"(?m)(?:^> .*\n?)+", card.text)
    return [shown(quote.rstrip("\n")) for quote in quotes]


@given(answers(), framings())
def test_any_answer_makes_a_card_that_keeps_every_promise(answer: Answer, framing: Framing) -> None:
    """Whatever articles hold, Discord takes the message, and it shows their words as they are."""
    card = answer_card(answer, framing)
    require_limits(card)
    require_own_words(card, answer)
    require_nothing_acts(card)


@settings(max_examples=20)
@given(answers(), framings())
def test_a_card_is_a_function_of_what_it_shows(answer: Answer, framing: Framing) -> None:
    """Sent again, it is the same."""
    assert answer_card(answer, framing) == answer_card(replace(answer), replace(framing))


def require_own_words(card: Card, answer: Answer) -> None:
    """Check that each quote is of its article, in one piece, a short answering sentence whole."""
    for quote, citation in zip(quotes_of(card), answer.citations, strict=True):
        inner = seen(quote).removeprefix("… ").removesuffix(" …")
        text = citation.passage.article.text
        assert inner in seen(close_up(text, (0, len(text))))
        start, end = citation.answer or (citation.passage.start, citation.passage.end)
        sentence = seen(text[start:end])
        assert inner.strip() or not sentence.strip()
        assert not citation.answer or end - start > 60 or sentence in seen(quote)


def require_nothing_acts(card: Card) -> None:
    """Check that nothing is a mention, an emoji, code or a format but our own links and dates."""
    for markdown in (card.text, card.plain()):
        read = list(pieces(markdown))
        assert set().union(*(p.kinds for p in read)) <= {"text", "bold", "link", "time"}
        targets = {piece.target for piece in read if "link" in piece.kinds}
        assert all(re.match("https?://news[.]example/", target or "") for target in targets)


@pytest.mark.parametrize("word", ["ice ", "*_* "])
def test_the_longest_of_everything_fits_and_leaves_little_room_unused(word: str) -> None:
    """A question, a name or a title of any length gives way to the quotes, and they to it."""
    text = "It froze. " + f"Ice {word}lay. " * 300
    cited = [
        replace(
            citation_of(text, "It froze.", title=f"{n} {word * 99}", source=f"{n} {word * 99}"),
            rank=n,
        )
        for n in range(1, 9)
    ]
    answer = replace(answer_of(*cited), reason=word * 99)
    framing = replace(
        FRAMING, question=word * 900, resolved=word * 900, heading=word * 99, read=1000
    )
    card = answer_card(answer, framing)
    require_limits(card)
    used = size(card.text) + sum(map(size, labels_of(card)))
    assert TEXT_MAX - 60 < used <= TEXT_MAX
    assert CONTENT_MAX - 60 < size(card.plain()) <= CONTENT_MAX
    for shown_text, quotes in ((card.text, 5), (card.plain(), 3)):
        assert shown_text.count("**It froze.**") == quotes
        assert "0 more" not in shown_text
    silent = replace(answer_of(confidence="none"), reason=word * 99)
    outlets = tuple(f"{n} {word * 99}" for n in range(20))
    require_limits(
        answer_card(silent, replace(framing, coverage=Coverage(outlets, date(2020, 1, 31), None)))
    )


def test_a_plain_message_that_is_full_shows_no_previews_either() -> None:
    """Angle brackets around its links have their room."""
    text = "It froze. " + "Ice lay. " * 300
    answer = answer_of(citation_of(text, "It froze.", url=PAGE))
    for length in range(1, 20):
        plain = answer_card(answer, replace(FRAMING, question="w" * length)).plain()
        assert CONTENT_MAX - 60 < size(plain) <= CONTENT_MAX
        assert plain.count("](<https://") == plain.count("](") == 2


def test_discord_py_keeps_no_reference_to_a_card() -> None:
    """Its buttons are answered by their ids, also after a restart."""

    async def is_finished() -> bool:
        return notice("So.").layout().is_finished()

    assert anyio.run(is_finished)


def test_the_card_of_an_answer_reads_from_the_question_to_the_small_print() -> None:
    """What was asked, how sure, on what it rests, the quotes, and where to check them."""
    text = "Nobody came. The bridge was closed because it had cracked. It opened in May."
    citation = citation_of(text, "The bridge was closed because it had cracked.", url=PAGE)
    assert answer_card(answer_of(citation), FRAMING).text == (
        "## why?\n"
        "**Strong:** the articles very likely answer this.\n"
        "-# 1 passage from 1 article by Herald, <t:1580464800:D>\n"
        f"### [1. A title]({PAGE})\n"
        "Herald · <t:1580464800:D> · [read it there]"
        f"({PAGE}#:~:text=The%20bridge%20was,had%20cracked.)\n"
        "> Nobody came. **The bridge was closed because it had cracked.** It opened in May.\n"
        "-# Articles as of <t:1714557600:D> · /receipt ab12cd34ef"
    )


def test_a_resolved_question_and_a_heading_are_shown_small() -> None:
    """Carried-over words are never kept from the one who asked."""
    framing = replace(FRAMING, resolved="why in 2015?", heading="Timeline")
    text = answer_card(answer_of(citation_of("It froze.")), framing).text
    assert text.startswith("-# **Timeline**\n## why?\n-# searched for: why in 2015?\n")


def test_a_partial_answer_says_what_that_means() -> None:
    """The word stands beside its meaning."""
    answer = answer_of(citation_of("It froze."), confidence="partial")
    text = answer_card(replace(answer, reason="the articles come close"), FRAMING).text
    assert "\n**Partial:** the articles come close.\n" in text


def test_without_an_answer_the_card_says_why_and_what_is_covered() -> None:
    """No source is shown as if it answered, and only what makes sense can be pressed."""
    answer = replace(answer_of(confidence="none"), reason="nothing does")
    card = answer_card(answer, FRAMING)
    assert card.text == (
        "## why?\n**No answer:** nothing does.\nThe articles cover Herald, <t:1580464800:D>.\n"
        "-# Articles as of <t:1714557600:D> · /receipt ab12cd34ef"
    )
    assert labels_of(card) == ["Helpful", "Not helpful", "Delete"]


def test_where_no_outlet_says_what_is_covered_titles_do() -> None:
    """Guides and rules are of no outlet; what a title looks like is shown as it is written."""
    near = citation_of("It froze.").passage.article
    answer = replace(answer_of(confidence="none"), nearest=(near, replace(near, title="*Ice*")))
    text = answer_card(answer, replace(FRAMING, coverage=Coverage((), None, None))).text
    assert f"\nNearest to it: {near.title} and \\*Ice\\*.\n" in text
    assert "Nearest to it" not in answer_card(answer, FRAMING).text


@pytest.mark.parametrize(
    "title", ["https://bank.example/log-in", "Read HTTPS://bank.example", "http://x and more"]
)
def test_a_title_that_shows_an_address_is_no_link_to_another(title: str) -> None:
    """The words beside it lead to the page."""
    card = answer_card(answer_of(citation_of("It froze.", title=title, url=PAGE)), FRAMING)
    linked = {piece.shown: piece.target for piece in pieces(card.text) if "link" in piece.kinds}
    assert list(linked) == ["read it there"]
    assert str(linked["read it there"]).startswith(PAGE)
    assert title in shown(card.text)


def test_every_quote_has_a_button_for_its_context() -> None:
    """Buttons are words, and their ids hold all that is needed after a restart."""
    cited = [replace(citation_of("It froze."), rank=rank) for rank in (1, 2)]
    card = answer_card(answer_of(*cited), FRAMING)
    assert labels_of(card) == [
        "Context 1", "Context 2", "More", "Timeline", "Helpful", "Not helpful", "Delete"
    ]  # fmt: skip
    assert presses_of(card)[1] == ButtonId(Press.CONTEXT, "ab12cd34ef", (2, 0))
    assert presses_of(card)[2] == ButtonId(Press.MORE, "ab12cd34ef")


def test_what_comes_nearest_is_offered_where_nothing_answers() -> None:
    """Five buttons stand in a row; what it shows is said to be no answer."""
    none = replace(answer_of(), confidence="none")
    offered = answer_card(none, replace(FRAMING, can_tell=True, has_nearest=True))
    assert labels_of(offered) == [
        "What comes nearest", "Tell me when it is answered", "Helpful", "Not helpful", "Delete"
    ]  # fmt: skip
    nearest = replace(none, citations=(citation_of("It froze."),))
    card = answer_card(nearest, replace(FRAMING, has_more=False, has_timeline=False))
    assert "**No answer:** nothing in these articles answers this." in card.text
    assert "It froze." in shown(card.text)


def test_a_private_answer_can_be_shared_and_not_deleted() -> None:
    """Discord itself lets one dismiss what only he sees."""
    card = answer_card(answer_of(citation_of("It froze.")), replace(FRAMING, is_private=True))
    assert labels_of(card)[-1] == "Share"


def test_without_a_receipt_nothing_can_be_pressed() -> None:
    """Every button needs the answer's parts, which were not kept."""
    card = answer_card(answer_of(citation_of("It froze.")), replace(FRAMING, receipt=None))
    assert labels_of(card) == []
    assert "/receipt" not in card.text


def test_a_passage_that_does_not_lie_in_its_article_is_never_shown() -> None:
    """Spans from another version of the article stop the card."""
    citation = citation_of("It froze.")
    shifted = replace(citation, passage=replace(citation.passage, end=99))
    with pytest.raises(DriftedQuoteError, match="does not lie in its article"):
        answer_card(answer_of(shifted), FRAMING)


def test_a_quote_that_would_show_other_words_is_never_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Were a mark once not escaped, the card would refuse the quote rather than show it."""
    monkeypatch.setattr(block_quote, "as_markdown", lambda text: text)
    with pytest.raises(DriftedQuoteError, match="would not show"):
        answer_card(answer_of(citation_of("It *froze* hard.")), FRAMING)


def test_a_story_that_ran_elsewhere_names_where() -> None:
    """Sites by their names, articles without an address by their own."""
    linked = citation_of("x", url="https://www.bbc.com/x").passage.article
    named = citation_of("x", title="Ice", source="Gazette").passage.article
    citation = replace(citation_of("It froze."), also_in=(linked, named))
    assert "\n-# also in bbc.com, Gazette: Ice\n" in answer_card(answer_of(citation), FRAMING).text


def test_an_undated_article_is_called_undated() -> None:
    """No date is guessed."""
    citation = citation_of("It froze.", published=None)
    assert "\nHerald · undated\n" in answer_card(answer_of(citation), FRAMING).text


@given(title)
def test_a_notice_is_shown_as_it_is(words: str) -> None:
    """Plain words stay plain, within the limits."""
    card = notice(words)
    require_limits(card)
    whole = one_line(words)
    if size(as_markdown(whole)) <= CONTENT_MAX:
        assert shown(card.text) == (whole or "…")
    assert whole.startswith(shown(card.text).removesuffix("…").rstrip())


def test_a_refusal_is_a_sentence_of_its_reason() -> None:
    """Whatever it holds, nothing of it acts."""
    assert refusal("no refresh is running").text == "No refresh is running."
    assert refusal(FootnoteError("'@here' is not hidden")).text == "'\\@here' is not hidden."


def test_what_is_left_out_of_a_card_is_counted() -> None:
    """Quotes beyond five, in plain words beyond three; outlets beyond twelve; a long question."""
    cited = [replace(citation_of(f"It froze {n}."), rank=n) for n in range(1, 8)]
    card = answer_card(answer_of(*cited), replace(FRAMING, read=1234))
    assert "\n-# only the first 1,234 characters were read\n" in card.text
    assert "\n-# 2 more found than fit here · Articles as of " in card.text
    assert "\n-# 4 more found than fit here · Articles as of " in card.plain()
    assert [text.count("> It froze") for text in (card.text, card.plain())] == [5, 3]
    outlets = tuple(f"O{n}" for n in range(13))
    silent = answer_of(confidence="none")
    text = answer_card(silent, replace(FRAMING, coverage=Coverage(outlets, None, None))).text
    assert "O10, O11 and 1 more, undated." in text
    assert "more found" not in text


def test_lines_stand_between_quotes_and_nowhere_else() -> None:
    """None above the question, and none before the small print."""
    two = [replace(citation_of("It froze."), rank=rank) for rank in (1, 2)]
    rows = answer_card(answer_of(*two), FRAMING).rows
    kinds = [type(row).__name__ for row in rows]
    assert kinds == ["Text", "Separator", "Text", "Separator", "Text", "Text", "Buttons", "Buttons"]


def test_a_question_that_shows_nothing_still_has_a_heading() -> None:
    """Discord would show the marks of an empty one."""
    card = answer_card(answer_of(citation_of("It froze.")), replace(FRAMING, question="\u200b"))
    assert card.text.startswith("## …\n")


@pytest.mark.parametrize(
    ("framing", "labels"),
    [
        ({}, "More, Timeline, Helpful, Not helpful, Delete"),
        ({"has_more": False}, "Timeline, Helpful, Not helpful, Delete"),
        ({"has_timeline": False}, "More, Helpful, Not helpful, Delete"),
        ({"is_private": True}, "More, Timeline, Helpful, Not helpful, Share"),
    ],
)
def test_only_what_makes_sense_can_be_pressed(framing: dict[str, bool], labels: str) -> None:
    """A single quote has no order in time."""
    two = [replace(citation_of("It froze."), rank=rank) for rank in (1, 2)]
    around = replace(FRAMING, **framing)  # type: ignore[arg-type]
    assert labels_of(answer_card(answer_of(*two), around))[2:] == labels.split(", ")
    assert "Timeline" not in labels_of(answer_card(answer_of(two[0]), around))
    silent = answer_card(answer_of(confidence="none"), replace(around, can_tell=True))
    assert labels_of(silent) == ["Tell me when it is answered", *labels.split(", ")[-3:]]


@pytest.mark.parametrize(
    ("coverage", "said"),
    [
        (Coverage((), None, None), "The articles name neither outlets nor dates."),
        (Coverage(("Herald",), None, None), "The articles cover Herald, undated."),
        (Coverage((), date(2020, 1, 31), None), "The articles cover <t:1580464800:D>."),
    ],
)
def test_what_the_articles_do_not_name_is_not_said_to_be_covered(
    coverage: Coverage, said: str
) -> None:
    """They cover no "no outlet"."""
    silent = replace(answer_of(confidence="none"), nearest=())
    assert said in answer_card(silent, replace(FRAMING, coverage=coverage)).text
