"""The page on what moderators and admins did."""

from starlette.requests import Request
from starlette.responses import Response

from bot.console.asked import whole_number
from bot.console.parts import parts_of

_DEEDS = 50  # on a page


def page(request: Request) -> Response:
    """Return a page of deeds, newest first."""
    parts = parts_of(request)
    found = parts.audit.latest(_DEEDS + 1, whole_number(request.query_params, "before"))
    deeds = found[:_DEEDS]
    before = deeds[-1].number if len(found) > _DEEDS else None
    return parts.pages.page(request, "audit.html", deeds=deeds, before=before)
