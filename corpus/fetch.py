"""A polite and wary web client: what is at an address of the public internet."""

import asyncio
import time
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Self

from aiohttp.abc import AbstractResolver
from yarl import URL

from corpus.exchange import Answer, Edition, Exchange, Watch
from corpus.pace import Pace
from corpus.robots import AGENT, FREE, LARGEST_ROBOTS, Rules, parse_rules
from corpus.web_address import parse_address
from corpus.web_errors import (
    NoRobotsError,
    OversizeError,
    RedirectError,
    RobotsError,
    StatusError,
    UnusableError,
    WebError,
)

__all__ = ["Answer", "Edition", "Limits", "WebClient"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one answer may cost, and how hosts are spared.

    Attributes:
        max_bytes: Of the answer, unpacked.
        total_seconds: For one address, redirects included; pauses do not count.
        least_pause_seconds: Between two requests to one host, whatever it allows.
        most_pause_seconds: Between two requests to one host, whatever it asks for.
    """

    max_bytes: int = 20_000_000
    connect_seconds: float = 10.0
    total_seconds: float = 30.0
    max_redirects: int = 5
    least_pause_seconds: float = 1.0
    most_pause_seconds: float = 10.0


class WebClient:
    """Asks one address after the other; for use in a thread without an event loop of its own.

    robots.txt is read once a site, so a client should live no longer than a refresh.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        allow_private: bool = False,
        about: str | None = None,
        resolver: AbstractResolver | None = None,
    ) -> None:
        """Make a client; nothing is asked yet.

        Args:
            limits: The defaults if None.
            allow_private: Whether hosts of a private network may be asked.
            about: Where a site's owner can read who is asking; told to every site.
            resolver: Turns names into IP addresses; the system's if None.
        """
        self._limits = limits or Limits()
        self._allow_private = allow_private
        self._agent = user_agent(about)
        self._resolver = resolver
        self._pace = Pace(
            self._limits.least_pause_seconds, self._limits.most_pause_seconds, time.monotonic
        )
        self._rules: dict[URL, Rules | WebError] = {}
        self._runner = asyncio.Runner()
        self._exchange: Exchange | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give back the connections and the event loop."""
        if self._exchange:
            self._runner.run(self._exchange.close())
        self._runner.close()

    def fetch(self, address: str, max_bytes: int | None = None) -> Answer:
        """Return what is at the address.

        Args:
            address: Of a web page, as somebody wrote it.
            max_bytes: Another limit than the client's.

        Raises:
            WebError: It could not be had; the subclass and the message say why.
        """
        answer = self.fetch_if_changed(address, Edition(), max_bytes)
        if answer is None:
            reason = f"'{address}' answered that nothing changed, though nothing was known of it"
            raise UnusableError(f"{reason}; try again later")
        return answer

    def fetch_if_changed(
        self, address: str, known: Edition, max_bytes: int | None = None
    ) -> Answer | None:
        """Return what is at the address, or None if it is still the known edition.

        Raises:
            WebError: It could not be had.
        """
        watch = Watch(self._limits.total_seconds, max_bytes or self._limits.max_bytes)
        return self._runner.run(self._fetch(parse_address(address), known, watch))

    async def _fetch(self, url: URL, known: Edition, watch: Watch) -> Answer | None:
        for _ in range(self._limits.max_redirects + 1):
            rules = await self._rules_of(url.origin())
            if not rules.allow(str(url)):
                reason = f"robots.txt of '{url.origin()}' keeps programs out of '{url}'"
                raise RobotsError(f"{reason}; ask its owner, or add the page as a file")
            found = await self._ask(url, known, rules.delay_seconds, watch)
            if not isinstance(found, URL):
                return found
            url = found
        raise RedirectError(
            f"more than {self._limits.max_redirects} redirects, the last to '{url}';"
            " give the address of the page itself"
        )

    async def _rules_of(self, origin: URL) -> Rules:
        """Return what the site allows, asked once; its failure is remembered as well."""
        if origin not in self._rules:
            try:
                self._rules[origin] = await self._read_rules(origin)
            except WebError as error:
                self._rules[origin] = error
        rules = self._rules[origin]
        if isinstance(rules, WebError):
            raise rules
        return rules

    async def _read_rules(self, origin: URL) -> Rules:
        """Return the rules as RFC 9309 has it: all is free where there is no file."""
        url, watch = origin / "robots.txt", Watch(self._limits.total_seconds, LARGEST_ROBOTS)
        try:
            for _ in range(self._limits.max_redirects + 1):
                found = await self._ask(url, Edition(), 0, watch)
                if not isinstance(found, URL):
                    return parse_rules(found.data) if found else FREE
                url = found
        except StatusError as error:
            if error.is_of_the_host:
                reason = f"'{url}' answered {error.status}, so the site is left alone; try later"
                raise NoRobotsError(reason) from error
        except OversizeError as error:
            raise NoRobotsError(f"{error}; until then the site is left alone") from error
        return FREE

    async def _ask(
        self, url: URL, known: Edition, delay_seconds: float, watch: Watch
    ) -> Answer | URL | None:
        await asyncio.sleep(self._pace.take_turn(url.host or "", delay_seconds))
        if self._exchange is None:  # made here, where the event loop runs
            self._exchange = Exchange(
                self._agent,
                self._limits.connect_seconds,
                allow_private=self._allow_private,
                resolver=self._resolver,
            )
        return await self._exchange.ask(url, known, watch)


def user_agent(about: str | None) -> str:
    """Return who asks, as servers are told.

    Args:
        about: Where a site's owner can read more.
    """
    try:
        ours = version("footnote")
    except PackageNotFoundError:  # run from its folder without being installed
        ours = "0"
    return f"{AGENT}/{ours} (+{about})" if about else f"{AGENT}/{ours}"
