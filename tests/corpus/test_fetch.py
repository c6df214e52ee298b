"""The web client is polite, and no server gets it to do what it should not."""

import gzip
import socket
import time
import tracemalloc
from http.server import BaseHTTPRequestHandler

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from corpus.exchange import Edition
from corpus.fetch import Limits, WebClient
from corpus.pace import Pace
from corpus.web_errors import (
    AddressError,
    NoRobotsError,
    OversizeError,
    RedirectError,
    RobotsError,
    StatusError,
    UnreachableError,
    UnusableError,
)
from tests.corpus.site import Site, client, edition, redirect, serve, status


class Names(AbstractResolver):
    """Resolves any name to the next of these IP addresses, and to the last ever after."""

    def __init__(self, *ips: str) -> None:
        self.ips = list(ips)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        del family
        ip = self.ips.pop(0) if len(self.ips) > 1 else self.ips[0]
        kind = socket.AF_INET6 if ":" in ip else socket.AF_INET
        return [ResolveResult(hostname=host, host=ip, port=port, family=kind, proto=0, flags=0)]

    async def close(self) -> None:
        pass


def test_a_page_comes_with_its_edition(site: Site) -> None:
    """Body, kind, final address, and what to ask with next time."""
    site.pages["/a"] = redirect("/b")
    site.pages["/b"] = serve("words", "text/plain; charset=x", ETag='"1"', Last_Modified="Mon")
    with client() as web:
        answer = web.fetch(f"{site.address}/a#part")
    assert (answer.data, answer.content_type) == (b"words", "text/plain")
    assert answer.address == f"{site.address}/b"
    assert answer.edition == Edition('"1"', "Mon")


def test_a_known_edition_is_not_sent_again(site: Site) -> None:
    """The server is asked with the ETag and answers 304."""
    site.pages["/a"] = edition("words", '"1"')
    with client() as web:
        first = web.fetch(f"{site.address}/a")
        assert web.fetch_if_changed(f"{site.address}/a", first.edition) is None
        assert web.fetch_if_changed(f"{site.address}/a", Edition('"0"')) is not None


def test_no_cookie_is_sent_back(site: Site) -> None:
    """A site need not know that it was one and the same who read its pages."""
    site.pages["/a"] = serve("words", Set_Cookie="who=1; Path=/")
    limits, names = Limits(least_pause_seconds=0), Names("127.0.0.1")  # an IP has no cookies
    with WebClient(limits, allow_private=True, resolver=names) as web:
        for _ in range(2):
            web.fetch(f"http://site.example:{site.port}/a")
    assert [headers.get("Cookie") for _, headers in site.asked] == [None, None, None]


def test_unchanged_without_having_been_known_is_no_answer(site: Site) -> None:
    """A server that always says 304 gives nothing."""
    site.pages["/a"] = status(304)
    with client() as web, pytest.raises(UnusableError, match="nothing was known of it"):
        web.fetch(f"{site.address}/a")


def test_the_client_says_who_it_is(site: Site) -> None:
    """Its name, its version, and where to read more."""
    with (
        WebClient(Limits(least_pause_seconds=0), allow_private=True, about="https://x.test") as web,
        pytest.raises(StatusError),
    ):
        web.fetch(site.address)
    agents = {headers["User-Agent"] for _, headers in site.asked}
    assert len(agents) == 1
    (agent,) = agents
    assert agent.startswith("Footnote/")
    assert agent.endswith(" (+https://x.test)")


@pytest.mark.parametrize("code", [401, 403, 404, 410, 429, 500, 503, 204])
def test_a_bad_status_is_an_error_with_a_remedy(site: Site, code: int) -> None:
    """The number is in the message, and what to do."""
    site.pages["/a"] = status(code)
    with client() as web, pytest.raises(StatusError, match=f"answered {code}: ") as caught:
        web.fetch(f"{site.address}/a")
    assert caught.value.status == code
    assert caught.value.is_gone == (code in (404, 410))
    assert caught.value.is_of_the_host == (code in (429, 500, 503))


def test_what_is_no_web_address_is_not_asked(site: Site) -> None:
    """Such as one with a password in it."""
    with client() as web, pytest.raises(AddressError, match="password in it"):
        web.fetch(f"http://me:secret@127.0.0.1:{site.port}/")
    assert site.asked == []


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "0x7f.1",
        "0177.0.0.1",
        "2130706433",
        "127.1",
        "0.0.0.0",  # noqa: S104  # asked for, not listened on
        "１２７.0.0.1",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "169.254.169.254",
    ],
)
def test_private_hosts_are_not_asked(site: Site, host: str) -> None:
    """Whatever way a private address is written, nothing is sent to it."""
    reason = "private network|not a canonical IPv4 address"
    with client(allow_private=False) as web, pytest.raises(AddressError, match=reason):
        web.fetch(f"http://{host}:{site.port}/")
    assert site.asked == []


@pytest.mark.parametrize("ip", ["127.0.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.1"])
def test_a_name_that_resolves_to_a_private_address_is_not_asked(site: Site, ip: str) -> None:
    """The address that is connected to is judged, not the name."""
    with (
        WebClient(resolver=Names(ip)) as web,
        pytest.raises(AddressError, match="private network"),
    ):
        web.fetch(f"http://rebound.example:{site.port}/")
    assert site.asked == []


def test_a_name_that_changes_its_address_gets_nowhere(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that was public a moment ago is judged anew when it is connected to."""
    monkeypatch.setattr("corpus.exchange.is_public", lambda ip: ip == "127.0.0.1")
    names = Names("127.0.0.1", "127.0.0.1", "127.0.0.2")
    site.pages["/a"] = serve("words")
    with WebClient(Limits(least_pause_seconds=0), resolver=names) as web:
        assert web.fetch(f"http://rebound.example:{site.port}/a").data == b"words"
        with pytest.raises(AddressError, match="private network"):
            web.fetch(f"http://rebound.example:{site.port}/a")
    assert [path for path, _ in site.asked] == ["/robots.txt", "/a"]


def test_a_redirect_to_a_private_address_is_not_followed(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each hop is judged as the first one is."""
    monkeypatch.setattr("corpus.exchange.is_public", lambda ip: ip == "127.0.0.1")
    site.pages["/a"] = redirect(f"http://127.0.0.2:{site.port}/secret")
    with client(allow_private=False) as web, pytest.raises(AddressError, match=r"127\.0\.0\.2"):
        web.fetch(f"{site.address}/a")
    assert site.paths() == ["/a"]


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://h/", "http://u:p@h/", "http://["])
def test_a_redirect_must_lead_to_a_web_address(site: Site, target: str) -> None:
    """Other schemes are refused behind a redirect too."""
    site.pages["/a"] = redirect(target)
    with client() as web, pytest.raises(AddressError):
        web.fetch(f"{site.address}/a")


def test_redirects_in_a_circle_end(site: Site) -> None:
    """Six requests, then the reason."""
    site.pages["/a"] = redirect("/b")
    site.pages["/b"] = redirect("/a")
    with client() as web, pytest.raises(RedirectError, match="more than 5 redirects"):
        web.fetch(f"{site.address}/a")
    assert len(site.paths()) == 6


def test_slow_redirects_are_stopped_in_time_altogether(site: Site) -> None:
    """None of them takes as long as one address may."""

    def slowly(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(0.2)
        redirect("/a")(handler)

    site.pages["/a"] = slowly
    with client(total_seconds=0.5) as web, pytest.raises(UnreachableError, match="time allowed"):
        web.fetch(f"{site.address}/a")
    assert len(site.paths()) <= 3


def test_a_decompression_bomb_is_stopped_at_the_limit(site: Site) -> None:
    """A hundred megabytes of nothing in a hundred kilobytes take no memory to refuse."""
    bomb = gzip.compress(b"\0" * 100_000_000)
    site.pages["/a"] = serve(bomb, Content_Encoding="gzip")
    tracemalloc.start()
    with client(max_bytes=1_000_000) as web, pytest.raises(OversizeError, match="more than 1 MB"):
        web.fetch(f"{site.address}/a")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10_000_000


def test_an_endless_body_is_stopped_at_the_limit(site: Site) -> None:
    """A body that never ends ends at the limit."""

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"words " * 1000)

    site.pages["/a"] = endless
    with client(max_bytes=200_000) as web, pytest.raises(OversizeError):
        web.fetch(f"{site.address}/a")


@pytest.mark.parametrize(
    "head", [b"HTTP/1.1 200 ", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\n"]
)
def test_a_slow_drip_is_stopped_in_time(site: Site, head: bytes) -> None:
    """A byte now and then, in head or body, does not hold a refresh up."""

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(head)
        for _ in range(100):
            handler.wfile.write(b"x")
            time.sleep(0.05)

    site.pages["/a"] = drip
    started = time.monotonic()
    with client(total_seconds=0.4) as web, pytest.raises(UnreachableError, match="in the time"):
        web.fetch(f"{site.address}/a")
    assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    "answer",
    [
        serve(b"short", Content_Length="1000"),
        serve(b"zz\r\nnot a chunk\r\n", Content_Length="1", Transfer_Encoding="chunked"),
        serve(b"no gzip at all", Content_Encoding="gzip"),
        serve(gzip.compress(b"words " * 9999)[:-9], Content_Encoding="gzip"),
        lambda handler: handler.wfile.write(b"\x00\xff nonsense\r\n\r\n"),
        lambda handler: handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000),
        lambda handler: handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 1_000_000),
        lambda handler: handler.wfile.write(b""),
    ],
    ids=[
        "too short",
        "chunks",
        "no gzip",
        "half a gzip",
        "nonsense",
        "many headers",
        "long header",
        "nothing",
    ],
)
def test_a_broken_answer_is_an_error(site: Site, answer: object) -> None:
    """Lengths, chunks and packing that are not what they say break nothing."""
    site.pages["/a"] = answer  # type: ignore[assignment]
    with client() as web, pytest.raises(UnreachableError, match="try again later"):
        web.fetch(f"{site.address}/a")


def test_a_packed_body_is_read_to_its_end(site: Site) -> None:
    """Several in one, and none of the filling that some servers put behind."""
    packed = gzip.compress(b"first, " * 50_000) + gzip.compress(b"last") + b"\0" * 9
    site.pages["/a"] = serve(packed, Content_Encoding="gzip")
    site.pages["/b"] = serve(b"", Content_Encoding="gzip")
    with client() as web:
        assert web.fetch(f"{site.address}/a").data == b"first, " * 50_000 + b"last"
        assert web.fetch(f"{site.address}/b").data == b""


def test_another_packing_than_was_asked_for_is_named(site: Site) -> None:
    """What is in it nobody can tell."""
    site.pages["/a"] = serve(b"words", Content_Encoding="br")
    with client() as web, pytest.raises(UnusableError, match=r"packed with .br., though gzip"):
        web.fetch(f"{site.address}/a")


def test_an_edition_that_cannot_be_sent_back_is_none(site: Site) -> None:
    """A server may name a page in letters that no header carries; it could not be kept either."""

    def odd(handler: BaseHTTPRequestHandler) -> None:
        head = b'ETag: "\xe9\xff"\r\nContent-Type: te\xe9t\r\nLast-Modified: Mon'
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + head + b"\r\nContent-Length: 5\r\n\r\nwords")

    site.pages["/a"] = odd
    with client() as web:
        answer = web.fetch(f"{site.address}/a")
    assert (answer.data, answer.edition) == (b"words", Edition(None, "Mon"))
    assert answer.content_type.encode()


def test_a_closed_port_cannot_be_reached() -> None:
    """The message names the address and the reason."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with client() as web, pytest.raises(UnreachableError, match="cannot be reached"):
        web.fetch(f"http://127.0.0.1:{port}/")


def test_robots_txt_is_obeyed_and_read_once(site: Site) -> None:
    """What it keeps programs out of is not asked for."""
    site.pages["/robots.txt"] = serve("User-agent: Footnote\nDisallow: /no\n", "text/plain")
    site.pages["/yes"] = serve("words")
    site.pages["/away"] = redirect("/no")
    with client() as web:
        assert web.fetch(f"{site.address}/yes").data == b"words"
        for path in ("/no", "/away"):
            with pytest.raises(RobotsError, match="keeps programs out of"):
                web.fetch(f"{site.address}{path}")
    assert [path for path, _ in site.asked] == ["/robots.txt", "/yes", "/away"]


@pytest.mark.parametrize("code", [500, 503, 429])
def test_a_site_whose_robots_txt_fails_is_left_alone(site: Site, code: int) -> None:
    """Nobody knows what it allows, so nothing is asked, and robots.txt not again."""
    site.pages["/robots.txt"] = status(code)
    with client() as web:
        for _ in range(2):
            with pytest.raises(NoRobotsError, match=f"answered {code}, so the site is left alone"):
                web.fetch(f"{site.address}/a")
    assert [path for path, _ in site.asked] == ["/robots.txt"]


@pytest.mark.parametrize(
    "robots",
    [
        status(404),
        status(403),
        redirect("/robots.txt"),
        serve(b""),
        serve(bytes(range(256))),
        serve(b"\xff\xfe\x00"),
        serve("Disallow\n::::\nUser-agent\n" * 100),
        status(304),
    ],
    ids=["missing", "forbidden", "circle", "empty", "binary", "odd", "nonsense", "unchanged"],
)
def test_a_site_without_rules_is_free(site: Site, robots: object) -> None:
    """No file, or one that says nothing, forbids nothing."""
    site.pages["/robots.txt"] = robots  # type: ignore[assignment]
    site.pages["/a"] = serve("words")
    with client() as web:
        assert web.fetch(f"{site.address}/a").data == b"words"


def test_an_endless_robots_txt_keeps_the_site_unread(site: Site) -> None:
    """It is read to its limit only."""
    site.pages["/robots.txt"] = serve(b"# words\n" * 100_000)
    with client() as web, pytest.raises(NoRobotsError, match="left alone"):
        web.fetch(f"{site.address}/a")


def test_requests_to_a_host_are_spaced() -> None:
    """One waits its turn at the pace of the site, within bounds; another host does not."""
    time_now = 100.0
    pace = Pace(1.0, 10.0, lambda: time_now)
    assert pace.take_turn("a", 0) == 0
    assert pace.take_turn("a", 4) == 1
    assert pace.take_turn("b", 0) == 0
    assert pace.take_turn("a", 1e9) == 5
    assert pace.take_turn("a", 0) == 15
    time_now = 200.0
    assert pace.take_turn("a", 0) == 0


def test_the_client_waits_its_turn(site: Site) -> None:
    """The crawl delay of robots.txt passes between two requests."""
    rules = "User-agent: *\nCrawl-delay: 0.3\n"
    site.pages["/robots.txt"] = serve(rules, "text/plain")
    site.pages["/a"] = serve("words")
    with client() as web:
        web.fetch(f"{site.address}/a")
        started = time.monotonic()
        web.fetch(f"{site.address}/a")
    assert time.monotonic() - started > 0.25
