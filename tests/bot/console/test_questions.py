"""Admins find what was asked, see what it rested on, and ask it again."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser

from bot.logbook.log_reading import LOOK
from tests.bot.console.asked_there import FROZEN, HOSTILE
from tests.bot.console.running import WHO, RunningConsole, Visitor, visiting


@pytest.fixture
def admin(browser: Browser, busy: RunningConsole) -> Iterator[Visitor]:
    """Return somebody who is logged in where much was asked."""
    with visiting(browser, busy.url) as visitor:
        visitor.come_in(busy)
        yield visitor


def found(busy: RunningConsole, address: str) -> list[str]:
    """Return the ids of the questions on a page, in order."""
    with busy.client() as client:
        page = client.get(f"/questions?{address}")
    assert page.status_code == 200
    return [part.partition('"')[0] for part in page.text.split('href="/questions/')[1:]]


def test_a_search_by_keyboard_finds_a_question_and_opens_it(admin: Visitor) -> None:
    """Words in any order; the beginning of one is enough."""
    page = admin.go("/questions")
    page.get_by_label("Words in the question").focus()
    page.keyboard.type("freez harbour")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="2 questions").wait_for()
    page.get_by_role("link", name=FROZEN).first.press("Enter")
    page.get_by_role("heading", name="Question").wait_for()
    assert page.get_by_text(FROZEN).first.is_visible()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("confidence=failed", ["failed0001"]),
        ("feedback=helpful", ["harbour001"]),
        ("member=bob", ["followup01"]),
        ("slower=1005&sort=slowest", [f"hostile{n:03}" for n in range(len(HOSTILE) - 1, 4, -1)]),
        ("text=freeze&sort=oldest", ["harbour001", "followup01"]),
        ("since=9000-01-01", []),
        ("until=2001-01-01", []),
        ("channel=3", []),
        ("text=%22%27%28%2A+OR+NEAR", []),
    ],
)
def test_every_filter_narrows(busy: RunningConsole, address: str, expected: list[str]) -> None:
    """And each order is kept."""
    assert found(busy, address) == expected


@pytest.mark.parametrize(
    "address",
    ["confidence=x", "sort=x", "feedback=x", "after=1;DROP"],
)
def test_an_address_that_cannot_be_is_refused_with_the_reason(
    busy: RunningConsole, address: str
) -> None:
    """As a page, not as a fault of the server."""
    with busy.client() as client:
        answer = client.get(f"/questions?{address}")
    assert answer.status_code == 400
    assert "To the overview" in answer.text


def test_pages_follow_one_another_without_a_gap(busy: RunningConsole) -> None:
    """From the first to the last, each question once."""
    with busy.client() as client:
        seen: list[str] = []
        address = "/questions?sort=newest"
        while address:
            text = client.get(address).text
            seen += [part.partition('"')[0] for part in text.split('href="/questions/')[1:]]
            following = text.partition('quiet" href="/questions?')[2].partition('"')[0]
            is_next = "Next page" in text
            address = f"/questions?{following.replace('&amp;', '&')}" if is_next else ""
    assert len(seen) == len(set(seen)) == len(HOSTILE) + 3


def test_a_question_shows_what_was_quoted_and_whether_it_stands(admin: Visitor) -> None:
    """With the answering sentence in bold, the scores, and what people said."""
    page = admin.go("/questions/harbour001")
    text = page.get_by_role("main").inner_text()
    assert "The harbour froze in January." in page.locator("blockquote strong").all_inner_texts()
    assert "stands word for word" in text
    assert "late" in text
    page.get_by_role("link", name="followup01").click()
    page.get_by_role("link", name="harbour001").wait_for()
    assert "harbour freeze?" in page.get_by_role("main").inner_text()


def test_a_question_is_asked_again_beside_its_old_answer(admin: Visitor) -> None:
    """By a press of a button, which logs no question."""
    page = admin.go("/questions/hostile006")
    page.get_by_role("button", name="Ask it again now").click()
    page.get_by_role("heading", name="Now").wait_for()
    assert "Nothing was quoted." in page.get_by_role("region", name="Then").inner_text()
    page = admin.go("/questions/harbour001")
    page.get_by_role("button", name="Ask it again now").click()
    now = page.get_by_role("region", name="Now").inner_text()
    assert "The harbour froze in January." in now
    assert "not quoted then" not in now
    assert admin.violations() == []


def test_a_failed_question_can_be_asked_again(admin: Visitor) -> None:
    """It has no receipt, and nobody was sure of anything, but its words are there."""
    page = admin.go("/questions/failed0001")
    assert "<b>no disk</b>" in page.get_by_role("main").inner_text()
    assert "How sure" not in page.get_by_role("main").inner_text()
    page.get_by_role("button", name="Ask it again now").click()
    page.get_by_role("heading", name="Now").wait_for()


def test_asking_again_needs_the_sessions_own_form(busy: RunningConsole) -> None:
    """A link that does it cannot be slipped to an admin."""
    with busy.client() as client:
        assert client.get("/questions/harbour001/again").status_code == 405
        assert client.post("/questions/harbour001/again").status_code == 403


def test_every_look_at_the_log_stands_in_the_audit_trail(busy: RunningConsole) -> None:
    """Who looked at what, but never the words that they looked for."""
    with busy.client() as client:
        for path in ("/", "/questions?text=harbour&slower=9", "/questions/harbour001", "/feedback"):
            client.get(path)
    newest = busy.parts.audit.latest(4)
    assert {(deed.who, deed.action) for deed in newest} == {(WHO, LOOK)}
    assert [deed.detail for deed in newest][::-1] == [
        "overview of 30 days",
        "questions: milliseconds at least 9, words",
        "question harbour001",
        "feedback: feedback unhelpful",
    ]


def test_what_was_erased_is_not_found(busy: RunningConsole) -> None:
    """The page says so."""
    with busy.client() as client:
        answer = client.get("/questions/nosuchone1")
    assert answer.status_code == 404
    assert "may have been erased" in answer.text


def test_what_a_search_finds_is_exported(admin: Visitor) -> None:
    """As a file with a name; redacted until somebody ticks the box."""
    page = admin.go("/questions?text=freeze")
    for is_whole, expected in ((False, [None, None]), (True, ["ada", "bob"])):
        page.get_by_role("checkbox").set_checked(is_whole)
        with page.expect_download() as download:
            page.get_by_role("button", name="Export").click()
        text = download.value.path().read_text("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))
        assert [row["confidence"] for row in rows] == ["strong", "strong"]
        assert [row.get("member") for row in rows] == expected
        kind = "whole" if is_whole else "redacted"
        assert download.value.suggested_filename.endswith(f"{kind}.csv")


def test_an_export_stands_in_the_audit_trail_and_needs_its_form(busy: RunningConsole) -> None:
    """A link cannot fetch it for somebody else."""
    with busy.client() as client:
        assert client.get("/questions/export").status_code in {404, 405}
        assert client.post("/questions/export", data={"format": "csv"}).status_code == 403
        form = {"form_token": busy.form_token(client.cookies), "slower": "1005"}
        assert client.post("/questions/export", data=form).status_code == 400
        answer = client.post("/questions/export", data={**form, "format": "jsonl"})
        sheet = client.post("/questions/export", data={**form, "format": "csv"})
    types = [each.headers["content-type"].partition(";")[0] for each in (answer, sheet)]
    assert types == ["application/jsonl", "text/csv"]
    named = f'attachment; filename="footnote-questions-{datetime.now(UTC):%Y%m%d}-redacted.csv"'
    assert sheet.headers["content-disposition"] == named
    assert len(answer.text.splitlines()) == len(HOSTILE) - 5
    assert busy.parts.audit.latest(1)[0].detail == "export, redacted: milliseconds at least 1005"


@pytest.mark.parametrize(
    ("name", "typed", "label", "needed"),
    [
        ("channel", "#general", "Channel’s id", "needs a whole number, and '#general' is none"),
        ("slower", "²", "Took at least (ms)", "needs a whole number, and '²' is none"),
        ("since", "yesterday", "From (UTC)", "needs a day such as 2026-03-31"),
        ("until", "31.12.2026", "To (UTC)", "needs a day such as 2026-03-31"),
    ],
)
def test_a_slip_in_the_form_is_told_beside_its_field(
    admin: Visitor, name: str, typed: str, label: str, needed: str
) -> None:
    """The rest of the form stays as it was filled in."""
    page = admin.go("/questions?" + urlencode({"text": "harbour", name: typed}))
    field = page.get_by_label(label)
    assert field.get_attribute("aria-invalid") == "true"
    assert needed in page.locator("#" + str(field.get_attribute("aria-describedby"))).inner_text()
    assert page.get_by_label("Words in the question").input_value() == "harbour"
    assert page.get_by_role("heading", name="Export").count() == 0
    assert admin.violations() == []
