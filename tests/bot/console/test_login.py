"""People get in by a link or a password, and nobody else does."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, expect

from bot.console.attempts import ATTEMPTS, WINDOW_SECONDS, Attempts
from bot.console.login import local_path
from bot.console.login_links import LINK_MINUTES, new_login_link, spend
from bot.console.passwords import PasswordError, hash_password, is_right
from bot.console.sessions import Lifetime, SessionStore
from bot.storage.database import CONSOLE_SESSIONS, LOGIN_LINKS, as_stored
from tests.bot.console.running import (
    PASSWORD,
    RunningConsole,
    Visitor,
    quick_hash,
    running_console,
    visiting,
)
from tests.bot.databases import database_in

LIFETIME = Lifetime(idle=timedelta(minutes=30), whole=timedelta(hours=12))
NOW = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


def post(
    console: RunningConsole, path: str, form: dict[str, str], **headers: str
) -> httpx.Response:
    """Send a form as the console's own page does, unless headers say otherwise."""
    sent = {"origin": console.url, **headers}
    return httpx.post(f"{console.url}{path}", data=form, headers=sent)


def test_a_link_logs_in_by_the_keyboard_alone(visitor: Visitor, console: RunningConsole) -> None:
    """Enter is all it takes: the button has the focus."""
    visitor.page.goto(console.link())
    expect(visitor.page.get_by_role("button", name="Log in")).to_be_focused()
    visitor.page.keyboard.press("Enter")
    visitor.page.get_by_role("button", name="Log out").wait_for()
    assert visitor.page.url == f"{console.url}/"


def test_a_link_works_once(browser: Browser, console: RunningConsole) -> None:
    """Whoever finds it later is told how to get a new one."""
    link = console.link()
    with visiting(browser, console.url) as first, visiting(browser, console.url) as second:
        first.log_in(link)
        second.page.goto(link)
        second.page.get_by_role("button", name="Log in").click()
        assert "has been used" in second.page.get_by_role("alert").inner_text()
        assert second.page.get_by_role("button", name="Log out").count() == 0


def test_whoever_has_no_link_is_told_both_ways_to_one(tmp_path: Path) -> None:
    """By the login page, with a password and without, and by a spent link's."""
    with running_console(tmp_path) as console:
        link = console.link().removeprefix(console.url)
        post(console, link, {})
        told = [httpx.get(f"{console.url}/login"), post(console, link, {})]
    with running_console(tmp_path, password_hash=quick_hash(PASSWORD)) as console:
        told.append(httpx.get(f"{console.url}/login"))
    assert [answer.status_code for answer in told] == [200, 403, 200]
    for answer in told:
        assert "/log console" in answer.text
        assert "footnote console link" in answer.text


def test_opening_a_link_spends_nothing(console: RunningConsole) -> None:
    """Chat programs open links to show a preview of them."""
    link = console.link()
    assert httpx.get(link).status_code == 200
    assert post(console, link.removeprefix(console.url), {}).status_code == 303


def test_a_link_grows_old(tmp_path: Path) -> None:
    """The last minute still counts, the next does not."""
    database = database_in(tmp_path)
    for minutes, expected in ((LINK_MINUTES - 1, "ada"), (LINK_MINUTES, None)):
        link = new_login_link(database, "http://x", "ada", NOW)
        token = link.rpartition("/")[2]
        assert spend(database, token, NOW + timedelta(minutes=minutes)) == expected


def test_a_new_link_clears_away_those_that_are_over(tmp_path: Path) -> None:
    """And leaves those that still work."""
    database = database_in(tmp_path)
    for who, minutes in (("old", 0), ("waiting", 1), ("new", LINK_MINUTES)):
        new_login_link(database, "http://x", who, NOW + timedelta(minutes=minutes))
    with database.connect() as connection:
        kept = connection.execute(sa.select(LOGIN_LINKS.c.who)).scalars().all()
    assert sorted(kept) == ["new", "waiting"]


def test_the_database_holds_no_token(console: RunningConsole) -> None:
    """Neither of a link nor of a session: whoever reads it gets in nowhere."""
    link = console.link()
    spent = console.link()
    session = post(console, spent.removeprefix(console.url), {}).cookies["footnote"]
    files = [path.read_bytes() for path in console.parts.data_dir.rglob("*") if path.is_file()]
    for token in (link.rpartition("/")[2], session):
        assert not any(token.encode() in content for content in files)
    assert (console.parts.data_dir / "console.key").stat().st_mode & 0o777 == 0o600


def test_a_password_logs_in_and_leads_on(browser: Browser, tmp_path: Path) -> None:
    """To the page that was asked for first."""
    with (
        running_console(tmp_path, password_hash=quick_hash(PASSWORD)) as console,
        visiting(browser, console.url) as visitor,
    ):
        page = visitor.go("/audit?before=7")
        page.get_by_label("Password").fill("a wrong one")
        page.keyboard.press("Enter")
        page.get_by_role("alert").wait_for()
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Log out").wait_for()
        assert page.url == f"{console.url}/audit?before=7"


def test_a_long_password_is_looked_at_whole(tmp_path: Path) -> None:
    """As `footnote console hash-password` took it, and no browser cuts it on the way."""
    long = "rye bread and butter " * 100
    with running_console(tmp_path, password_hash=quick_hash(long)) as console:
        assert "maxlength" not in httpx.get(f"{console.url}/login").text
        assert post(console, "/login", {"password": long[:-1]}).status_code == 403
        right = post(console, "/login", {"password": long, "next": "/audit"})
    assert (right.status_code, right.headers["location"]) == (303, "/audit")


def test_wrong_passwords_are_soon_refused_unread(tmp_path: Path) -> None:
    """Even the right one has to wait then; a link still opens."""
    with running_console(tmp_path, password_hash=quick_hash(PASSWORD)) as console:
        tried = [post(console, "/login", {"password": "wrong"}) for _ in range(ATTEMPTS)]
        assert {answer.status_code for answer in tried} == {403}
        late = post(console, "/login", {"password": PASSWORD})
        assert late.status_code == 429
        assert "15 min" in late.text
        assert post(console, console.link().removeprefix(console.url), {}).status_code == 303


def test_without_a_password_in_the_settings_none_gets_in(console: RunningConsole) -> None:
    """Not even an empty one."""
    assert 'type="password"' not in httpx.get(f"{console.url}/login").text
    assert "set-cookie" not in post(console, "/login", {"password": ""}).headers


def test_attempts_are_forgotten_in_time_and_after_the_right_password() -> None:
    """The oldest first."""
    now = [0.0]
    attempts = Attempts(lambda: now[0])
    assert [attempts.begin("a") for _ in range(ATTEMPTS)] == [0.0] * ATTEMPTS
    now[0] = 60.0
    assert attempts.begin("a") == WINDOW_SECONDS - 60
    assert attempts.begin("b") == 0.0
    now[0] = WINDOW_SECONDS
    assert [attempts.begin("a") for _ in range(ATTEMPTS)] == [0.0] * ATTEMPTS
    assert attempts.begin("a") == WINDOW_SECONDS
    attempts.succeed("a")
    assert [attempts.begin("a") for _ in range(ATTEMPTS)] == [0.0] * ATTEMPTS


def test_five_wrong_passwords_are_let_through_in_a_quarter_of_an_hour() -> None:
    """As the guide to the console says."""
    assert (ATTEMPTS, WINDOW_SECONDS) == (5, 900)


def test_the_wait_ends_when_the_first_attempt_is_forgotten() -> None:
    """Not the last: one attempt comes back after the other."""
    now = [0.0]
    attempts = Attempts(lambda: now[0])
    for n in range(ATTEMPTS):
        now[0] = 10.0 * n
        assert attempts.begin("a") == 0.0
    assert attempts.begin("a") == WINDOW_SECONDS - now[0]
    now[0] = WINDOW_SECONDS
    assert [attempts.begin("a"), attempts.begin("a")] == [0.0, 10.0]


def test_whoever_tries_on_is_remembered_before_a_thousand_who_do_not() -> None:
    """A flood of addresses takes no more memory, and frees nobody who was refused just now."""
    attempts = Attempts(lambda: 0.0)
    for _ in range(ATTEMPTS):
        attempts.begin("a")
    for flood in ("b", "c"):
        for n in range(999):
            attempts.begin(f"{flood}{n}")
        assert attempts.begin("a") == WINDOW_SECONDS
    for n in range(1000):
        attempts.begin(f"d{n}")
    assert attempts.begin("a") == 0.0


def test_a_network_of_ipv6_has_no_more_attempts_than_one_address() -> None:
    """Whoever has one address of it has them all; an IPv4 address stays itself in any spelling."""
    attempts = Attempts(lambda: 0.0)
    assert [attempts.begin(f"2001:db8::{n}") for n in range(ATTEMPTS)] == [0.0] * ATTEMPTS
    assert attempts.begin("2001:db8::ffff:1") == WINDOW_SECONDS
    assert attempts.begin("2001:db8:0:1::1") == 0.0
    attempts.succeed("2001:db8::7")
    assert attempts.begin("2001:db8::8") == 0.0
    assert [attempts.begin("::ffff:192.0.2.1") for _ in range(ATTEMPTS)] == [0.0] * ATTEMPTS
    assert attempts.begin("192.0.2.1") == WINDOW_SECONDS
    assert attempts.begin("192.0.2.2") == 0.0


def test_a_hash_lets_in_its_own_password_alone() -> None:
    """Each time it is another hash."""
    hashed = hash_password(PASSWORD)
    assert hashed.startswith("scrypt:32768:8:3:")  # as OWASP recommends
    assert is_right(PASSWORD, hashed)
    quick = quick_hash(PASSWORD)
    assert quick != quick_hash(PASSWORD)
    assert not is_right(f"{PASSWORD} ", quick)
    with pytest.raises(PasswordError, match="5 characters is too short; take 12"):
        hash_password("short")
    with pytest.raises(PasswordError, match="footnote console hash-password"):
        is_right(PASSWORD, "rye bread")


def test_a_session_ends_when_nobody_uses_it_and_in_any_case_at_last(tmp_path: Path) -> None:
    """Idle for half an hour, or twelve hours old."""
    now = [NOW]
    store = SessionStore(database_in(tmp_path), b"key", LIFETIME, lambda: now[0])
    idle, busy = store.begin("ada"), store.begin("bob")
    for _ in range(12 * 60 // 20 - 1):
        now[0] += timedelta(minutes=20)
        assert store.find(busy)
    assert store.find(idle) is None
    now[0] += timedelta(minutes=20)
    assert store.find(busy) is None


def test_a_session_outlives_no_limit_by_a_second(tmp_path: Path) -> None:
    """That it is used is noted once a minute: it may end up to a minute early, and never late."""
    now = [NOW]
    store = SessionStore(database_in(tmp_path), b"key", LIFETIME, lambda: now[0])
    token = store.begin("ada")
    for later in (timedelta(seconds=59), LIFETIME.idle - timedelta(seconds=1)):
        now[0] = NOW + later
        assert store.find(token)
    now[0] += LIFETIME.idle - timedelta(seconds=1)
    assert store.find(token)
    now[0] += LIFETIME.idle
    assert store.find(token) is None


def test_a_new_session_clears_away_those_that_are_over(tmp_path: Path) -> None:
    """And leaves those of others that live."""
    now = [NOW]
    database = database_in(tmp_path)
    store = SessionStore(database, b"key", LIFETIME, lambda: now[0])
    for who, later in (("old", 0), ("living", 20), ("new", 30)):
        now[0] = NOW + timedelta(minutes=later)
        store.begin(who)
    with database.connect() as connection:
        kept = connection.execute(sa.select(CONSOLE_SESSIONS.c.who)).scalars().all()
    assert sorted(kept) == ["living", "new"]


def test_a_session_that_is_ended_is_over_and_no_other(tmp_path: Path) -> None:
    """At once, whoever has a copy of its token."""
    store = SessionStore(database_in(tmp_path), b"key", LIFETIME)
    tokens = [store.begin("ada"), store.begin("ada")]
    store.end(tokens[0])
    assert [bool(store.find(token)) for token in tokens] == [False, True]


def test_what_a_form_carries_opens_no_session(tmp_path: Path) -> None:
    """It stands in pages, and its cookie does not; no two sessions and no two keys share one."""
    database = database_in(tmp_path)
    store = SessionStore(database, b"key", LIFETIME)
    tokens = [store.begin("ada"), store.begin("ada")]
    found = [store.find(token) for token in tokens]
    forms = [session.csrf for session in found if session]
    assert len({*tokens, *forms}) == 4
    assert [store.find(form) for form in forms] == [None, None]
    assert SessionStore(database, b"another", LIFETIME).find(tokens[0]) is None


def test_a_session_of_a_clock_that_was_a_year_ahead_ends_when_it_is_set(tmp_path: Path) -> None:
    """Else it would live for a year; a clock set back by minutes throws nobody out."""
    now = [datetime(2027, 1, 1, tzinfo=UTC)]
    store = SessionStore(database_in(tmp_path), b"key", LIFETIME, lambda: now[0])
    token = store.begin("ada")
    now[0] -= timedelta(minutes=20)
    assert store.find(token)
    now[0] -= timedelta(days=365)
    assert store.find(token) is None


def test_a_link_of_a_clock_that_was_a_year_ahead_is_none(tmp_path: Path) -> None:
    """It was to work for minutes."""
    database, now = database_in(tmp_path), datetime(2026, 1, 1, tzinfo=UTC)
    link = new_login_link(database, "http://x", "ada", now + timedelta(days=365))
    assert spend(database, link.rpartition("/")[2], now) is None


def test_somebody_who_was_away_too_long_logs_in_again(
    admin: Visitor, console: RunningConsole
) -> None:
    """The browser still has the cookie, and it opens nothing."""
    long_ago = as_stored(datetime.now(UTC) - LIFETIME.idle - timedelta(minutes=1))
    with console.parts.database.begin() as connection:
        connection.execute(sa.update(CONSOLE_SESSIONS).values(used_at=long_ago))
    admin.go("/audit")
    assert admin.page.get_by_role("heading", name="Log in").is_visible()
    admin.log_in(console.link())


def test_logging_out_ends_the_session_for_good(admin: Visitor, console: RunningConsole) -> None:
    """A copy of the cookie opens nothing any more."""
    (cookie,) = admin.page.context.cookies()
    admin.page.get_by_role("button", name="Log out").click()
    admin.page.get_by_role("heading", name="Log in").wait_for()
    assert admin.page.context.cookies() == []
    copied = {cookie["name"]: cookie["value"]}
    answer = httpx.get(f"{console.url}/audit", cookies=copied)
    assert answer.headers["location"].startswith("/login")


def test_the_only_cookie_is_the_sessions_and_scripts_cannot_read_it(admin: Visitor) -> None:
    """It goes to this host alone, from its own pages alone, and no longer than the browser runs."""
    (cookie,) = admin.page.context.cookies()
    found = {name: cookie.get(name) for name in ("name", "httpOnly", "sameSite", "expires")}
    assert found == {"name": "footnote", "httpOnly": True, "sameSite": "Strict", "expires": -1}


def test_behind_https_the_cookie_never_goes_without(tmp_path: Path) -> None:
    """Its name makes browsers see to that."""
    with running_console(tmp_path, public_url="https://footnote.example") as console:
        link = console.link().removeprefix(console.url)
        headers = {"host": "footnote.example", "origin": "https://footnote.example"}
        begun = post(console, link, {}, **headers).headers["set-cookie"]
        token = begun.removeprefix("__Host-footnote=").partition(";")[0]
        session = console.parts.sessions.find(token)
        assert session
        cookie = {**headers, "cookie": f"__Host-footnote={token}"}
        over = post(console, "/logout", {"form_token": session.csrf}, **cookie)
        ended = over.headers["set-cookie"]
        assert console.parts.sessions.find(token) is None
    assert begun.startswith("__Host-footnote=")
    assert ended.startswith('__Host-footnote=""; ')  # and taken only with what it was set with
    assert "Max-Age=0" in ended.split("; ")
    for set_cookie in (begun, ended):
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=strict"} <= set(set_cookie.split("; "))


def test_who_came_in_and_who_tried_stands_in_the_audit_trail(tmp_path: Path) -> None:
    """By the name that the link was made for."""
    with running_console(tmp_path, password_hash=quick_hash(PASSWORD)) as console:
        post(console, "/login", {"password": "wrong"})
        post(console, console.link().removeprefix(console.url), {})
        deeds = [(deed.who, deed.action, deed.detail) for deed in console.parts.audit.all()]
    assert deeds == [
        ("unknown", "console login", "a wrong password"),
        ("a1b2c3d4", "console login", ""),
    ]


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "/\\evil.example", "https://evil.example", "evil", "", "/a\nb"]
)
def test_logging_in_leads_to_no_other_site(wanted: str) -> None:
    """Only to a page of the console."""
    assert local_path(wanted) == "/"
