"""Draw the pictures of the console: `python -m docs.console_pictures`.

Needs Chromium and pngquant (Debian's packages) and Playwright (with the checks' packages).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from bot.console.login_links import new_login_link
from bot.console.parts import Parts
from bot.console.server import listening, server
from bot.engine import build_index, open_engine
from bot.storage.audit import TERMINAL
from bot.storage.database import open_database, sqlite_url
from bot.terminal import progress_bar
from config.settings import load_settings
from docs.browser import CHROMIUM, shrink
from docs.console_log import MISREAD, fill

HERE = Path(__file__).parent
SAMPLE = HERE.parent / "corpus" / "articles"
DESK, PHONE = 1120, 390  # CSS pixels
COLOURS = 40


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: what it shows, and on what.

    Attributes:
        height: Of the picture, in CSS pixels; None for the whole page.
        presses: Names of what is clicked first.
    """

    path: str
    width: int = DESK
    scheme: Literal["light", "dark"] = "light"
    height: int | None = None
    presses: tuple[str, ...] = ()


SHOTS = {
    "overview": Shot("/"),
    "overview-phone": Shot("/", PHONE, "dark"),
    "questions": Shot("/questions?text=moscow&feedback=unhelpful", height=900),
    "questions-phone": Shot("/questions", PHONE, height=1100),
    "question": Shot(
        f"/questions?text={MISREAD}", height=1250, presses=(MISREAD, "Ask it again now")
    ),
}


@contextmanager
def console(folder: Path) -> Iterator[tuple[str, Parts]]:
    """Give the address of a console over the sample articles, and its parts."""
    settings = load_settings()
    with progress_bar() as bars:
        build_index(settings, SAMPLE, folder, bars)
    database = open_database(sqlite_url(folder))
    fill(database, open_engine(settings, folder), datetime.now(UTC))
    parts, listener = Parts.open(settings, folder, database), listening("127.0.0.1", 0)
    running = server(parts)
    thread = Thread(target=running.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", parts
    finally:
        running.should_exit = True
        thread.join()


def shoot(browser: Browser, link: str, url: str, shot: Shot, path: Path) -> None:
    """Write a PNG of a page that somebody sees who logs in by a link."""
    size = {"width": shot.width, "height": shot.height or 400}
    context = browser.new_context(
        viewport=size,  # type: ignore[arg-type]  # its stubs ask for a type of their own
        color_scheme=shot.scheme,
        device_scale_factor=1.5,
    )
    page = context.new_page()
    page.goto(link)
    _press(page, "Log in")
    page.goto(url + shot.path)
    for name in shot.presses:
        _press(page, name)
    page.screenshot(path=path, full_page=shot.height is None)
    context.close()
    shrink(path, COLOURS)


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first.click()
    page.wait_for_load_state()


if __name__ == "__main__":
    with (
        TemporaryDirectory() as data,
        console(Path(data)) as (url, parts),
        sync_playwright() as play,
    ):
        browser = play.chromium.launch(executable_path=which(CHROMIUM))
        for name, shot in SHOTS.items():
            link = new_login_link(parts.database, url, TERMINAL)
            shoot(browser, link, url, shot, HERE / f"console-{name}.png")
