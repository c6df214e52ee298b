"""Every page can be read and used: on a phone, in the dark, by keyboard, by screen reader."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from bot.logbook.day_counts import DayCounts, add_counts
from tests.bot.console.running import (
    PHONE,
    RunningConsole,
    Visitor,
    running_console,
    visiting,
)
from tests.conftest import Index

PATHS = (
    "/",
    "/questions",
    "/questions?text=harbour&slower=0&sort=slowest",
    "/questions/harbour001",
    "/questions/hostile000",
    "/questions/failed0001",
    "/gaps",
    "/feedback?feedback=any",
    "/articles",
    "/audit",
    "/health",
    "/nothing",
)
_PRESSES_MAX = 200
_FOCUSABLE = (
    "a[href], button, input:not([type=hidden]):not([hidden]), select, summary, [tabindex='0']"
)


@pytest.fixture(scope="module")
def reader(browser: Browser, busy: RunningConsole) -> Iterator[Visitor]:
    """Return an admin who is logged in."""
    with visiting(browser, busy.url) as visitor:
        visitor.come_in(busy)
        yield visitor


@pytest.mark.parametrize("path", PATHS)
def test_no_page_breaks_a_rule_of_accessibility(reader: Visitor, path: str) -> None:
    """All of axe's rules, best practices too."""
    reader.go(path)
    assert reader.violations_in_every_look() == {}


def test_no_page_is_wider_than_its_window(reader: Visitor) -> None:
    """Nobody has to scroll sideways; wide tables scroll by themselves."""
    for path in PATHS:
        page = reader.go(path)
        for look in reader.looks():
            over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert (path, look, max(over, 0)) == (path, look, 0)


def test_the_trail_can_be_read_on_a_phone(browser: Browser, busy: RunningConsole) -> None:
    """Its table scrolls by itself, and no word is broken to make it narrow."""
    with visiting(browser, busy.url, PHONE) as visitor:
        visitor.come_in(busy)
        page = visitor.go("/audit")
        heading = page.get_by_role("columnheader", name="Who").bounding_box()
        assert heading is not None
        assert heading["height"] < 50
        cell = page.locator("td.words").first.bounding_box()
        assert cell is not None
        assert cell["width"] > 200


TITLES = {
    "ice": "The ice",
    "long": "word " * 30,
    "whole": "w" * 180,
    "arabic": "لماذا رفض التحالف عرض موسكو في المفاوضات الأخيرة حول الميناء",
    "japanese": "連合がモスクワの提案を拒否した理由について詳しく説明する長い記事",
}


@pytest.mark.parametrize("count", [0, 1, 2, len(TITLES)])
def test_the_most_cited_articles_are_a_list_in_any_script(
    browser: Browser, tmp_path: Path, count: int
) -> None:
    """Each with its number, and a bar as long as its share of the first one's."""
    articles = tmp_path / "articles"
    articles.mkdir()
    for name, title in TITLES.items():
        (articles / f"{name}.md").write_text(f"---\ntitle: {title}\n---\nIt froze.\n", "utf-8")
    Index(articles, tmp_path / "index").build()
    cited = {f"{name}.md": 9 - n for n, name in enumerate(list(TITLES)[:count])}
    with running_console(tmp_path) as console, visiting(browser, console.url) as reader:
        today = datetime.now(UTC).date()
        counts: DayCounts = Counter({("article", today, key): n for key, n in cited.items()})
        with console.parts.database.begin() as connection:
            add_counts(connection, counts)
        reader.come_in(console)
        section = reader.page.locator("section", has=reader.page.get_by_text("Most cited articles"))
        assert section.get_by_text("None was cited 5 times yet.").count() == (not count)
        rows = section.get_by_role("listitem").all()
        shown = [row.inner_text().split() for row in rows]
        assert shown == [
            [*title.split(), str(n)]
            for title, n in zip(TITLES.values(), cited.values(), strict=False)
        ]
        widths = [row.locator("progress").get_attribute("value") for row in rows]
        assert widths == [str(n) for n in cited.values()]
        for _ in reader.looks():
            assert all(row.bounding_box()["height"] < 300 for row in rows)  # type: ignore[index]
            assert reader.page.evaluate("document.body.scrollWidth <= innerWidth")
        assert reader.violations_in_every_look() == {}


def test_the_door_can_be_used_by_everyone(browser: Browser, busy: RunningConsole) -> None:
    """The login page and a link's page."""
    with visiting(browser, busy.url) as visitor:
        for address in (f"{busy.url}/login", busy.link()):
            visitor.page.goto(address)
            assert visitor.violations_in_every_look() == {}


def test_the_keyboard_reaches_all_there_is(browser: Browser, busy: RunningConsole) -> None:
    """In the order of the page, with the focus to be seen, and out again."""
    with visiting(browser, busy.url) as visitor:
        visitor.come_in(busy)
        for path in PATHS:
            page = visitor.go(path)
            wanted = page.locator(_FOCUSABLE).filter(visible=True).count()
            assert (path, _tabbed_through(page)) == (path, list(range(wanted)))


_WHERE = """selector => {
  const all = [...document.querySelectorAll(selector)].filter(e => e.checkVisibility());
  const here = document.activeElement;
  if (here === document.body) return -1;
  if (here.type === 'date') return all.indexOf(here);  // day, month, year: the browser's own
  const outline = getComputedStyle(here);
  if (outline.outlineStyle === 'none' || parseFloat(outline.outlineWidth) < 2) return -2;
  return all.indexOf(here);
}"""


def _tabbed_through(page: Page) -> list[int]:
    """Press Tab from end to end; return which elements had the focus, -2 for one not to be seen.

    After the last one the focus leaves the page, or begins anew where there is nothing else.
    """
    focused: list[int] = []
    for _ in range(_PRESSES_MAX):
        page.keyboard.press("Tab")
        where = page.evaluate(_WHERE, _FOCUSABLE)
        if where == -1 or (where == 0 and focused):
            return [where for where, _ in groupby(focused)]
        focused.append(where)
    raise AssertionError("the focus never leaves the page")
