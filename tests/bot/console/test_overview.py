"""Admins see at a glance how much was asked, and how it went."""

import httpx
import pytest

from tests.bot.console.running import RunningConsole


def get(console: RunningConsole, address: str) -> httpx.Response:
    """Return what somebody who is logged in gets."""
    with console.client() as client:
        return client.get(address)


def test_a_chart_is_drawn_for_a_light_page_and_for_a_dark_one(busy: RunningConsole) -> None:
    """As a picture that browsers take for one; it is another where the page is dark."""
    light, dark, odd = (
        get(busy, f"/charts/questions.svg?scheme={scheme}") for scheme in ("light", "dark", "x")
    )
    assert {each.headers["content-type"] for each in (light, dark)} == {"image/svg+xml"}
    assert light.content == odd.content != dark.content


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("/charts/nothing.svg", 404, "There is no such page."),
        ("/charts/time.svg?days=8", 400, "days is one of 7, 30, 90, 365, and 8 is none of them."),
        ("/?days=8", 400, "days is one of 7, 30, 90, 365, and 8 is none of them."),
        ("/?days=x", 400, "days needs a whole number, and &#39;x&#39; is none."),
    ],
)
def test_what_there_is_not_is_refused_with_the_reason(
    console: RunningConsole, address: str, status: int, told: str
) -> None:
    """Another chart, or another span of days."""
    answer = get(console, address)
    assert answer.status_code == status
    assert told in answer.text
