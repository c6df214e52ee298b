"""Templates -> pages; every text in them is escaped."""

from datetime import datetime
from http import HTTPStatus

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from bot.cards.score_words import percent
from bot.console.visible import visible
from bot.logbook.log_question_card import WAYS
from bot.logbook.logged import Opinion, Outcome, Sort

TABS = (
    ("/", "Overview"),
    ("/questions", "Questions"),
    ("/gaps", "Gaps"),
    ("/feedback", "Feedback"),
    ("/articles", "Articles"),
    ("/audit", "Audit"),
    ("/health", "Health"),
)
OUTCOMES: dict[Outcome, str] = {
    "strong": "answered",
    "partial": "in part",
    "none": "no answer",
    "failed": "failed",
}
OPINIONS: dict[Opinion, str] = {
    "unhelpful": "not helpful",
    "helpful": "helpful",
    "any": "either",
    "no": "none given",
}
SORTS: dict[Sort, str] = {
    "newest": "newest first",
    "oldest": "oldest first",
    "slowest": "slowest first",
    "least sure": "least sure first",
}
_TITLES = {
    HTTPStatus.NOT_FOUND: "No such page",
    HTTPStatus.MISDIRECTED_REQUEST: "Another address",
    HTTPStatus.SERVICE_UNAVAILABLE: "The database does not answer",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something went wrong",
}
_NOT_DONE = "That could not be done"


class Pages:
    """The templates of the console."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=PackageLoader("bot.console"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(
            visible=visible, moment=moment, number=number, ms=ms, percent=percent
        )
        self._environment.globals.update(
            outcomes=OUTCOMES, opinions=OPINIONS, sorts=SORTS, ways=WAYS
        )

    def page(
        self, request: Request, template: str, status: int = HTTPStatus.OK, **context: object
    ) -> HTMLResponse:
        """Return a page made of a template."""
        session = getattr(request.state, "session", None)
        text = self._environment.get_template(template).render(
            context, session=session, tabs=TABS, here=request.scope["path"]
        )
        return HTMLResponse(text.encode("utf-8", "backslashreplace"), status)

    def error(self, request: Request, status: HTTPStatus, reason: str) -> HTMLResponse:
        """Return a page that says why there is no other."""
        return self.page(
            request, "error.html", status, title=_TITLES.get(status, _NOT_DONE), reason=reason
        )


def moment(when: datetime | None) -> str:
    """Return a moment for people, who live in other time zones."""
    return f"{when:%Y-%m-%d %H:%M} UTC" if when else "never"


def number(value: float) -> str:
    """Return a number with its thousands apart: 12,345."""
    return f"{value:,.0f}"


def ms(value: float | None) -> str:
    """Return a time taken: 840 ms, or 2.3 s."""
    if value is None:
        return "–"
    return f"{value:,.0f} ms" if value < _SECOND else f"{value / _SECOND:,.1f} s"


_SECOND = 1_000
