"""What was added by hand, as it is kept: files in a folder, pages by their addresses."""

from pathlib import Path

import sqlalchemy as sa

from bot.articles.added_pages import AddedPages
from bot.articles.article_sources import HAND
from bot.articles.source_folders import FILES, PAGES, source_folders
from corpus.mirror_state import read_state
from corpus.upload import store_upload

_FILES, _PAGES = f"{HAND.name}/{FILES}", f"{HAND.name}/{PAGES}"


class AddedShelf:
    """The files and pages that were added by hand, by the names that they have in the index."""

    def __init__(self, data_dir: Path, database: sa.Engine) -> None:
        folders = source_folders(data_dir)
        self._files = folders.of(HAND) / FILES
        self._mirror = folders.of_pages(HAND)
        self._pages = AddedPages(database)

    def prepare(self) -> None:
        """Make the folder."""
        self._files.mkdir(parents=True, exist_ok=True)

    def put_file(self, name: str, data: bytes, max_file_mb: int) -> str:
        """Store a file, and return its name in the index.

        Raises:
            UploadError: It cannot be an article.
        """
        return f"{_FILES}/{store_upload(self._files, name, data, max_file_mb).name}"

    def want_page(self, address: str) -> None:
        """Keep a page by its canonical address; the next refresh fetches it."""
        self._pages.want(address)

    def files(self) -> list[str]:
        """Return the names of the files, in order."""
        found = self._files.iterdir() if self._files.is_dir() else ()
        return sorted(f"{_FILES}/{path.name}" for path in found if not path.name.startswith("."))

    def pages(self) -> dict[str, str | None]:
        """Return the name of each page by its address; None for one that was never had.

        Raises:
            StateError: What is known of them is damaged.
        """
        known = read_state(self._mirror).pages
        wanted = ((page.address, known.get(page.address)) for page in self._pages.all())
        return {a: f"{_PAGES}/{page.file}" if page and page.file else None for a, page in wanted}

    def forget(self, name: str) -> None:
        """Delete a file by its name in the index, or forget a page by its address.

        What was fetched of a page is deleted by the next refresh.
        """
        if name.startswith(f"{_FILES}/"):
            (self._files / Path(name).name).unlink(missing_ok=True)
        else:
            self._pages.forget(name)
