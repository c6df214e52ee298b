"""Sources on the web -> their folders, brought up to date."""

from collections.abc import Sequence

from bot.article_sources import ArticleSource
from bot.source_folders import SourceFolders
from config.errors import FootnoteError
from config.settings import WebSettings
from corpus.fetch import WebClient
from corpus.mirror import mirror
from corpus.progress import Progress
from corpus.sources import Problem
from corpus.web_source import Feed, Sitemap, WebPage

_WEB: dict[str, type[WebPage | Feed | Sitemap]] = {
    "page": WebPage,
    "feed": Feed,
    "sitemap": Sitemap,
}


def fetch_sources(
    sources: Sequence[ArticleSource],
    folders: SourceFolders,
    settings: WebSettings,
    progress: Progress,
) -> dict[str, tuple[Problem, ...]]:
    """Bring the folders of web sources up to date; return what went wrong, by their names."""
    wanted = [source for source in sources if source.kind in _WEB]
    if not wanted:
        return {}
    allow_private, about = settings.allow_private, settings.about or None
    with WebClient(allow_private=allow_private, about=about) as client:
        return {s.name: _fetch(s, folders, client, progress) for s in wanted}


def _fetch(
    source: ArticleSource, folders: SourceFolders, client: WebClient, progress: Progress
) -> tuple[Problem, ...]:
    page_source = _WEB[source.kind](source.address)
    try:
        return mirror(page_source, folders.of(source), client, progress=progress).problems
    except FootnoteError as error:
        return (Problem("", f"cannot be read, its articles stay ({error})"),)
