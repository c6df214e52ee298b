"""What a search of the log finds, as a file."""

from collections.abc import Mapping
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from bot.console.asked import AddressError
from bot.console.guard import form_of
from bot.console.log_filter import read_filter
from bot.console.looks import note_look
from bot.console.parts import parts_of
from bot.logbook.log_export import ExportKind, export_lines

_MEDIA_TYPES: dict[ExportKind, str] = {"csv": "text/csv", "jsonl": "application/jsonl"}


def export(request: Request) -> Response:
    """Return the file, written while it is sent.

    Raises:
        AddressError: The form asks for what there cannot be.
    """
    form = form_of(request)
    wanted, kind = read_filter(form), _kind(form)
    is_whole = "whole" in form
    how = "whole" if is_whole else "redacted"
    note_look(request, f"export, {how}: {wanted.query.described()}")
    database = parts_of(request).database
    found = export_lines(database, wanted.query, kind, is_whole=is_whole)
    name = f"footnote-questions-{datetime.now(UTC):%Y%m%d}-{how}.{kind}"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(found, media_type=_MEDIA_TYPES[kind], headers=headers)


def _kind(form: Mapping[str, str]) -> ExportKind:
    for kind in _MEDIA_TYPES:
        if form.get("format") == kind:
            return kind
    raise AddressError("format", f"is one of {', '.join(_MEDIA_TYPES)}; choose one")
