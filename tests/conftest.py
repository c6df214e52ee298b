"""What many tests share."""

from pathlib import Path

import pytest
from hypothesis import settings

from corpus.sources import scan_folder
from retrieval.build import Builder, BuildReport
from retrieval.generation import IndexFolder
from tests.fakes import FakeEncoder, count_words

settings.register_profile("steady", deadline=None)  # a busy machine fails no property
settings.load_profile("steady")

SHARED = Path(__file__).parent.parent.parent / "shared"
SAMPLE = Path(__file__).parent.parent / "corpus" / "articles"
MAX_FILE_MB = 1


@pytest.fixture
def anyio_backend() -> str:
    """Return the event loop that asynchronous tests run on: discord.py's."""
    return "asyncio"


@pytest.fixture
def captures() -> Path:
    """Return the folder of real captures, or skip."""
    folder = SHARED / "articles"
    if not folder.is_dir():
        pytest.skip(f"the real captures are not here ('{folder}')")
    return folder


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Return a folder with three small articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    write_article(folder, "harbour", "The harbour froze in January. Ships waited for a week.")
    write_article(
        folder, "bakery", "The bakery opened at noon. It sold out of rye bread.", "Gazette"
    )
    write_article(folder, "bridge", "The bridge was closed for repairs. Nobody said for how long.")
    return folder


def write_article(folder: Path, name: str, text: str, source: str = "Herald") -> Path:
    """Write a Markdown article and return its path."""
    header = f"title: The {name}\nsource: {source}\npublished: 2020-01-31"
    path = folder / f"{name}.md"
    path.write_text(f"---\n{header}\n---\n{text}\n", encoding="utf-8")
    return path


class Index:
    """An index of a folder, built with words for tokens and an encoder that counts them."""

    def __init__(self, articles: Path, path: Path, max_tokens: int = 30) -> None:
        self.articles = articles
        self.folder = IndexFolder(path)
        self.encoder = FakeEncoder()
        self.max_tokens = max_tokens
        self.keep = 3

    def build(self) -> BuildReport:
        """Bring the index up to date."""
        builder = Builder(
            self.folder, self.encoder, self.max_tokens, count_words, MAX_FILE_MB, self.keep
        )
        return builder.build(scan_folder(self.articles, MAX_FILE_MB), self.articles)


@pytest.fixture
def index(articles: Path, tmp_path: Path) -> Index:
    """Return an index of `articles` that is yet to be built."""
    return Index(articles, tmp_path / "index")
