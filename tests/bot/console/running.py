"""A console that runs on loopback, and somebody who visits it in a real Chromium."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Thread
from unittest.mock import patch
from urllib.parse import urlsplit

import httpx
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from bot.console.asker import Asker
from bot.console.gap_groups import GapGroups
from bot.console.login_links import new_login_link
from bot.console.parts import Parts
from bot.console.passwords import hash_password
from bot.console.server import listening, server
from bot.engine import Engine
from bot.moderators.decisions import Decisions
from config.settings import Settings, load_settings
from tests.bot.databases import database_in
from tests.fakes import FakeEncoder

PASSWORD = "rye bread and butter"  # noqa: S105  # opens nothing but these
PHONE = (390, 844)  # CSS pixels
DESK = (1280, 800)
LOOKS = {
    "desk-light": (DESK, "light"),
    "desk-dark": (DESK, "dark"),
    "phone-light": (PHONE, "light"),
    "phone-dark": (PHONE, "dark"),
}
WHO = "a1b2c3d4"
_NETWORK = "Failed to load resource"  # what Chromium says of every page with an error's status


@dataclass(frozen=True, slots=True)
class RunningConsole:
    """A console and where it is."""

    url: str
    parts: Parts

    def link(self) -> str:
        """Return a new link that logs in."""
        return new_login_link(self.parts.database, self.url, WHO)

    @contextmanager
    def client(self) -> Iterator[httpx.Client]:
        """Give a program that is logged in, and says that it is a page of the console."""
        with httpx.Client(base_url=self.url, headers={"origin": self.url}) as client:
            assert client.post(self.link()).status_code == 303
            yield client

    def form_token(self, cookies: Mapping[str, str]) -> str:
        """Return what a form of this session carries."""
        session = self.parts.sessions.find(cookies["footnote"])
        assert session
        return session.csrf


def quick_hash(password: str) -> str:
    """Return a hash that is looked at in no time; those of the settings take a quarter second."""
    with patch("bot.console.passwords._COST", (2, 1, 1)):
        return hash_password(password)


def console_settings(**console: object) -> Settings:
    """Return settings as they come, but for those of the console that are given."""
    settings = load_settings()
    own = settings.console.model_copy(update=console)
    return settings.model_copy(update={"console": own})


@contextmanager
def running_console(data: Path, **console: object) -> Iterator[RunningConsole]:
    """Let a console run for as long as the context lasts; its encoder counts words."""
    database = database_in(data)
    parts = Parts.open(console_settings(**console), data, database)
    asker = Asker(parts.current, Decisions(database), lambda g: Engine(g, FakeEncoder()))
    parts = replace(parts, asker=asker, gaps=GapGroups(database, asker))
    listener = listening("127.0.0.1", 0)
    running = server(parts)
    thread = Thread(target=running.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield RunningConsole(f"http://127.0.0.1:{listener.getsockname()[1]}", parts)
    finally:
        running.should_exit = True
        thread.join()
        listener.close()
        database.dispose()


@dataclass
class Visitor:
    """Somebody at a browser: what they see, and what they must never see."""

    page: Page
    url: str
    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        """Open a page of the console."""
        self.page.goto(f"{self.url}{path}")
        return self.page

    def come_in(self, console: RunningConsole) -> None:
        """Open the first page with the cookie of a login; a second less than at the door."""
        with console.client() as client:
            cookie = client.cookies["footnote"]
        self.page.context.add_cookies([{"name": "footnote", "value": cookie, "url": self.url}])
        self.go("/")

    def log_in(self, link: str) -> None:
        """Open a link and press its button."""
        self.page.goto(link)
        self.page.get_by_role("button", name="Log in").click()
        self.page.get_by_role("button", name="Log out").wait_for()

    def looks(self) -> Iterator[str]:
        """Show the page in every look, one after the other; give each one's name."""
        for name, ((width, height), scheme) in LOOKS.items():
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # a literal
            yield name

    def violations(self, rules: Sequence[str] = ()) -> list[str]:
        """Return which of axe's rules this page breaks, and where: of these, or of all."""
        options = {"resultTypes": ["violations"]} | ({"runOnly": rules} if rules else {})
        found = Axe().run(self.page, options=options).response["violations"]
        return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]

    def violations_in_every_look(self) -> dict[str, list[str]]:
        """Return the violations by the look's name, where there are any.

        Of all rules only contrast depends on colours as well as on the window's size.
        """
        rules = {"desk-dark": ["color-contrast"], "phone-light": ["color-contrast"]}
        found = {look: self.violations(rules.get(look, ())) for look in self.looks()}
        return {look: broken for look, broken in found.items() if broken}

    def _hear(self, message: ConsoleMessage) -> None:
        if not message.text.startswith(_NETWORK):
            self.complaints.append(message.text)

    def _note(self, request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(self.url).netloc:
            self.outside.append(request.url)


@contextmanager
def visiting(browser: Browser, url: str, size: tuple[int, int] = DESK) -> Iterator[Visitor]:
    """Give a visitor with an empty profile; nothing may leave the host or break the policy."""
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height})
    visitor = Visitor(context.new_page(), url)
    context.on("request", visitor._note)
    context.on("console", visitor._hear)
    context.on("weberror", lambda error: visitor.complaints.append(str(error.error)))
    try:
        yield visitor
    finally:
        context.close()
    assert visitor.outside == []
    assert visitor.complaints == []
