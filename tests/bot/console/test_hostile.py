"""A member's question can never become markup."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from bot.console.rendering import Pages
from bot.console.visible import visible
from bot.logbook.logged import LoggedQuestion
from tests.bot.console.asked_there import HOSTILE
from tests.bot.console.running import RunningConsole, Visitor, visiting

ROW = Pages()._environment.from_string(
    '{% from "parts.html" import row %}{{ row(question, [question.question]) }}'
)
SHOWN_WHOLE = 10_000
QUESTION = LoggedQuestion(
    number=1,
    id="harbour001",
    asked_at=datetime(2026, 3, 1, tzinfo=UTC),
    question="",
    confidence="strong",
    probability=0.9,
    reason=None,
    generation="000001",
    took_ms=9.0,
    follows=None,
    member="ada",
    guild_id=1,
    channel_id=2,
    way="command",
    is_private=False,
    helpful=0,
    unhelpful=1,
)


@pytest.fixture
def admin(browser: Browser, busy: RunningConsole) -> Iterator[Visitor]:
    """Return somebody who is logged in where hostile things were asked."""
    with visiting(browser, busy.url) as visitor:
        visitor.come_in(busy)
        visitor.page.on("dialog", lambda dialog: visitor.complaints.append(dialog.message))
        yield visitor


def foreign_elements(page: Page) -> list[str]:
    """Return what stands on the page that none of our templates puts there."""
    foreign = "script, iframe, style, svg, img:not(figure img), [onload], [onerror], a[href^=java]"
    found: list[str] = page.locator(foreign).evaluate_all("all => all.map(e => e.outerHTML)")
    return found


def test_a_hostile_question_is_shown_as_it_was_written(admin: Visitor) -> None:
    """Character by character, but for what would act on the text around it."""
    for number, text in enumerate(HOSTILE):
        page = admin.go(f"/questions/hostile{number:03}")
        shown = page.locator("p.words").first.evaluate("e => e.textContent")
        assert shown == visible(text, SHOWN_WHOLE)
        assert page.locator("p.words *").count() == 0
        assert foreign_elements(page) == []
        assert page.title() == f"Question hostile{number:03} · Footnote"


def test_no_list_lets_a_hostile_text_act(admin: Visitor) -> None:
    """Nothing runs, nothing is fetched, nothing is hidden."""
    for path in ("/questions", "/gaps", "/feedback", "/audit", "/"):
        page = admin.go(path)
        assert (path, foreign_elements(page)) == (path, [])
        assert page.get_by_role("button", name="Log out").is_visible()


def test_a_hostile_search_is_shown_as_it_was_written(admin: Visitor) -> None:
    """It comes back in the form's field, and nowhere else."""
    page = admin.go("/questions")
    for text in HOSTILE[:9]:
        page.get_by_label("Words in the question").fill(text)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.get_by_label("Words in the question").input_value() == text
        assert foreign_elements(page) == []


def test_a_hostile_article_is_shown_as_it_was_written(admin: Visitor) -> None:
    """Articles come from other people's sites."""
    page = admin.go("/questions/harbour001")
    page.get_by_role("button", name="Ask it again now").click()
    page.get_by_role("heading", name="Now").wait_for()
    assert foreign_elements(page) == []


class Elements(HTMLParser):
    """Notes the elements of a page, and the text of its questions."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []
        self._in_words = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._in_words = ("class", "words") in attrs
        if self._in_words:
            self.words.append("")

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"/{tag}")
        self._in_words = False

    def handle_data(self, data: str) -> None:
        if self._in_words:
            self.words[-1] += data


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_text_can_be_markup(text: str) -> None:
    """The elements of a row are those of a harmless one, and its words are the text's."""
    harmless, row = Elements(_row("why?")), Elements(_row(text))
    assert row.tags == harmless.tags
    assert row.words == [visible(text, 300), visible(text, 1000)]


def _row(text: str) -> str:
    """Return a row of the list of questions, with a reason that somebody gave."""
    return ROW.render(question=replace(QUESTION, question=text))
