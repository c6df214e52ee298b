"""What the console's tests share."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.bot.console.asked_there import fill
from tests.bot.console.running import RunningConsole, Visitor, running_console, visiting

_QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()


@pytest.fixture(scope="module")  # a longer life would stand in the way of asyncio's own tests
def browser() -> Iterator[Browser]:
    """Return a headless Chromium, or skip where there is none."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no Chromium here: `apt-get install chromium` lets the console's tests run")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=_QUIET)
        yield opened
        opened.close()


@pytest.fixture
def console(tmp_path: Path) -> Iterator[RunningConsole]:
    """Return a console over an empty data folder."""
    with running_console(tmp_path) as running:
        yield running


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningConsole]:
    """Return a console over a data folder in which much was asked; tests only look at it."""
    data = tmp_path_factory.mktemp("data")
    fill(data, tmp_path_factory.mktemp("articles"))
    with running_console(data) as running:
        yield running


@pytest.fixture
def visitor(browser: Browser, console: RunningConsole) -> Iterator[Visitor]:
    """Return somebody before the console's door."""
    with visiting(browser, console.url) as somebody:
        yield somebody


@pytest.fixture
def admin(visitor: Visitor, console: RunningConsole) -> Visitor:
    """Return somebody who is logged in."""
    visitor.log_in(console.link())
    return visitor
