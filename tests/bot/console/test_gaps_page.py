"""Admins see what the articles leave unanswered."""

from tests.bot.console.asked_there import HOSTILE
from tests.bot.console.running import RunningConsole


def test_what_went_unanswered_is_grouped_with_what_is_nearest(busy: RunningConsole) -> None:
    """Each gap leads to its questions, and to the best passage that there is."""
    with busy.client() as client:
        page = client.get("/gaps").text
    assert "harbour freeze" in page  # disliked, so it is a gap too
    assert "1 answered, and disliked" in page
    assert "Nearest: The " in page
    assert 'href="/questions/hostile006"' in page


def test_gaps_have_pages_without_one_twice(busy: RunningConsole) -> None:
    """And past the last one, the page says so."""
    with busy.client() as client:
        pages = [client.get(f"/gaps?first={first}").text for first in (0, 10, 1_000)]
    counts = [page.count("Open:") for page in pages]
    assert counts[0] == 10
    assert 0 < counts[1] < len(HOSTILE)
    assert counts[2] == 0
    assert "No more." in pages[2]
