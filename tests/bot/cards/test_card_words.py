"""The words and marks that cards share read well in every language and time zone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from bot.cards.card_words import basis, count, days, line, link, listed, sentence, stamp
from bot.cards.quoting import size
from tests.bot.hostile import citation_of


@pytest.mark.parametrize("hours", [-10, -5, 0, 1, 9, 12, 13])
def test_a_day_is_the_same_from_hawaii_to_new_zealand(hours: int) -> None:
    """Discord shows a timestamp in the reader's own time zone."""
    day = date(2013, 2, 23)
    seconds = int(stamp(day).removeprefix("<t:").removesuffix(":D>"))
    zone = timezone(timedelta(hours=hours))
    assert datetime.fromtimestamp(seconds, UTC).astimezone(zone).date() == day


@pytest.mark.parametrize("name", ["الجزيرة", "הארץ", "Al Jazeera الجزيرة"])
def test_a_name_written_from_right_to_left_moves_no_date_beside_it(name: str) -> None:
    """It is isolated, within its room."""
    assert line(name, 60) == f"\u2068{name}\u2069"
    assert size(line(name * 9, 30)) <= 30


def test_other_names_stay_as_they_are() -> None:
    """No mark is added that nobody needs."""
    assert line("Der\nSpiegel", 60) == "Der Spiegel"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("no refresh is running", "No refresh is running."),
        ("'zz' is not hidden", "'zz' is not hidden."),
        ("minutes.pdf could not be fetched", "minutes.pdf could not be fetched."),
        ("That is all.", "That is all."),
        ("is that all?", "Is that all?"),
        ("ask again, later!", "Ask again, later!"),
        ("some fit, and more …", "Some fit, and more …"),
        ("discord.queue is '5'", "discord.queue is '5'."),
        ("no", "no."),
    ],
)
def test_an_error_is_said_as_a_sentence(error: str, said: str) -> None:
    """But a file's name stays as it is written."""
    assert sentence(error) == said


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["Herald"], "Herald"),
        (["Herald", "Gazette"], "Herald and Gazette"),
        (["Herald", "Gazette", "Post"], "Herald, Gazette and Post"),
        (["Herald", "Gazette", "Post", "Sun"], "Herald, Gazette, Post and 1 more"),
    ],
)
def test_names_are_listed_as_people_do(names: list[str], said: str) -> None:
    """Each on its share of the room, and how many there are more."""
    assert listed(names, 90) == said
    assert listed([f"{name} {'x' * 90}" for name in names[:1]], 27) == f"{names[0]} …"


@pytest.mark.parametrize(
    ("label", "url", "said"),
    [
        ("Ice", "https://x.org/", "[Ice](https://x.org/)"),
        ("Ice", None, "Ice"),
        ("Ice [2", "https://x.org/", "Ice [2"),
        ("Ice] 2", "https://x.org/", "Ice] 2"),
        (r"https\:\/\/bank.example", "https://x.org/", r"https\:\/\/bank.example"),
        ("steam://x", "https://x.org/", "steam://x"),
    ],
)
def test_no_link_says_that_it_leads_elsewhere(label: str, url: str | None, said: str) -> None:
    """Nor ends before its words do."""
    assert link(label, url) == said


@pytest.mark.parametrize(
    ("n", "said"),
    [(0, "0 articles"), (1, "1 article"), (2, "2 articles"), (1234, "1,234 articles")],
)
def test_one_is_counted_as_one(n: int, said: str) -> None:
    """And thousands are told apart."""
    assert count(n, "article") == said


def test_an_answer_says_what_it_rests_on() -> None:
    """Articles and outlets once each, and the span of their days."""
    ice = citation_of("It froze.", published=date(2020, 2, 1))
    thaw = citation_of("It thawed.", source="Gazette")
    thaw = replace(
        thaw, passage=replace(thaw.passage, article=replace(thaw.passage.article, id="b"))
    )
    undated = citation_of("It froze.", published=None, source=None)
    first, last = stamp(date(2020, 1, 31)), stamp(date(2020, 2, 1))
    assert basis([ice, ice, thaw], 90) == (
        f"3 passages from 2 articles by Herald and Gazette, {first} to {last}"
    )
    assert basis([ice], 90) == f"1 passage from 1 article by Herald, {last}"
    assert basis([undated], 90) == "1 passage from 1 article, undated"
    assert days(date(2020, 1, 31), None) == first
