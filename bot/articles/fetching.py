"""Sources on the web -> their folders, brought up to date."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.articles.added_pages import AddedPages
from bot.articles.article_sources import ArticleSource
from bot.articles.source_folders import SourceFolders
from config.errors import FootnoteError
from config.settings import WebSettings
from corpus.fetch import WebClient
from corpus.mirror import mirror
from corpus.progress import Progress
from corpus.sources import Problem
from corpus.web_source import ChosenPages, Feed, Sitemap, WebPage, WebSource


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Asks the web for what sources list.

    Attributes:
        added: The pages that were added by hand.
    """

    settings: WebSettings
    added: AddedPages

    def fetch(
        self, sources: Sequence[ArticleSource], folders: SourceFolders, progress: Progress
    ) -> dict[str, tuple[Problem, ...]]:
        """Bring the folders of web sources up to date; return what went wrong, by their names."""
        wanted = [source for source in sources if source.kind != "folder"]
        if not wanted:
            return {}
        allow_private, about = self.settings.allow_private, self.settings.about or None
        with WebClient(allow_private=allow_private, about=about) as client:
            return {s.name: self._fetch(s, folders, client, progress) for s in wanted}

    def _fetch(
        self, source: ArticleSource, folders: SourceFolders, client: WebClient, progress: Progress
    ) -> tuple[Problem, ...]:
        listing, folder = self._listing(source), folders.of_pages(source)
        try:
            return mirror(listing, folder, client, progress=progress).problems
        except FootnoteError as error:
            return (Problem("", f"cannot be read, its articles stay ({error})"),)

    def _listing(self, source: ArticleSource) -> WebSource:
        """Return what lists the pages of a source that is no folder."""
        if source.kind == "feed":
            return Feed(source.address)
        if source.kind == "sitemap":
            return Sitemap(source.address)
        return ChosenPages(self.added.all()) if source.kind == "hand" else WebPage(source.address)
