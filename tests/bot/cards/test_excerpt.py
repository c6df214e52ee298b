"""A quote is as much of its passage as there is room for, in whole sentences."""

import doctest
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.cards import citation_text
from bot.cards.block_quote import DriftedQuoteError, require_words
from bot.cards.citation_text import fair_shares
from bot.cards.excerpt import Excerpt
from bot.cards.quoting import seen, size
from bot.cards.shown import shown
from config.errors import FootnoteError
from retrieval.answer import Citation
from tests.bot.hostile import citation_of, citations

TEXT = "It rained all week. The bridge cracked on Monday. They closed it at once. It opened in May."


BOLD = "The mayor closed it on Monday."


def excerpt_of(citation: Citation) -> Excerpt:
    return Excerpt(citation.passage, citation.answer, citation.lead_in)


def test_a_passage_with_room_is_quoted_whole() -> None:
    """Nothing is left out, so nothing marks an omission."""
    excerpt = excerpt_of(citation_of(TEXT, "The bridge cracked on Monday."))
    bold = TEXT.replace("The bridge cracked on Monday.", "**The bridge cracked on Monday.**")
    assert excerpt.within(excerpt.whole_size) == f"> {bold}"
    assert size(excerpt.within(excerpt.whole_size)) == excerpt.whole_size
    assert size(excerpt.within(excerpt.least_size)) == excerpt.least_size


def test_what_leans_on_all_before_it_is_quoted_with_all() -> None:
    """Back to where the passage begins, or with none of it."""
    excerpt = excerpt_of(citation_of("Ada spoke. She stood. They came. It froze.", "It froze."))
    assert excerpt.within(999) == "> Ada spoke. She stood. They came. **It froze.**"
    assert excerpt.within(excerpt.whole_size - 1) == "> … **It froze.**"


def test_code_is_quoted_with_its_lines_and_indentation() -> None:
    """So that it can be copied from the card."""
    excerpt = excerpt_of(citation_of("Run this:\n\nif x:\n    # now\n    go()", "go()"))
    quote = "> Run this:\n> \n> if x:\n>     \\# now\n>     **go()**"
    assert excerpt.within(excerpt.whole_size) == quote


def test_what_is_left_out_is_marked_outside_the_words() -> None:
    """An ellipsis of ours stands a space away from the article's words."""
    excerpt = excerpt_of(citation_of(TEXT, "The bridge cracked on Monday."))
    assert excerpt.within(excerpt.least_size) == "> … **The bridge cracked on Monday.** …"


def test_a_sentence_that_leans_on_another_is_quoted_with_it() -> None:
    """That they closed it says nothing without who and what."""
    lead_in = (20, 49)
    excerpt = excerpt_of(replace(citation_of(TEXT, "They closed it at once."), lead_in=lead_in))
    quote = "> … The bridge cracked on Monday. **They closed it at once.** …"
    assert excerpt.within(excerpt.least_size) == quote
    assert excerpt.within(40) == "> … **They closed it at once.** …"


def test_a_lead_in_before_the_passage_is_quoted_too() -> None:
    """The article's own sentence, though another passage holds it."""
    citation = citation_of(TEXT, "They closed it at once.")
    passage = replace(citation.passage, start=50, sentences=citation.passage.sentences[2:])
    excerpt = excerpt_of(replace(citation, passage=passage, lead_in=(20, 49)))
    quote = "> The bridge cracked on Monday. **They closed it at once.** …"
    assert excerpt.within(excerpt.least_size) == quote
    assert excerpt.within(400) == quote.replace("…", "It opened in May.")
    assert excerpt.within(40) == "> … **They closed it at once.** …"


def test_sentences_are_added_behind_first_and_then_before() -> None:
    """What follows the answer explains it more often than what leads to it."""
    excerpt = excerpt_of(citation_of(TEXT, "The bridge cracked on Monday."))
    assert excerpt.within(70) == "> … **The bridge cracked on Monday.** They closed it at once. …"


def test_context_never_begins_with_a_sentence_that_leans_on_a_left_out_one() -> None:
    """An "it" whose bridge was left out would only puzzle."""
    text = "The bridge was old. It was narrow. The mayor closed it on Monday. Boats went."
    excerpt = excerpt_of(citation_of(text, "The mayor closed it on Monday."))
    assert excerpt.within(70) == "> … **The mayor closed it on Monday.** Boats went."
    assert excerpt.within(90) == f"> {text.replace(BOLD, f'**{BOLD}**')}"


def test_a_sentence_too_long_alone_is_cut_between_words() -> None:
    """It keeps its beginning."""
    excerpt = excerpt_of(citation_of("word " * 800 + "end.", None))
    assert excerpt.within(22) == "> word word word …"


def test_paragraphs_stay_apart_in_one_quote() -> None:
    """A blank line of the article is a blank line of the quote."""
    excerpt = excerpt_of(citation_of("It froze.\n\nShips waited.", "Ships waited."))
    assert excerpt.within(100) == "> It froze.\n> \n> **Ships waited.**"


def test_without_an_answer_the_first_sentence_with_words_is_shown() -> None:
    """Some hold nothing but characters that nobody sees."""
    assert excerpt_of(citation_of("\b\n\nShips waited.\n\nIt froze.")).within(20) == (
        "> … Ships waited. …"
    )


@given(citations(), st.integers(20, 1500))
@example(citation_of("-\n\n- the"), 20)  # lines of a list lose the blank one between them
def test_any_quote_keeps_its_room_and_its_words(citation: Citation, room: int) -> None:
    """However small the room and hostile the words, they are the article's own, in one piece."""
    quote = excerpt_of(citation).within(room)
    assert size(quote) <= room
    inner = seen(shown(quote)).removeprefix("… ").removesuffix("…").split()
    assert " ".join(inner) in " ".join(seen(citation.passage.article.text).split())


@given(citations(), st.integers(20, 1500))
def test_an_answering_sentence_is_whole_where_there_is_room(citation: Citation, room: int) -> None:
    """Other sentences give way to it, never the other way round."""
    excerpt = excerpt_of(citation)
    start, end = citation.answer or citation.passage.sentences[0]
    sentence = seen(citation.passage.article.text[start:end])
    if excerpt.least_size <= room:
        assert sentence in seen(shown(excerpt.within(room)))


@given(citations(), st.integers(20, 700))
def test_more_room_never_shows_less(citation: Citation, room: int) -> None:
    """A longer quote holds the shorter one."""
    excerpt = excerpt_of(citation)
    shorter, longer = (seen(shown(excerpt.within(n))).strip("… ") for n in (room, 2 * room))
    assert shorter in longer


@pytest.mark.parametrize("answer", [(0, 5000), (-1, 4), (3, 3)])
def test_an_answer_outside_its_passage_is_refused(answer: tuple[int, int]) -> None:
    """Spans that do not fit mean that the article has changed."""
    with pytest.raises(DriftedQuoteError, match="does not lie in its article"):
        Excerpt(citation_of(TEXT).passage, answer)


def test_a_passage_behind_its_article_is_refused() -> None:
    """An article that became shorter holds the quote no longer."""
    passage = citation_of(TEXT).passage
    shorter = replace(passage, article=replace(passage.article, text=TEXT[:40]))
    with pytest.raises(DriftedQuoteError, match="index build"):
        Excerpt(shorter, None)


@pytest.mark.parametrize("markdown", ["It *froze*.", "It froze", "It froze. ", "https://x.org"])
def test_markdown_that_shows_or_does_anything_else_is_refused(markdown: str) -> None:
    """One letter more or less, a format or a link: the quote is not shown."""
    with pytest.raises(DriftedQuoteError, match="would not show"):
        require_words(markdown, "https://x.org" if "://" in markdown else "It froze.")


def test_the_example_of_fair_shares_holds() -> None:
    """What the docstring shows is what comes back."""
    assert doctest.testmod(citation_text).failed == 0


@given(st.lists(st.integers(0, 900), max_size=6), st.integers(0, 4000))
def test_shares_are_fair(needs: list[int], room: int) -> None:
    """Nobody gets more than he needs, all room is used, and who lacks has as much as any other."""
    shares = fair_shares(needs, room)
    assert all(share <= need for share, need in zip(shares, needs, strict=True))
    short = [share for share, need in zip(shares, needs, strict=True) if share < need]
    assert sum(shares) <= room
    if short:
        assert room - sum(shares) < len(needs)
        assert max(shares) - min(short) <= 1


def test_a_quote_that_drifts_is_a_fault_that_is_noted_and_no_advice_to_a_member() -> None:
    """What derives from FootnoteError is told to whoever asks, and not logged."""
    assert not issubclass(DriftedQuoteError, FootnoteError)
