"""The page on the index: what answers now, what did before, and where articles come from."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from bot.articles.article_sources import SourceStore
from bot.console.parts import parts_of
from bot.moderators.hidden import HiddenStore
from bot.moderators.pins import PinStore
from retrieval.index_folder import IndexFolder
from retrieval.manifest import GenerationError, Manifest, read_manifest


@dataclass(frozen=True, slots=True)
class Kept:
    """A generation that is kept.

    Attributes:
        waits: Whether golden questions hold it back.
        manifest: Or why it cannot be read, in short.
    """

    id: str
    is_current: bool
    waits: bool
    manifest: Manifest | str


def page(request: Request) -> Response:
    """Return the page."""
    parts = parts_of(request)
    return parts.pages.page(
        request,
        "articles.html",
        generations=generations(parts.index),
        sources=SourceStore(parts.database).all(),
        hidden=HiddenStore(parts.database).all(),
        pins=PinStore(parts.database).all(),
    )


def generations(index: IndexFolder) -> list[Kept]:
    """Return the generations that are kept, newest first; one that waits is the newest."""
    current, waiting = index.current_or_none(), index.waiting()
    names = [*([waiting] if waiting else []), *index.history()]
    return [Kept(name, name == current, name == waiting, _manifest(index, name)) for name in names]


def _manifest(index: IndexFolder, name: str) -> Manifest | str:
    try:
        return read_manifest(index.path / name)
    except GenerationError as error:
        return error.in_short
