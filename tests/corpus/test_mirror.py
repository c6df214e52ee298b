"""A web source becomes a folder that holds the last good version of every page."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from corpus import durable
from corpus.exchange import Edition
from corpus.fetch import WebClient
from corpus.listing import ListedPage
from corpus.mirror import MirrorError, MirrorReport, mirror
from corpus.mirror_state import STATE, MirrorState, PageState, StateError, read_state
from corpus.sources import read_file, scan_folder
from corpus.web_source import ChosenPages, Feed, Sitemap, WebPage, WebSource
from tests.corpus.pdf_file import make_pdf
from tests.corpus.site import Site, client, edition, page, redirect, serve, status
from tests.corpus.test_pdf import LINES

WORDS = "The harbour froze in January, and ships waited outside for a whole week."
OTHER = "The bakery opened at noon, and it sold out of rye bread within the hour."


@pytest.fixture
def web() -> Iterator[WebClient]:
    with client() as asking:
        yield asking


def feed(*paths: str) -> str:
    items = "".join(
        f"<item><title>On {path}</title><link>{path}</link>"
        "<pubDate>Fri, 28 Dec 2012 10:00:00 GMT</pubDate></item>"
        for path in paths
    )
    return f'<rss version="2.0"><channel><title>T</title>{items}</channel></rss>'


def run(source: WebSource, folder: Path) -> MirrorReport:
    """Mirror with a client of its own, as each refresh does."""
    with client() as web:
        return mirror(source, folder, web)


def texts(folder: Path) -> dict[str, str]:
    """Return what the index would read: by address, the text."""
    scanned = scan_folder(folder, 1)
    assert scanned.problems == ()
    readings = [read_file(file, 1) for file in scanned.files]
    return {str(a.url): a.text for reading in readings for a in reading.articles}


def files(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir()} if folder.is_dir() else {}


def paths(site: Site, addresses: tuple[str, ...]) -> list[str]:
    return [address.removeprefix(site.address) for address in addresses]


def test_a_feed_is_read_as_a_folder(site: Site, tmp_path: Path) -> None:
    """Its pages lie under readable names, with what the feed says of them beside."""
    site.pages |= {
        "/feed": serve(feed("/news/the-harbour", "/news/bakery.html"), "application/rss+xml"),
        "/news/the-harbour": serve(f"{WORDS}\n", "text/plain"),
        "/news/bakery.html": serve(page(OTHER, title="The bakery")),
    }
    report = run(Feed(f"{site.address}/feed"), tmp_path)
    assert paths(site, report.added) == ["/news/the-harbour", "/news/bakery.html"]
    assert (report.problems, report.is_complete) == ((), True)
    scanned = scan_folder(tmp_path, 1)
    assert [f.name.rsplit("-", 1)[0] for f in scanned.files] == ["bakery", "the-harbour"]
    bakery, harbour = (read_file(file, 1).articles[0] for file in scanned.files)
    assert (bakery.title, harbour.title) == ("The bakery", "On /news/the-harbour")
    assert harbour.published == date(2012, 12, 28)
    assert harbour.url == f"{site.address}/news/the-harbour"
    assert texts(tmp_path)[str(harbour.url)] == WORDS


def test_what_has_not_changed_is_not_sent_again(site: Site, tmp_path: Path) -> None:
    """Feed and pages are asked with what the server called them; only news come."""
    site.pages |= {
        "/feed": edition(feed("/a", "/b"), '"f"'),
        "/a": edition(page(WORDS), '"a1"'),
        "/b": serve(page(OTHER)),
    }
    source = Feed(f"{site.address}/feed")
    run(source, tmp_path)
    before, inodes = files(tmp_path), {p.name: p.stat().st_ino for p in tmp_path.iterdir()}
    again = run(source, tmp_path)
    assert paths(site, again.unchanged) == ["/a", "/b"]
    assert (again.added, again.changed, again.problems) == ((), (), ())
    sent = {path: headers.get("If-None-Match") for path, headers in site.asked[3:]}
    assert (sent["/feed"], sent["/a"]) == ('"f"', '"a1"')
    assert {n: d for n, d in files(tmp_path).items() if n != STATE} == {
        n: d for n, d in before.items() if n != STATE
    }
    rewritten = [p.name for p in tmp_path.iterdir() if p.stat().st_ino != inodes[p.name]]
    assert set(rewritten) <= {STATE}
    site.pages["/a"] = edition(page(OTHER), '"a2"')
    assert paths(site, run(source, tmp_path).changed) == ["/a"]
    assert set(texts(tmp_path).values()) == {OTHER}


def test_entries_that_rotate_out_stay(site: Site, tmp_path: Path) -> None:
    """A feed shows its newest entries; what it showed before is an article still."""
    site.pages |= {"/a": serve(page(WORDS)), "/b": serve(page(OTHER))}
    source = Feed(f"{site.address}/feed")
    for entry in ("/a", "/b"):
        site.pages["/feed"] = serve(feed(entry))
        report = run(source, tmp_path)
        assert paths(site, report.added) == [entry]
        assert report.removed == ()
    assert set(texts(tmp_path).values()) == {WORDS, OTHER}
    assert site.paths() == ["/feed", "/a", "/feed", "/b"]


@pytest.mark.parametrize("code", [404, 410])
@pytest.mark.parametrize("kind", [Feed, WebPage])
def test_a_page_that_is_gone_twice_is_removed(
    site: Site, tmp_path: Path, kind: type[Feed | WebPage], code: int
) -> None:
    """Once may be a slip; after that its article is gone for good.

    The page is named no more then, but the source of which nothing is left still is.
    """
    source = kind(f"{site.address}/{'feed' if kind is Feed else 'a'}")
    site.pages |= {"/feed": serve(feed("/a")), "/a": serve(page(WORDS))}
    run(source, tmp_path)
    site.pages["/a"] = status(code)
    first = run(source, tmp_path)
    assert (first.removed, len(texts(tmp_path))) == ((), 1)
    assert "once more, its article is removed" in first.problems[0].reason
    second = run(source, tmp_path)
    assert (paths(site, second.removed), texts(tmp_path)) == (["/a"], {})
    assert "2 times, so its article was removed" in second.problems[0].reason
    third = run(source, tmp_path)
    assert third.removed == ()
    assert [problem.where for problem in third.problems] == [""]
    site.pages["/a"] = serve(page(WORDS))
    assert paths(site, run(source, tmp_path).added) == ["/a"]
    assert list(texts(tmp_path).values()) == [WORDS]


def test_a_page_that_is_gone_once_and_back_stays(site: Site, tmp_path: Path) -> None:
    """Two slips with an answer between them are no removal."""
    source = WebPage(f"{site.address}/a")
    for answer in (serve(page(WORDS)), status(404), serve(page(WORDS)), status(404)):
        site.pages["/a"] = answer
        assert run(source, tmp_path).removed == ()
    assert list(texts(tmp_path).values()) == [WORDS]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (status(500), "answered 500"),
        (status(403), "answered 403"),
        (serve(b"\x89PNG\r\n\x1a\n\0\0", "image/png"), "is a picture (image/png); a web page"),
        (serve("{}", "application/json"), "is text (application/json)"),
        (
            serve(feed("/a"), "text/html"),
            "looks like a feed, which lists pages; add it with",
        ),
        (
            serve('<?xml version="1.0"?>\n<!-- x -->\n<urlset></urlset>', "application/xml"),
            "looks like a sitemap",
        ),
        (serve("", "text/html"), "a web page, a PDF or text is needed"),
        (serve(b"short", Content_Length="1000"), "broke off"),
        (redirect("http://127.0.0.1:1/"), "cannot be reached"),
    ],
    ids=["500", "403", "picture", "json", "feed", "sitemap", "empty", "broken", "unreachable"],
)
def test_a_failing_page_keeps_its_last_good_version(
    site: Site, tmp_path: Path, answer: Callable[..., None], reason: str
) -> None:
    """The failure is named once, and the other pages are read."""
    source = Feed(f"{site.address}/feed")
    site.pages |= {"/feed": serve(feed("/a", "/b")), "/a": serve(page(WORDS))}
    run(source, tmp_path)
    site.pages |= {"/a": answer, "/b": serve(page(OTHER))}
    report = run(source, tmp_path)
    assert paths(site, report.added) == ["/b"]
    (problem,) = report.problems
    assert problem.where == f"{site.address}/a"
    assert reason in problem.reason
    assert problem.reason.endswith("until then its last good version stays")
    assert set(texts(tmp_path).values()) == {WORDS, OTHER}


def test_a_failing_host_is_not_asked_for_the_rest(site: Site, tmp_path: Path) -> None:
    """After three failures in a row its other pages wait, and that is one line."""
    site.pages["/feed"] = serve(feed(*(f"/{n}" for n in range(10))))
    site.pages |= {f"/{n}": status(503) for n in range(10)}
    report = run(Feed(f"{site.address}/feed"), tmp_path)
    assert len(site.paths()) == 1 + 3
    assert len(report.problems) == 3 + 1 + 1
    assert report.problems[-2].where == ""
    assert "7 more pages wait till later" in report.problems[-1].reason
    assert not report.is_complete
    site.pages |= {f"/{n}": serve(page(WORDS)) for n in range(10)}
    assert len(run(Feed(f"{site.address}/feed"), tmp_path).added) == 10


def test_failures_with_an_answer_between_them_are_not_in_a_row(site: Site, tmp_path: Path) -> None:
    """Whatever the host answers, it is there: a page, one that is gone, one that it refuses."""
    down, answers = status(503), (serve(page(WORDS)), status(404), status(403))
    served = [each for answer in answers for each in (down, down, answer)] + [down, down]
    site.pages["/feed"] = serve(feed(*(f"/{n}" for n in range(len(served)))))
    site.pages |= {f"/{n}": answer for n, answer in enumerate(served)}
    report = run(Feed(f"{site.address}/feed"), tmp_path)
    assert site.paths() == ["/feed", *(f"/{n}" for n in range(len(served)))]
    assert report.is_complete


def test_a_source_of_which_no_page_can_be_had_is_named_as_a_whole(
    site: Site, tmp_path: Path
) -> None:
    """It is read no more than one that fails itself: one page that comes is enough."""
    source = Feed(f"{site.address}/feed")
    site.pages |= {"/feed": serve(feed("/a", "/b")), "/a": status(403), "/b": status(404)}
    (problem,) = [p for p in run(source, tmp_path).problems if not p.where]
    assert "none of the 2 pages that it lists can be had" in problem.reason
    assert "answered 403: it refuses programs" in problem.reason
    site.pages["/b"] = serve(page(OTHER))
    assert all(p.where for p in run(source, tmp_path).problems)


@pytest.mark.parametrize("source", [Feed, Sitemap, WebPage])
def test_a_source_that_fails_changes_nothing(
    site: Site, tmp_path: Path, source: Callable[[str], WebSource]
) -> None:
    """It is named as a whole, and the folder stays as it was."""
    report = run(source(f"{site.address}/gone"), tmp_path)
    (problem,) = report.problems
    assert problem.where == ""
    assert "answered 404" in problem.reason
    assert texts(tmp_path) == {}
    bad = run(source("ftp://h/"), tmp_path)
    assert "begins with https://" in bad.problems[0].reason


def test_a_sitemap_is_mirrored(site: Site, tmp_path: Path) -> None:
    """Its pages are asked for; those whose last change is known and past, not again."""
    old, new = (f"<url><loc>{site.address}/{p}</loc>" for p in ("old", "new"))
    site.pages |= {
        "/sitemap.xml": serve(
            f"<urlset>{old}<lastmod>2012-01-01</lastmod></url>{new}</url></urlset>"
        ),
        "/old": serve(page(WORDS)),
        "/new": serve(page(OTHER)),
    }
    source = Sitemap(f"{site.address}/sitemap.xml")
    assert paths(site, run(source, tmp_path).added) == ["/old", "/new"]
    assert paths(site, run(source, tmp_path).unchanged) == ["/new"]


def test_pages_of_other_kinds_are_kept_as_what_they_are(site: Site, tmp_path: Path) -> None:
    """A PDF served as something else is a PDF; a page that turns into one leaves no copy."""
    source = WebPage(f"{site.address}/paper")
    site.pages["/paper"] = serve(page(WORDS))
    run(source, tmp_path)
    site.pages["/paper"] = serve(make_pdf([list(LINES)]), "application/octet-stream")
    assert paths(site, run(source, tmp_path).changed) == ["/paper"]
    (file,) = scan_folder(tmp_path, 1).files
    assert file.suffix == ".pdf"
    assert "by the fourth" in texts(tmp_path)[f"{site.address}/paper"]


def test_a_page_is_cited_where_its_redirect_leads(site: Site, tmp_path: Path) -> None:
    """A feed's own counting links are not what readers are sent to."""
    site.pages |= {"/count": redirect("/a"), "/a": serve(f"{WORDS}\n", "text/plain")}
    run(WebPage(f"{site.address}/count"), tmp_path)
    assert list(texts(tmp_path)) == [f"{site.address}/a"]


def test_a_cancelled_run_keeps_what_it_had(site: Site, tmp_path: Path, web: WebClient) -> None:
    """The next one goes on from there."""
    site.pages["/feed"] = serve(feed("/a", "/b", "/c"))
    site.pages |= {path: serve(page(WORDS)) for path in ("/a", "/b", "/c")}
    source, answers = Feed(f"{site.address}/feed"), [False, False, True]
    report = mirror(source, tmp_path, web, is_cancelled=lambda: answers.pop(0))
    assert (paths(site, report.added), report.is_complete) == (["/a", "/b"], False)
    assert len(texts(tmp_path)) == 2
    site.pages["/feed"] = serve(feed("/other"))  # the rest is remembered though rotated out
    assert paths(site, run(source, tmp_path).added) == ["/c"]


class Killed(BaseException):
    """Stands for SIGKILL: nothing catches it."""


def counting_kills(monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    """Let the process die before its `at`-th change of a file."""
    left = [at]

    def dying(kept: Callable[..., object]) -> Callable[..., object]:
        def change(*args: object, **kwargs: object) -> object:
            left[0] -= 1
            if left[0] < 0:
                raise Killed
            return kept(*args, **kwargs)

        return change

    monkeypatch.setattr(Path, "replace", dying(Path.replace))
    monkeypatch.setattr(Path, "unlink", dying(Path.unlink))
    monkeypatch.setattr(os, "fsync", dying(os.fsync))


def test_after_a_kill_few_of_many_pages_are_asked_for_again(
    site: Site, tmp_path: Path, web: WebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What came is noted now and then, and not at the end alone."""
    monkeypatch.setattr("corpus.mirror._SAVE_EVERY", 2)
    site.pages["/feed"] = serve(feed("/a", "/b", "/c", "/d"))
    site.pages |= {path: serve(page(WORDS)) for path in ("/a", "/b", "/c", "/d")}
    left = [False, False, False]  # the fourth time that it asks, it dies
    with pytest.raises(IndexError):
        mirror(Feed(f"{site.address}/feed"), tmp_path, web, is_cancelled=left.pop)
    noted = [address for address, known in read_state(tmp_path).pages.items() if known.file]
    assert paths(site, tuple(noted)) == ["/a", "/b"]


@pytest.mark.parametrize("at", range(21))
def test_after_a_kill_at_any_instant_the_next_run_completes(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """The folder can be read at once, and ends as if nothing had happened."""
    source = Feed(f"{site.address}/feed")
    site.pages |= {"/feed": serve(feed("/a", "/b")), "/a": serve(page(WORDS))}
    site.pages |= {"/b": serve(page(OTHER)), "/c": serve(page(OTHER))}
    run(source, tmp_path)
    site.pages["/b"] = status(404)
    run(source, tmp_path)
    site.pages |= {"/feed": serve(feed("/a", "/b", "/c")), "/a": serve(make_pdf([list(LINES)]))}
    with monkeypatch.context() as patched:
        counting_kills(patched, at)
        with suppress(Killed):
            run(source, tmp_path)
    assert scan_folder(tmp_path, 1).problems == ()
    run(source, tmp_path)
    found = texts(tmp_path)
    assert sorted(address[-2:] for address in found) == ["/a", "/c"]
    assert "by the fourth" in found[f"{site.address}/a"]
    visible = {name for name in files(tmp_path) if name != STATE}
    assert len(visible) == 3
    assert not [name for name in visible if name.startswith(durable.ASIDE)]


def test_a_folder_that_cannot_be_written_is_named(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk changes nothing and leaves nothing behind."""

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    site.pages["/a"] = serve(page(WORDS))
    run(WebPage(f"{site.address}/a"), tmp_path)
    before = files(tmp_path)
    site.pages["/a"] = serve(page(OTHER))
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(MirrorError, match="No space left on device"):
            run(WebPage(f"{site.address}/a"), tmp_path)
    assert files(tmp_path) == before


def test_a_file_that_somebody_deleted_is_fetched_again(site: Site, tmp_path: Path) -> None:
    """Its edition is not sent, or the server would keep it back."""
    site.pages["/a"] = edition(page(WORDS), '"1"')
    source = WebPage(f"{site.address}/a")
    run(source, tmp_path)
    scan_folder(tmp_path, 1).files[0].path.unlink()
    assert paths(site, run(source, tmp_path).added) == ["/a"]
    assert list(texts(tmp_path).values()) == [WORDS]


def test_a_state_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Every field comes back."""
    listed = ListedPage("https://h/ä", "T \x7f", date(2012, 1, 2), date(2013, 1, 2))
    moment = datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
    full = PageState(listed, False, "f", "https://h/", asked=moment, failures=1, gone=1)
    state = MirrorState(pages={"https://h/ä": full, "https://h/b": PageState(ListedPage("b"))})
    (tmp_path / STATE).write_bytes(state.to_json())
    assert read_state(tmp_path) == state


@pytest.mark.parametrize(
    "damage", [b"", b"[]", b"{}", b'{"edition": 1, "pages": {"a": 2}}', b"\xff"]
)
def test_a_damaged_state_is_named(tmp_path: Path, damage: bytes) -> None:
    """Nothing is fetched or removed on a guess."""
    (tmp_path / STATE).write_bytes(damage)
    with pytest.raises(StateError, match=r"cannot be read .* restore it, or delete the folder"):
        read_state(tmp_path)


def test_pages_without_news_are_due_once_a_week() -> None:
    """Listed ones by what the listing says, others by time alone; failed ones at once."""
    moment = datetime(2020, 1, 10, tzinfo=UTC)
    plain = PageState(ListedPage("a"), asked=moment)
    old = replace(plain, listed=ListedPage("a", changed=date(2020, 1, 9)))
    news = replace(plain, listed=ListedPage("a", changed=date(2020, 1, 10)))
    out = replace(news, is_listed=False)
    assert [state.is_due(moment) for state in (plain, old, news, out)] == [True, False, True, False]
    assert all(s.is_due(moment) for s in (replace(out, failures=1), replace(out, gone=1)))
    assert PageState(ListedPage("a"), is_listed=False).is_due(moment)
    week = timedelta(days=7)
    assert all(s.is_due(moment + week) for s in (old, out))
    assert not any(s.is_due(moment + week - timedelta(seconds=1)) for s in (old, out))
    assert all(s.is_due(moment - timedelta(days=1)) for s in (old, out))  # a clock was wrong


def test_a_page_that_is_listed_no_more_stays_while_something_is_known_of_it() -> None:
    """One that was listed before keeps its file, under what the listing says now."""
    before = {
        "a": PageState(ListedPage("a"), file="a", gone=1),
        "b": PageState(ListedPage("b"), gone=1),
        "c": PageState(ListedPage("c")),
        "d": PageState(ListedPage("d", "Old"), is_listed=False, file="d", failures=2),
    }
    listed = [ListedPage("d", "New"), ListedPage("e")]
    state = MirrorState(pages=before).relisted(listed, Edition("1"))
    assert state == MirrorState(
        Edition("1"),
        {
            "a": replace(before["a"], is_listed=False),
            "c": replace(before["c"], is_listed=False),
            "d": replace(before["d"], is_listed=True, listed=listed[0]),
            "e": PageState(listed[1]),
        },
    )


def test_the_state_is_one_readable_file(site: Site, tmp_path: Path) -> None:
    """Whoever looks into it finds each page by its address."""
    site.pages["/a"] = edition(page(WORDS), '"1"')
    run(WebPage(f"{site.address}/a"), tmp_path)
    kept = json.loads((tmp_path / STATE).read_text())["pages"][f"{site.address}/a"]
    assert (kept["edition"]["etag"], kept["failures"]) == ('"1"', 0)


def test_chosen_pages_go_when_they_are_chosen_no_more(site: Site, tmp_path: Path) -> None:
    """Their files too, while the others stay, and a page chosen long ago is asked for weekly."""
    site.pages |= {"/a": serve(page(WORDS)), "/b": serve(page(OTHER))}
    chosen = [
        ListedPage(f"{site.address}{path}", changed=date(2020, 1, 1)) for path in ("/a", "/b")
    ]
    assert paths(site, run(ChosenPages(tuple(chosen)), tmp_path).added) == ["/a", "/b"]
    site.asked.clear()
    report = run(ChosenPages((chosen[1],)), tmp_path)
    assert paths(site, report.removed) == ["/a"]
    assert list(texts(tmp_path)) == [f"{site.address}/b"]
    assert site.paths() == []
    assert paths(site, run(ChosenPages(()), tmp_path).removed) == ["/b"]
    assert texts(tmp_path) == {}


def test_a_chosen_page_is_asked_for_on_the_day_when_somebody_wants_it(
    site: Site, tmp_path: Path
) -> None:
    """With what its server calls the edition that is known."""
    site.pages["/a"] = edition(page(WORDS), '"1"')
    wanted = ListedPage(f"{site.address}/a", changed=datetime.now(UTC).date())
    run(ChosenPages((wanted,)), tmp_path)
    site.asked.clear()
    assert paths(site, run(ChosenPages((wanted,)), tmp_path).unchanged) == ["/a"]
    ((_, headers),) = [each for each in site.asked if each[0] == "/a"]
    assert headers["If-None-Match"] == '"1"'
