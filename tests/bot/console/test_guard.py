"""What comes from elsewhere changes nothing and sees nothing."""

import asyncio
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import cast
from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser
from starlette.datastructures import URL
from starlette.types import Message

from bot.console.guard import FORM_MAX_BYTES, Guard, is_open
from bot.console.hosts import is_loopback, is_own_host, is_own_origin
from bot.console.rendering import Pages
from bot.console.sessions import SessionStore
from bot.storage.audit import AuditTrail
from tests.bot.console.running import RunningConsole, running_console, visiting

PUBLIC = "https://footnote.example"
REFUSED = {
    "content-security-policy": "default-src 'self'; script-src 'none'; object-src 'none';"
    " base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


def login(console: RunningConsole) -> dict[str, str]:
    """Return the cookie of somebody who has logged in."""
    return dict(httpx.post(console.link(), headers={"origin": console.url}).cookies)


@pytest.mark.parametrize("path", ["/", "/articles", "/audit", "/audit?before=3", "/nothing"])
def test_nobody_sees_a_page_before_logging_in(console: RunningConsole, path: str) -> None:
    """Not even whether it exists."""
    answer = httpx.get(f"{console.url}{path}")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login")
    assert answer.text == ""


@pytest.mark.parametrize("path", ["/questions/%00", "/questions?generation=a%00", "/static/%00"])
def test_a_character_that_no_database_takes_is_no_address(
    console: RunningConsole, path: str
) -> None:
    """It is not told as a database that is away."""
    answer = httpx.get(f"{console.url}{path}", cookies=login(console))
    assert answer.status_code == 400
    assert "holds a character" in answer.text


def test_every_answer_tells_the_browser_what_to_refuse(console: RunningConsole) -> None:
    """Pages, refusals, files and figures alike."""
    cookies = login(console)
    for path in ("/articles", "/nothing", "/login", "/static/console.css", "/healthz", "/metrics"):
        headers = httpx.get(f"{console.url}{path}", cookies=cookies).headers
        assert {name: headers[name] for name in REFUSED} == REFUSED
        kept = "max-age=3600" if path.startswith("/static/") else "no-store"
        assert headers["cache-control"] == kept


def test_a_page_that_there_is_not_is_called_so(console: RunningConsole) -> None:
    """Likewise a question and a form's address; what was only not done has another title."""
    with console.client() as client:
        missing = [client.get(path) for path in ("/nothing", "/questions/zzz")]
        refused = client.post("/logout")
    for answer in missing:
        assert answer.status_code == 404
        assert "<h1>No such page</h1>" in answer.text
    assert refused.status_code == 403
    assert "<h1>That could not be done</h1>" in refused.text


def test_no_answer_leads_to_another_scheme(tmp_path: Path) -> None:
    """Behind https, a whole address would tell on the way what was searched for."""
    with running_console(tmp_path, public_url=PUBLIC) as console:
        session = f"__Host-footnote={console.parts.sessions.begin('ada')}"
        headers = {"host": "footnote.example", "cookie": session}
        answer = httpx.get(f"{console.url}/questions/?text=secret", headers=headers)
    assert (answer.status_code, answer.headers.get("location")) == (404, None)


def test_the_audit_page_tells_names_whole(console: RunningConsole) -> None:
    """Two that begin alike are not one."""
    console.parts.audit.add("Alexandra the Elder (@alex)", "look", "gaps")
    with console.client() as client:
        assert "Alexandra the Elder (@alex)" in client.get("/audit").text


def test_a_fault_of_ours_is_a_page_that_tells_no_more(
    console: RunningConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the same headers; what went wrong stands in the terminal."""

    def break_down(*_: object) -> None:
        raise RuntimeError("a secret of ours")

    monkeypatch.setattr(AuditTrail, "latest", break_down)
    with console.client() as client:
        answer = client.get("/audit")
    assert answer.status_code == 500
    assert "The terminal in which the console runs says more." in answer.text
    assert "secret" not in answer.text
    assert "script-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "", "127.0.0.1@evil"])
def test_a_name_of_another_site_that_points_here_gets_nothing(
    console: RunningConsole, host: str
) -> None:
    """DNS rebinding: the browser takes our answers for that site's own."""
    answer = httpx.get(f"{console.url}/healthz", headers={"host": host})
    assert answer.status_code == 421
    assert "does not go by this name" in answer.text


@pytest.mark.parametrize("host", ["localhost/login?", "127.0.0.1/static/", "localhost#", "[::1]/a"])
def test_a_path_in_the_host_opens_no_page(console: RunningConsole, host: str) -> None:
    """Put before the request's own path it would look like a page that needs no login."""
    answer = httpx.get(f"{console.url}/audit", headers={"host": host})
    assert answer.status_code == 421
    assert not is_own_host(host, PUBLIC)


def test_the_door_looks_at_the_path_by_which_the_page_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever a URL that somebody put together from the request's parts says."""
    monkeypatch.setattr("starlette.requests.Request.url", URL("http://localhost/login?/audit"))
    sent: list[Message] = []

    async def page(*_: object) -> None:
        pytest.fail("a page was opened")

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    guard = Guard(page, Pages(), cast("SessionStore", None))
    request = {"type": "http", "method": "GET", "path": "/audit", "query_string": b""}
    asyncio.run(guard({**request, "headers": [(b"host", b"localhost")]}, receive, send))
    assert sent[0]["status"] == 303


@given(st.text(max_size=40))
def test_no_other_host_is_ours(host: str) -> None:
    """Whatever the header holds: an IP address, localhost, or the public name; or it is refused."""
    assume_name = host.rpartition("@")[2].partition(":")[0].strip("[]").lower()
    is_ours = is_own_host(host, PUBLIC)
    assert not is_ours or assume_name == "localhost" or not any(c.isalpha() for c in assume_name)


def test_our_own_names_are_known() -> None:
    """With and without a port, and IPv6."""
    ours = ("127.0.0.1:8620", "localhost", "[::1]:8620", "192.168.0.7:80", "footnote.example")
    assert all(is_own_host(host, PUBLIC) for host in ours)
    assert not is_own_host("footnote.example", "")
    assert not is_own_host("footnote.example:444", PUBLIC)
    for spelt in ("https://Footnote.Example", "https://footnote.example:443"):
        assert is_own_host("footnote.example", spelt)  # as browsers send it
        assert is_own_host("Footnote.example", spelt)  # as a program may
    assert is_own_host("footnote.example", "http://footnote.example:80")
    assert not is_own_host("footnote.example", "http://footnote.example:443")
    assert not is_own_host("footnote.example:80", PUBLIC)
    assert is_own_host("xn--bcher-kva.example:8443", "https://Bücher.example:8443")
    assert is_own_origin("http://localhost:8620", "localhost:8620")
    for origin in (None, "null", "http://localhost:1", "localhost:8620", "http://evil/localhost"):
        assert not is_own_origin(origin, "localhost:8620")


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", True),
        ("localhost:8620", True),
        ("127.9.9.9:8620", True),
        ("[::1]:8620", True),
        ("192.168.0.7:8620", False),
        ("[2001:db8::1]", False),
        ("footnote.example", False),
        ("", False),
        ("[::1", False),
    ],
)
def test_only_this_machines_own_names_are_its_own(host: str, expected: bool) -> None:
    """Its address in the network is one that others use."""
    assert is_loopback(host) is expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/login", True),
        ("/login/link/abc", True),
        ("/static/console.css", True),
        ("/healthz", True),
        ("/metrics", True),
        ("/", False),
        ("/loginx", False),
        ("/Login", False),
        ("/staticx", False),
        ("/healthzz", False),
        ("/audit/login", False),
        ("/logout", False),
    ],
)
def test_a_page_is_open_by_its_whole_name(path: str, expected: bool) -> None:
    """A page that begins like an open one is none."""
    assert is_open(path) is expected


@pytest.mark.parametrize(
    ("method", "address", "led_to"),
    [
        ("GET", "/", "/login"),
        ("GET", "/audit", "/login?next=%2Faudit"),
        ("HEAD", "/audit?before=3", "/login?next=%2Faudit%3Fbefore%3D3"),
        ("POST", "/logout", "/login"),
        ("POST", "/ask?question=why", "/login"),
    ],
)
def test_the_door_leads_on_to_what_was_looked_for(
    console: RunningConsole, method: str, address: str, led_to: str
) -> None:
    """Not to what a form would have done, which is to be done knowingly."""
    answer = httpx.request(method, f"{console.url}{address}", headers={"origin": console.url})
    assert (answer.status_code, answer.headers["location"]) == (303, led_to)


def test_a_form_without_its_token_does_nothing(console: RunningConsole) -> None:
    """Neither does one with another session's."""
    cookies, others = login(console), login(console)
    for token in ("", "x", console.form_token(others)):
        answer = httpx.post(
            f"{console.url}/logout",
            data={"form_token": token},
            cookies=cookies,
            headers={"origin": console.url},
        )
        assert answer.status_code == 403
    assert httpx.get(f"{console.url}/audit", cookies=cookies).status_code == 200


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example", "http://127.0.0.1:1"])
def test_a_form_of_another_page_does_nothing(console: RunningConsole, origin: str | None) -> None:
    """Not even with the right cookie and token, nor when it says not where it comes from."""
    cookies = login(console)
    answer = httpx.post(
        f"{console.url}/logout",
        data={"form_token": console.form_token(cookies)},
        cookies=cookies,
        headers={"origin": origin} if origin else {},
    )
    assert answer.status_code == 403
    assert "did not come from a page of the console" in answer.text


def test_a_huge_form_is_not_read_to_its_end(console: RunningConsole) -> None:
    """Nor is one with thousands of fields."""
    headers = {"origin": console.url}
    large = httpx.post(f"{console.url}/login", content=b"x" * 4 * FORM_MAX_BYTES, headers=headers)
    whole = httpx.post(f"{console.url}/login", content=b"x" * FORM_MAX_BYTES, headers=headers)
    many = httpx.post(f"{console.url}/login", content=b"a=1&" * 1000, headers=headers)
    binary = httpx.post(f"{console.url}/login", content=b"\xff=\xfe", headers=headers)
    assert [answer.status_code for answer in (large, many, binary)] == [413, 400, 400]
    assert whole.status_code == 200


@pytest.fixture
def evil(console: RunningConsole) -> Iterator[str]:
    """Return the address of a page of another site, which would like to act in the console."""
    content = (
        f'<form method="post" action="{console.url}/logout"><button>Win</button></form>'
        f'<iframe src="{console.url}/audit"></iframe>'
        f'<a href="{console.url}/audit?before=9">look</a>'
    )

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(content.encode())

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Page) as site:
        Thread(target=site.serve_forever).start()
        yield f"http://localhost:{site.server_port}/"  # a name apart from the console's: a site
        site.shutdown()


def test_another_site_can_neither_act_for_an_admin_nor_frame_the_console(
    browser: Browser, console: RunningConsole, evil: str
) -> None:
    """In a browser in which somebody is logged in."""
    with visiting(browser, console.url) as admin:
        admin.log_in(console.link())
        page = admin.page
        page.goto(evil)
        assert page.frame_locator("iframe").get_by_text("Audit").count() == 0
        page.get_by_role("button", name="Win").click()
        page.get_by_text("did not come from a page of the console").wait_for()
        admin.go("/audit")
        page.get_by_role("button", name="Log out").wait_for()
        assert {urlsplit(address).port for address in admin.outside} == {urlsplit(evil).port}
        assert all("frame" in complaint for complaint in admin.complaints)
        admin.outside.clear()
        admin.complaints.clear()


def test_a_page_that_is_asked_for_from_elsewhere_is_one_click_away(
    browser: Browser, console: RunningConsole, evil: str
) -> None:
    """A link in a chat sends no cookie; the login page says how to go on."""
    with visiting(browser, console.url) as admin:
        admin.log_in(console.link())
        admin.page.goto(evil)
        admin.page.get_by_role("link", name="look").click()
        admin.page.get_by_role("link", name="Go on to the page.").click()
        admin.page.get_by_role("heading", name="Audit").wait_for()
        assert admin.page.url == f"{console.url}/audit?before=9"
        admin.outside.clear()
        admin.complaints.clear()
