"""The page on what the articles leave unanswered."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from bot.console.asked import whole_number
from bot.console.gap_groups import MOST
from bot.console.looks import note_look
from bot.console.parts import parts_of
from bot.unanswered.gap_cards import LACKS
from bot.unanswered.gaps import Gap, lacks
from retrieval.search import Hit

_ON_A_PAGE = 10
_QUESTIONS = 5  # of a gap, the newest


@dataclass(frozen=True, slots=True)
class ShownGap:
    """A gap with the best passage that there is for it, and what was wrong, in words."""

    gap: Gap
    nearest: Hit | None

    @property
    def kinds(self) -> str:
        """How often each kind of answer was given."""
        return ", ".join(f"{count:,} {LACKS[kind]}" for kind, count in lacks(self.gap))


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
