"""A dry run shows what a refresh would bring, the web included, and leaves every file as it was."""

from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from bot.articles.article_sources import describe, new_source
from bot.articles.refresh import Refresher, Request
from bot.articles.source_folders import SourceFolders
from config.settings import load_settings
from corpus.fetch import Limits, WebClient
from corpus.progress import Silence
from retrieval.build import BuildReport, NothingToIndexError
from tests.bot.databases import database_in
from tests.conftest import write_article
from tests.corpus.site import Site, edition, open_site, page, serve, status
from tests.fakes import FakeEncoder

NOT_CONTENT = ("-wal", "-shm", ".lock", "LOCK", "REFRESHING")


def words(n: int, about: str) -> str:
    """Return enough prose for a page to be an article."""
    return " ".join(f"The {i}th {about} slept in the harbour since it was tired." for i in range(n))


def rss(*paths: str) -> str:
    """Return a feed of these pages."""
    items = "".join(f"<item><title>On {path}</title><link>{path}</link></item>" for path in paths)
    return f'<rss version="2.0"><channel><title>T</title>{items}</channel></rss>'


def atom(site: Site, *paths: str) -> str:
    """Return a feed of these pages, in Atom."""
    entries = "".join(
        f'<entry><title>On {path}</title><link href="{site.address}{path}"/></entry>'
        for path in paths
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>{entries}</feed>'


def sitemap(site: Site, *paths: str) -> str:
    """Return a sitemap of these pages."""
    urls = "".join(f"<url><loc>{site.address}{path}</loc></url>" for path in paths)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


@pytest.fixture
def site() -> Iterator[Site]:
    with open_site() as running:
        running.pages |= {
            "/page": edition(page(words(9, "seal"), "Seals"), '"1"'),
            "/rss.xml": serve(rss("/r1", "/r2"), "application/rss+xml"),
            "/r1": serve(page(words(9, "gull"), "Gulls")),
            "/r2": serve(page(words(9, "tug"), "Tugs")),
            "/atom.xml": serve(atom(running, "/a1"), "application/atom+xml"),
            "/a1": serve(page(words(9, "crane"), "Cranes")),
            "/sitemap.xml": serve(sitemap(running, "/s1"), "application/xml"),
            "/s1": serve(page(words(9, "pilot"), "Pilots")),
        }
        yield running


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def refresher(data: Path, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Refresher:
    """Return what refreshes from a folder and every kind of source on the web."""
    monkeypatch.setattr("bot.engine.SentenceEncoder", lambda _model: FakeEncoder(200))
    quick = partial(WebClient, Limits(least_pause_seconds=0))
    monkeypatch.setattr("bot.articles.fetching.WebClient", quick)
    settings = load_settings()
    web = settings.web.model_copy(update={"allow_private": True})
    settings = settings.model_copy(update={"web": web})
    refresher = Refresher(settings, data, database_in(data))
    news = tmp_path / "news"
    news.mkdir()
    write_article(news, "ferry", "The ferry sank.")
    for source in (
        new_source("news", str(news)),
        new_source("page", f"{site.address}/page"),
        new_source("rss", f"{site.address}/rss.xml", "feed"),
        new_source("atom", f"{site.address}/atom.xml", "feed"),
        new_source("map", f"{site.address}/sitemap.xml", "sitemap"),
    ):
        refresher.add_source("terminal", source)
    return refresher


def refreshed(refresher: Refresher, *, is_dry: bool, only: str | None = None) -> BuildReport:
    return refresher.refresh(Request("a test", only, is_dry), Silence())


def shown(report: BuildReport) -> tuple[object, ...]:
    """Return what a dry run promises of a refresh."""
    changes = (report.added, report.changed, report.removed)
    return (*changes, report.articles, report.passages, report.problems)


def contents(folder: Path) -> dict[str, str]:
    """Return the hash of every file that holds anything, by its path."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(NOT_CONTENT)
    }


def test_a_dry_run_shows_what_the_refresh_then_brings_and_changes_no_file(
    refresher: Refresher, data: Path, site: Site
) -> None:
    """From nothing, with changes of every kind on the web, and when nothing is new."""
    for step in range(3):
        if step == 1:
            site.pages |= {
                "/page": edition(page(words(9, "walrus"), "Walruses"), '"2"'),
                "/rss.xml": serve(rss("/r1", "/r2", "/r3"), "application/rss+xml"),
                "/r1": status(500),
                "/r3": serve(page(words(9, "otter"), "Otters")),
                "/s1": status(404),
            }
        before = contents(data)
        dry = refreshed(refresher, is_dry=True)
        assert contents(data) == before
        real = refreshed(refresher, is_dry=False)
        assert shown(dry) == shown(real)
        if step == 0:
            assert len(real.added) == 6
            assert real.problems == ()
        if step == 1:
            assert (len(real.added), len(real.changed)) == (1, 1)
            assert "answered 500" in str(real.problems)
            assert "answered 404" in str(real.problems)
    assert "footnote.sqlite" in contents(data)
    assert any(name.startswith("sources/rss/") for name in contents(data))


def test_a_dry_run_of_one_source_asks_no_other(refresher: Refresher, site: Site) -> None:
    """As the refresh itself does."""
    refreshed(refresher, is_dry=False)
    site.asked.clear()
    refreshed(refresher, is_dry=True, only="page")
    assert site.paths() == ["/page"]


def test_what_is_not_there_any_more_is_the_sources_own_problem(
    refresher: Refresher, site: Site
) -> None:
    """At each refresh until it is back, and for the page also when its article was removed."""
    refreshed(refresher, is_dry=False)
    alive = dict(site.pages)
    gone = {"page": "/page", "rss": "/rss.xml", "map": "/sitemap.xml"}
    site.pages |= {path: status(404) for path in gone.values()}
    for _ in range(4):
        refreshed(refresher, is_dry=False)
        found = {source.name: source.problem for source in refresher.sources.all()}
        assert [name for name, problem in found.items() if problem] == ["map", "page", "rss"]
        assert all("answered 404" in str(found[name]) for name in gone)
        listed = {s.name: describe(s) for s in refresher.sources.all()}
        assert listed["rss"].startswith(f"rss: '{site.address}/rss.xml' answered 404")
        assert ", last tried 20" in listed["rss"]
        assert ", last read 20" in listed["atom"]
    site.pages |= alive
    refreshed(refresher, is_dry=False)
    assert not any(source.problem for source in refresher.sources.all())


def test_one_page_of_a_feed_that_is_not_there_is_no_problem_of_the_feed(
    refresher: Refresher, site: Site
) -> None:
    """The report names it, and the source is read without trouble."""
    site.pages["/r1"] = status(403)
    report = refreshed(refresher, is_dry=False)
    assert [problem.where for problem in report.problems] == [f"rss/{site.address}/r1"]
    assert refresher.sources.find("rss").problem is None


def test_a_host_that_nobody_knows_is_the_sources_own_problem(refresher: Refresher) -> None:
    """Of a page and of a feed."""
    for name, kind in (("lost-page", "page"), ("lost-feed", "feed")):
        refresher.add_source("terminal", new_source(name, "http://nowhere.invalid/x", kind))
    report = refreshed(refresher, is_dry=False)
    assert [problem.where for problem in report.problems] == ["lost-feed", "lost-page"]
    for name in ("lost-page", "lost-feed"):
        assert "nowhere.invalid" in str(refresher.sources.find(name).problem)


def test_copies_go_when_they_were_used_and_when_a_killed_run_left_them(
    refresher: Refresher, data: Path
) -> None:
    """At the next refresh, dry or not."""
    refreshed(refresher, is_dry=False)
    with SourceFolders(data / "sources").aside() as copies:
        assert contents(copies.root) == contents(data / "sources")
    assert not copies.root.exists()
    copies.root.mkdir()
    refreshed(refresher, is_dry=False)
    assert not copies.root.exists()


def test_copies_are_made_where_files_cannot_be_linked(
    refresher: Refresher, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some file systems have no links."""

    def refuse(*_: object) -> None:
        raise OSError

    refreshed(refresher, is_dry=False)
    monkeypatch.setattr("os.link", refuse)
    before = contents(data)
    assert refreshed(refresher, is_dry=True).is_unchanged
    assert contents(data) == before


def test_sources_without_an_article_are_named_with_the_reason(
    refresher: Refresher, site: Site, tmp_path: Path
) -> None:
    """In the error, and in the list of sources, which a dry run leaves as it was."""
    for source in refresher.sources.all():
        refresher.remove_source("terminal", source.name)
    (tmp_path / "empty").mkdir()
    refresher.add_source("terminal", new_source("empty", str(tmp_path / "empty")))
    refresher.add_source("terminal", new_source("lost", f"{site.address}/lost"))
    for is_dry in (True, False):
        with pytest.raises(NothingToIndexError) as refused:
            refreshed(refresher, is_dry=is_dry)
        said = "no article in the sources (empty, lost), so there is no index yet: lost: "
        assert str(refused.value).startswith(said)
        assert "answered 404" in str(refused.value)
        listed = [describe(source) for source in refresher.sources.all()]
        assert all(("last read never" in line) == is_dry for line in listed)
    assert listed[0].startswith("empty: there is no article in it; folder ")
    assert "answered 404" in listed[1].partition(";")[0]
