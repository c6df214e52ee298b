"""The page on what the articles leave unanswered."""

from starlette.requests import Request
from starlette.responses import Response

from bot.console.asked import whole_number
from bot.console.gap_groups import MOST
from bot.console.looks import note_look
from bot.console.parts import parts_of
from bot.unanswered.gap_cards import ShownGap

_ON_A_PAGE = 10
_QUESTIONS = 5  # of a gap, the newest


def page(request: Request) -> Response:
    """Return a page of gaps.

    Raises:
        FootnoteError: There is no index, or another model made it.
    """
    parts = parts_of(request)
    first = whole_number(request.query_params, "first") or 0
    note_look(request, "gaps")
    gaps = parts.gaps.find()
    shown = [
        ShownGap(gap, parts.asker.nearest(gap.questions[0].query))
        for gap in gaps[first : first + _ON_A_PAGE]
    ]
    return parts.pages.page(
        request,
        "gaps.html",
        gaps=shown,
        total=len(gaps),
        first=first,
        most=MOST,
        on_a_page=_ON_A_PAGE,
        questions=_QUESTIONS,
    )
