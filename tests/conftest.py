"""What many tests share."""

import warnings
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import settings

from corpus.sources import scan_folder
from retrieval.build import Builder, BuildReport
from retrieval.index_folder import IndexFolder
from tests.discord_server import DiscordServer
from tests.discord_server.api_description import ApiDescription
from tests.fakes import FakeEncoder, count_words

settings.register_profile("steady", deadline=None)  # a busy machine fails no property
settings.load_profile("steady")

SHARED = Path(__file__).parent.parent.parent / "shared"
SAMPLE = Path(__file__).parent.parent / "corpus" / "articles"
API_DESCRIPTION = SHARED / "discord" / "openapi.json"
MAX_FILE_MB = 1


@pytest.fixture
def anyio_backend() -> str:
    """Return the event loop that asynchronous tests run on: discord.py's."""
    return "asyncio"


@pytest.fixture(scope="session")
def api_description() -> ApiDescription | None:
    """Return Discord's own description of its API, or None with a warning that tests end with."""
    if not API_DESCRIPTION.is_file():
        warnings.warn(
            f"requests are not checked against Discord's API description: "
            f"'{API_DESCRIPTION}' is not here",
            stacklevel=1,
        )
        return None
    return ApiDescription(API_DESCRIPTION)


@pytest.fixture
async def discord_server(
    anyio_backend: str,  # noqa: ARG001  # makes the fixture run on the test's own event loop
    api_description: ApiDescription | None,
) -> AsyncIterator[DiscordServer]:
    """Return a loopback Discord that checks requests as strictly as it can."""
    async with DiscordServer(description=api_description) as server:
        yield server


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
        return self.builder().build(scan_folder(self.articles, MAX_FILE_MB), self.articles)

    def builder(self) -> Builder:
        """Return what builds it."""
        return Builder(
            self.folder, self.encoder, self.max_tokens, count_words, MAX_FILE_MB, self.keep
        )


@pytest.fixture
def index(articles: Path, tmp_path: Path) -> Index:
    """Return an index of `articles` that is yet to be built."""
    return Index(articles, tmp_path / "index")
