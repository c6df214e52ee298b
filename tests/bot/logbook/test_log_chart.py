"""What `/log chart` shows fits a message, whatever the articles are called."""

from datetime import date
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from bot.cards.layout import CONTENT_MAX, TEXT_MAX, Card, Text
from bot.cards.quoting import size
from bot.logbook.log_chart import chart_card
from bot.logbook.log_statistics import DayStatistics, Statistics

_titles = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


def card_of(articles: tuple[tuple[str, int], ...], titles: dict[str, str]) -> Card:
    """Return the card of a day on which these articles were cited."""
    day = DayStatistics(80, 20, 10, 0, 6, 12, None, 90.0, 2_400.0)
    return chart_card(Statistics({date(2026, 3, 1): day}, day, articles), titles)


def listed(articles: tuple[tuple[str, int], ...], titles: dict[str, str]) -> str:
    """Return the list of the most cited articles."""
    (text,) = (
        row.markdown
        for row in card_of(articles, titles).rows
        if isinstance(row, Text) and row.markdown.startswith("**Most cited articles**")
    )
    return text


def test_the_most_cited_articles_are_a_list_in_any_script() -> None:
    """Most often cited first, each with its count; one that is gone by its id."""
    titles = {
        "a": "Ships *wait* for @everyone",
        "b": "連合がモスクワの提案を拒否した理由",
        "c": "הקרח",
    }
    counted = (("a", 1_234), ("b", 8), ("c", 6), ("news/gone", 5))
    assert listed(counted, titles).split("\n") == [
        "**Most cited articles**",
        "**1.** Ships \\*wait\\* for \\@everyone: 1,234",
        "**2.** 連合がモスクワの提案を拒否した理由: 8",
        "**3.** \u2068הקרח\u2069: 6",
        "**4.** news\\/gone: 5",
    ]


def test_where_no_article_was_cited_often_the_list_says_so() -> None:
    """An empty one would look like a fault."""
    assert listed((), {}) == "**Most cited articles**\nNone was cited 5 times yet."


@given(st.lists(_titles, min_size=10, max_size=10))
def test_ten_titles_of_any_length_fit(titles: list[str]) -> None:
    """Also in plain text, where components are refused."""
    ids = [str(n) for n in range(10)]
    with patch("bot.logbook.log_charts.draw", return_value=b"a picture, which has no titles"):
        card = card_of(tuple((n, 999_999) for n in ids), dict(zip(ids, titles, strict=True)))
    assert size(card.text) <= TEXT_MAX
    assert size(card.plain()) <= CONTENT_MAX
