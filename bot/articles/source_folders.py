"""The folders that articles are read from, and copies of them that may be spoilt."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.articles.article_sources import ArticleSource

FILES, PAGES = "files", "pages"  # what was added by hand: as files, and by address
_ASIDE = ".dry-run"  # beside the real ones, so that files can be linked instead of copied


@dataclass(frozen=True, slots=True)
class SourceFolders:
    """Where each source's files lie.

    Attributes:
        root: Holds a folder for each source whose files Footnote keeps itself.
    """

    root: Path

    def of(self, source: ArticleSource) -> Path:
        """Return the folder where a source's files lie."""
        return Path(source.address) if source.kind == "folder" else self.root / source.name

    def of_pages(self, source: ArticleSource) -> Path:
        """Return the folder that holds the pages of a source on the web."""
        return self.of(source) / PAGES if source.kind == "hand" else self.of(source)

    def forget(self, source: ArticleSource) -> None:
        """Delete what Footnote keeps of a source, so that none of it comes back with its name."""
        if source.kind != "folder":
            shutil.rmtree(self.of(source), ignore_errors=True)

    @contextmanager
    def aside(self) -> Iterator["SourceFolders"]:
        """Give the same folders, those that Footnote keeps as copies that are thrown away."""
        self.remove_remains()
        copies = self._aside
        try:
            if self.root.is_dir():
                shutil.copytree(self.root, copies, copy_function=_link)
            yield SourceFolders(copies)
        finally:
            self.remove_remains()

    def remove_remains(self) -> None:
        """Delete the copies that a killed dry run left behind."""
        shutil.rmtree(self._aside, ignore_errors=True)

    @property
    def _aside(self) -> Path:
        return self.root.with_name(_ASIDE)


def source_folders(data_dir: Path) -> SourceFolders:
    """Return the folders of the sources in the data folder."""
    return SourceFolders(data_dir / "sources")


def _link(file: str, copy: str) -> None:
    """Give the file a second name; files are only ever replaced whole, never written into."""
    try:
        os.link(file, copy)
    except OSError:  # a file system without links
        shutil.copy2(file, copy)
