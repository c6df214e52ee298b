"""`footnote index add` and `remove`: by hand, at the machine, with the same words as on Discord."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from config.settings import load_settings
from corpus.fetch import Limits, WebClient
from tests.bot.test_cli import failure, run
from tests.conftest import write_article
from tests.corpus.site import Site, open_site, page, serve, status
from tests.fakes import FakeEncoder

SEALS = " ".join(
    f"The {n}th seal slept in the harbour because it was tired of swimming." for n in range(9)
)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Count words, make no pauses, and let the loopback be asked."""
    monkeypatch.setattr("bot.engine.SentenceEncoder", lambda _model: FakeEncoder(200))
    client = partial(WebClient, Limits(least_pause_seconds=0))
    monkeypatch.setattr("bot.articles.fetching.WebClient", client)
    monkeypatch.setenv("FOOTNOTE_WEB__ALLOW_PRIVATE", "true")
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()


@pytest.fixture
def site() -> Iterator[Site]:
    with open_site() as running:
        running.pages["/seals"] = serve(page(SEALS, "Seals"))
        yield running


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def gulls(tmp_path: Path) -> Path:
    path = tmp_path / "gulls.txt"
    path.write_text(SEALS.replace("seal", "gull"))
    return path


def asked(data: Path) -> str:
    return run("ask", "Why did a seal sleep in the harbour?", "--data", data).stdout


def ids(data: Path) -> list[str]:
    """Return the ids of the articles that answer."""
    return [line.split()[0] for line in run("index", "list", "--data", data).stdout.splitlines()]


def test_pages_and_files_are_added_at_once_and_what_cannot_be_is_named(
    data: Path, site: Site, gulls: Path, tmp_path: Path
) -> None:
    """From nothing; the exit status says that something was refused."""
    program = tmp_path / "setup.exe"
    program.write_bytes(b"MZ")
    missing = tmp_path / "none.md"
    folder = tmp_path / "my news"
    folder.mkdir()
    what = (f"{site.address}/seals", gulls, program, missing, folder, "ftp://example.org/a")
    done = run("index", "add", *what, f"{site.address}/missing", "--data", data)
    assert done.returncode == 1
    assert "Added: Seals (added/pages/seals-" in done.stdout
    assert "Added: gulls (added/files/gulls.txt)" in done.stdout
    assert "'setup.exe' is no format Footnote reads" in done.stdout
    assert "none.md' cannot be read" in done.stdout
    assert (
        f"is a folder; make it a source: footnote index sources add NAME '{folder}'" in done.stdout
    )
    assert "'ftp://example.org/a' is no web address" in done.stdout
    assert "answered 404" in done.stdout
    assert "seal slept" in asked(data)
    assert run("index", "add", gulls, "--data", data).stdout.startswith("As it was: gulls")
    assert "added: added by hand" in run("index", "sources", "list", "--data", data).stdout


def test_when_nothing_at_all_can_be_read_the_reason_is_said(data: Path, site: Site) -> None:
    """And nothing of it is kept."""
    site.pages["/seals"] = status(404)
    done = run("index", "add", f"{site.address}/seals", "--data", data)
    assert (done.returncode, "answered 404" in done.stdout) == (1, True)
    site.asked.clear()
    run("index", "refresh", "--data", data)
    assert site.paths() == []


def test_a_removed_article_is_gone_for_good_until_it_is_added_again(
    data: Path, site: Site, gulls: Path
) -> None:
    """Also from an earlier index that is called back."""
    run("index", "add", f"{site.address}/seals", gulls, "--data", data)
    (name,) = [identifier for identifier in ids(data) if "pages" in identifier]
    removed = run("index", "remove", name, "--data", data)
    assert "is gone from the index" in removed.stdout
    assert ids(data) == ["added/files/gulls.txt"]
    run("index", "rollback", "--data", data)
    assert name in ids(data)
    assert "seal slept" not in asked(data)
    run("index", "add", f"{site.address}/seals", "--data", data)
    assert "seal slept" in asked(data)


def test_a_newer_version_that_cannot_be_read_leaves_the_last_good_one(
    data: Path, gulls: Path, tmp_path: Path
) -> None:
    """As every source does, and it is said."""
    paper = tmp_path / "paper.html"
    paper.write_text(page(SEALS))
    run("index", "add", paper, gulls, "--data", data)
    paper.write_text("<!doctype html><p></p>")
    done = run("index", "add", paper, "--data", data)
    assert "As it was: A page (added/files/paper.html)" in done.stdout
    assert "its last good version stays" in done.stdout
    assert "seal slept" in asked(data)


def test_what_is_hidden_for_another_reason_stays_hidden_when_it_is_added_again(
    data: Path, gulls: Path, tmp_path: Path
) -> None:
    """A moderator hid it, and adding is no way around that."""
    seals = tmp_path / "seals.txt"
    seals.write_text(SEALS)
    run("index", "add", seals, gulls, "--data", data)
    hide = ("index", "hide", "added/files/seals.txt", "--reason", "wrong year")
    run(*hide, "--data", data)
    run("index", "remove", "seals.txt", "--data", data)
    seals.write_text(SEALS.replace("swimming", "diving"))
    run("index", "add", seals, "--data", data)
    assert "seal slept" not in asked(data)


def test_the_source_of_what_was_added_cannot_be_removed_as_others_can(
    data: Path, gulls: Path
) -> None:
    """Nobody loses all uploads by a slip; an article is taken out by name."""
    run("index", "add", gulls, "--data", data)
    assert "index remove" in failure("index", "sources", "remove", "added", "--data", data)
    assert ids(data) == ["added/files/gulls.txt"]


def test_a_removed_source_leaves_nothing_to_a_later_one_of_its_name(
    data: Path, site: Site, gulls: Path
) -> None:
    """Its pages were another site's."""
    site.pages["/others"] = serve(page(SEALS.replace("seal", "otter"), "Otters"))
    run("index", "add", gulls, "--data", data)
    run("index", "sources", "add", "news", f"{site.address}/seals", "--data", data)
    run("index", "refresh", "--data", data)
    run("index", "sources", "remove", "news", "--data", data)
    run("index", "sources", "add", "news", f"{site.address}/others", "--data", data)
    run("index", "refresh", "--data", data)
    assert [name.partition("-")[0] for name in ids(data)] == [
        "added/files/gulls.txt",
        "news/others",
    ]


def test_a_source_that_was_not_asked_stays_due(data: Path, site: Site, tmp_path: Path) -> None:
    """A refresh of another one does not count for it."""
    news = tmp_path / "news"
    news.mkdir()
    write_article(news, "tug", "A tug arrived.")
    run("index", "sources", "add", "news", news, "--data", data)
    run("index", "sources", "add", "web", f"{site.address}/seals", "--data", data)
    run("index", "refresh", "news", "--data", data)
    listed = run("index", "sources", "list", "--data", data).stdout.splitlines()
    assert "last read 20" in listed[0]
    assert "last read never" in listed[1]


def test_nothing_is_said_to_be_gone_while_the_new_index_waits(
    data: Path, gulls: Path, tmp_path: Path
) -> None:
    """It is held back for another article, and what was removed is only not quoted meanwhile."""
    seals = tmp_path / "seals.txt"
    seals.write_text(SEALS)
    run("index", "add", seals, gulls, "--data", data)
    question = "Why did a gull sleep in the harbour?"
    run("index", "questions", "add", question, "added/files/gulls.txt", "--data", data)
    (data / "sources" / "added" / "files" / "gulls.txt").write_text("The page was not found.")
    removed = run("index", "remove", "seals.txt", "--data", data).stdout
    assert "added/files/seals.txt is not quoted any more" in removed
    assert "is gone from the index" not in removed
    assert question in removed
    assert "seal slept" not in asked(data)


def test_two_files_may_have_the_same_ids(data: Path, tmp_path: Path) -> None:
    """Who sends one knows nothing of the other; the ids stay at the next refresh."""
    for name, text in (("one", "A seal slept in the harbour."), ("two", "A gull stole bread.")):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps({"id": 1, "text": text}))
    both = (str(tmp_path / f"{name}.jsonl") for name in ("one", "two"))
    done = run("index", "add", *both, "--data", data)
    assert done.stdout.count("Added: ") == 2
    expected = ["added/files/one.jsonl/1", "added/files/two.jsonl/1"]
    assert ids(data) == expected
    run("index", "refresh", "--data", data)
    assert ids(data) == expected
