"""The page of one question: its receipt, and what would be answered now."""

from dataclasses import dataclass
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.asking.dates import day_of_asking
from bot.asking.receipt import check_quotes, filters_of
from bot.console.looks import note_look
from bot.console.parts import Parts, parts_of
from bot.console.quoted import Quoted, quoted_now, quoted_then
from bot.logbook.log_search import read_question
from bot.logbook.logged import QuestionDetail
from retrieval.answer import Answer
from retrieval.filters import Filters
from retrieval.manifest import GenerationError


@dataclass(frozen=True, slots=True)
class Again:
    """What a question is answered now."""

    answer: Answer
    quoted: tuple[Quoted, ...]


def page(request: Request) -> Response:
    """Return the page of a question.

    Raises:
        HTTPException: None of this id is kept.
    """
    detail = _read(request)
    return _page(request, detail, None)


def ask_again(request: Request) -> Response:
    """Return the page of a question with the present answer beside the old one.

    Raises:
        HTTPException: None of this id is kept.
        FootnoteError: There is no index that could answer.
    """
    detail = _read(request)
    receipt = detail.receipt
    query = receipt.query if receipt else detail.question.question
    day = day_of_asking(detail.question.asked_at)
    filters = filters_of(receipt) if receipt else Filters(as_of=day)
    answer = parts_of(request).asker.ask(query, filters)
    shown = frozenset(cited.passage_id for cited in receipt.citations) if receipt else frozenset()
    quoted = tuple(quoted_now(citation, shown) for citation in answer.citations)
    return _page(request, detail, Again(answer, quoted))


def _read(request: Request) -> QuestionDetail:
    identifier = request.path_params["id"]
    note_look(request, f"question {identifier[:32]}")
    detail = read_question(parts_of(request).database, identifier)
    if detail is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return detail


def _page(request: Request, detail: QuestionDetail, again: Again | None) -> Response:
    parts = parts_of(request)
    return parts.pages.page(
        request, "question.html", detail=detail, quoted=_quoted(parts, detail), again=again
    )


def _quoted(parts: Parts, detail: QuestionDetail) -> tuple[Quoted, ...] | None:
    """Return what was quoted, compared with the articles; None when there are none to compare."""
    if detail.receipt is None:
        return ()
    try:
        generation = parts.current.open()
    except GenerationError:
        return None
    return tuple(quoted_then(check) for check in check_quotes(detail.receipt, generation))
