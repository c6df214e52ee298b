"""Building and refreshing agree on every id, so that what refers to one goes on working."""

from pathlib import Path

import pytest

from bot.articles.article_sources import ArticleSource, SourceError
from bot.articles.one_folder import build_folder, built_from
from bot.articles.refresh import Refresher, Request
from bot.engine import index_folder
from bot.moderators.golden_questions import GoldenQuestions
from bot.storage.database import open_database, sqlite_url
from config.settings import load_settings
from retrieval.build import BuildReport
from retrieval.golden import GoldenQuestion
from retrieval.intake import Silence
from tests.bot.databases import database_in
from tests.conftest import write_article
from tests.fakes import FakeEncoder


@pytest.fixture(autouse=True)
def counting_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the encoder whose vectors can be worked out in your head."""
    monkeypatch.setattr("bot.engine.SentenceEncoder", lambda _model: FakeEncoder(200))


def refresher(data: Path) -> Refresher:
    return Refresher(load_settings(), data, database_in(data))


def build(folder: Path, data: Path) -> BuildReport:
    return build_folder(load_settings(), folder, data, Silence())


def passages(data: Path) -> dict[str, list[str]]:
    """Return the ids of the passages of each article."""
    generation = index_folder(data).open_current()
    found: dict[str, list[str]] = {}
    for row in range(len(generation)):
        passage = generation.passage(row)
        found.setdefault(passage.article.id, []).append(passage.id)
    return found


def test_a_build_after_a_refresh_changes_no_id(articles: Path, tmp_path: Path) -> None:
    """Neither an article's nor a passage's; what is new is added, and other sources stay."""
    data, other = tmp_path / "data", tmp_path / "other"
    other.mkdir()
    write_article(other, "fair", "The fair came in May.")
    for name, folder in (("news", articles), ("fairs", other)):
        refresher(data).add_source("me", ArticleSource(name, "folder", str(folder)))
    refresher(data).refresh(Request("me"), Silence())
    before = passages(data)
    assert set(before) >= {"news/bakery.md", "fairs/fair.md"}
    assert build(articles, data).is_unchanged
    write_article(articles, "market", "The market moved to the square.")
    report = build(articles / ".." / articles.name, data)
    assert (report.added, report.removed) == (("news/market.md",), ())
    assert {i: p for i, p in passages(data).items() if i != "news/market.md"} == before


def test_sources_in_a_database_elsewhere_count_for_a_build(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the settings name it, PostgreSQL for one, whatever an older file in the folder says."""
    data, elsewhere = tmp_path / "data", sqlite_url(tmp_path / "elsewhere")
    refresher(data).add_source("me", ArticleSource("forgotten", "page", "https://x.example"))
    own = Refresher(load_settings(), data, open_database(elsewhere))
    own.add_source("me", ArticleSource("news", "folder", str(articles)))
    with monkeypatch.context() as patched:
        patched.setenv("FOOTNOTE_LOG__URL", str(elsewhere))
        load_settings.cache_clear()
        build(articles, data)
    load_settings.cache_clear()
    assert set(passages(data)) == {"news/bakery.md", "news/bridge.md", "news/harbour.md"}


def test_a_folder_that_holds_the_data_folder_is_refused(articles: Path) -> None:
    """What was fetched lies there, and the index; as a source it is refused too."""
    data = articles / "data"
    with pytest.raises(SourceError, match=r"holds Footnote's own data folder .*/data', which is"):
        build(articles, data)
    with pytest.raises(SourceError, match="put the articles into a folder of their own"):
        refresher(data).add_source("me", ArticleSource("news", "folder", str(articles)))


def test_no_two_sources_read_the_same(articles: Path, tmp_path: Path) -> None:
    """However its path is written: each article would be there twice."""
    sources = refresher(tmp_path / "data")
    sources.add_source("me", ArticleSource("news", "folder", str(articles)))
    again = ArticleSource("again", "folder", str(articles / ".." / articles.name))
    with pytest.raises(SourceError, match="is the source 'news' already"):
        sources.add_source("me", again)
    feed = ArticleSource("feed", "feed", "https://herald.example/feed")
    sources.add_source("me", feed)
    sources.add_source("me", ArticleSource("page", "page", feed.address))
    with pytest.raises(SourceError, match="is the source 'feed' already"):
        sources.add_source("me", ArticleSource("other", "feed", feed.address))


def test_a_folder_that_is_no_source_is_refused(articles: Path, tmp_path: Path) -> None:
    """It would drop all others; the message says what to do instead."""
    data = tmp_path / "data"
    refresher(data).add_source("me", ArticleSource("news", "folder", str(articles)))
    refresher(data).refresh(Request("me"), Silence())
    before = index_folder(data).current()
    other = tmp_path / "other news"
    with pytest.raises(SourceError, match=f"index sources add NAME '{other}'`"):
        build(other, data)
    assert index_folder(data).current() == before


def test_without_sources_a_folder_is_all_there_is(articles: Path, tmp_path: Path) -> None:
    """With a database and without; ids are the files' names, build after build."""
    data = tmp_path / "data"
    assert build(articles, data).added == ("bakery.md", "bridge.md", "harbour.md")
    before = passages(data)
    database_in(data)
    write_article(articles, "market", "The market moved to the square.")
    assert build(articles, data).added == ("market.md",)
    assert {i: p for i, p in passages(data).items() if i != "market.md"} == before


def test_a_folder_whose_articles_wait_is_not_the_one_that_answers(
    articles: Path, tmp_path: Path
) -> None:
    """What is said to be replaced later is what answered."""
    data, other = tmp_path / "data", tmp_path / "other"
    build(articles, data)
    question = GoldenQuestion("Why did the harbour freeze in January?", "harbour.md")
    GoldenQuestions(database_in(data)).add("me", question)
    other.mkdir()
    write_article(other, "fair", "The fair came in May.")
    assert build(other, data).losses
    assert built_from(data) == articles.resolve()
