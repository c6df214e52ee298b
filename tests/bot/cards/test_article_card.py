"""An article's pages keep Discord's limits and show every kept word with its passage's id."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.articles.originals import ShownArticle
from bot.asking.button_ids import Press
from bot.cards.article_card import article_card
from bot.cards.quoting import seen
from bot.cards.shown import shown
from corpus.article import Article, Passage
from corpus.extracted import Dropped
from corpus.original import Original, State
from tests.bot.hostile import articles, citation_of, hostile_text, title
from tests.bot.test_card import presses_of, require_limits

_CUT = 40  # characters of a word that may stand on two pages


@st.composite
def shown_articles(draw: st.DrawFn) -> ShownArticle:
    """Return an article cut into passages, a paragraph each."""
    article: Article = draw(articles())
    spans = [match.span() for match in re.finditer(r"[^\n]+", article.text)]
    passages = tuple(Passage(f"{n:016x}", article, *span, (span,)) for n, span in enumerate(spans))
    pieces = draw(st.lists(st.builds(Dropped, hostile_text | title, title), max_size=4))
    state: State = draw(st.sampled_from(["unchanged", "changed", "gone", "unknown"]))
    original = Original(state, draw(st.none() | st.just(tuple(pieces))), draw(st.none() | title))
    return ShownArticle(article, passages, draw(title), original)


@settings(max_examples=50)
@given(shown_articles(), st.integers(0, 12))
def test_any_page_keeps_every_limit(article: ShownArticle, page: int) -> None:
    """Beyond the last page stands the last."""
    require_limits(article_card(article, page))


@settings(max_examples=50)
@given(shown_articles())
def test_the_pages_show_every_passage_under_its_id(article: ShownArticle) -> None:
    """Turning to the end, nothing of what was kept is missed."""
    pages, page = [], 1
    while True:
        card = article_card(article, page)
        pages.append(shown(card.text))
        numbers = [press.numbers[0] for press in presses_of(card) if press.press is Press.SHOW]
        if page + 1 not in numbers:
            break
        page += 1
    whole = "".join(seen(text).replace(" ", "") for text in pages)
    for passage in article.passages:
        if seen(passage.text).strip():
            assert passage.id in whole
            words = seen(passage.text).split(" ")
            assert all(word in whole for word in words if len(word) < _CUT)


def test_a_letter_with_more_marks_than_a_page_holds_is_cut() -> None:
    """Else its page would be longer than Discord takes."""
    article = citation_of("a" + "\u0301" * 9000).passage.article
    passage = Passage("0123456789abcdef", article, 0, 9001, ((0, 9001),))
    shown_article = ShownArticle(article, (passage,), "a.txt", Original("unchanged"))
    for page in range(1, 12):
        require_limits(article_card(shown_article, page))
    assert article_card(shown_article, 1) != article_card(shown_article, 2)


def test_a_short_article_has_no_pages() -> None:
    """And says what became of its file."""
    article = citation_of("It froze.").passage.article
    passage = Passage("0123456789abcdef", article, 0, 9, ((0, 9),))
    original = Original("changed", (Dropped("Home", "navigation"),))
    card = article_card(ShownArticle(article, (passage,), "news/a.txt", original), 1)
    assert presses_of(card) == []
    assert "its file has changed since" in card.text
    assert "-# 0123456789abcdef\nIt froze." in card.text
    assert card.text.endswith("**Dropped: 1 piece**\n-# navigation\nHome")
