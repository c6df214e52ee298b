"""Every page can be read and used: on a phone, in the dark, by keyboard, by screen reader."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.bot.console.running import (
    DESK,
    PHONE,
    RunningConsole,
    Visitor,
    running_console,
    visiting,
)

PATHS = ("/articles", "/audit", "/nothing")
LOOKS = [(DESK, "light"), (DESK, "dark"), (PHONE, "light"), (PHONE, "dark")]
NAMES = ["desk-light", "desk-dark", "phone-light", "phone-dark"]
_FOCUSABLE = (
    "a[href], button, input:not([type=hidden]):not([hidden]), select, summary, [tabindex='0']"
)


@pytest.fixture(scope="module")
def busy_console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningConsole]:
    """Return a console over a data folder in which something has happened."""
    data = tmp_path_factory.mktemp("data")
    with running_console(data) as console:
        yield console


@pytest.fixture(params=LOOKS, ids=NAMES)
def reader(
    browser: Browser, busy_console: RunningConsole, request: pytest.FixtureRequest
) -> Iterator[Visitor]:
    """Return an admin at a desk or a phone, in the light or in the dark."""
    size, scheme = request.param
    with visiting(browser, busy_console.url, size, scheme) as visitor:
        visitor.log_in(busy_console.link())
        yield visitor


def test_no_page_breaks_a_rule_of_accessibility(reader: Visitor) -> None:
    """All of axe's rules, best practices too."""
    for path in PATHS:
        reader.go(path)
        assert (path, reader.violations()) == (path, [])


def test_no_page_is_wider_than_its_window(reader: Visitor) -> None:
    """Nobody has to scroll sideways; wide tables scroll by themselves."""
    for path in PATHS:
        page = reader.go(path)
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert (path, max(over, 0)) == (path, 0)


def test_the_door_can_be_used_by_everyone(browser: Browser, busy_console: RunningConsole) -> None:
    """The login page and a link's page."""
    for size, scheme in LOOKS:
        with visiting(browser, busy_console.url, size, scheme) as visitor:
            visitor.go("/login")
            assert visitor.violations() == []
            visitor.page.goto(busy_console.link())
            assert visitor.violations() == []


@pytest.mark.parametrize("path", PATHS)
def test_the_keyboard_reaches_all_there_is(admin: Visitor, path: str) -> None:
    """In the order of the page, with the focus to be seen, and out again."""
    page = admin.go(path)
    wanted = page.locator(_FOCUSABLE).filter(visible=True).count()
    assert [_focused(page) for _ in range(wanted)] == list(range(wanted))
    assert _focused(page) == -1


_WHERE = """selector => {
  const all = [...document.querySelectorAll(selector)].filter(e => e.checkVisibility());
  const here = document.activeElement;
  if (here === document.body) return -1;
  const outline = getComputedStyle(here);
  if (outline.outlineStyle === 'none' || parseFloat(outline.outlineWidth) < 2) return -2;
  return all.indexOf(here);
}"""


def _focused(page: Page) -> int:
    """Press Tab; return which element has the focus, -1 for none, -2 when it is not to be seen."""
    page.keyboard.press("Tab")
    where: int = page.evaluate(_WHERE, _FOCUSABLE)
    return where
