"""`footnote index …` for moderators at the machine: the same code as on Discord."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from bot import terminal
from bot.commands.terminal_index import print_status
from bot.storage.audit import AuditTrail
from config.settings import load_settings
from retrieval.index_folder import IndexFolder
from tests.bot.databases import database_in
from tests.bot.test_cli import failure, run
from tests.conftest import write_article
from tests.corpus.test_original import CAPTURE, SENTENCE
from tests.fakes import FakeEncoder

STEERING = "a\x07\x9b31m\u202e mend\nline"


@pytest.fixture(autouse=True)
def counting_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the encoder whose vectors can be worked out in your head."""
    monkeypatch.setattr("bot.engine.SentenceEncoder", lambda _model: FakeEncoder(200))


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Return a folder with two articles."""
    folder = tmp_path / "news"
    folder.mkdir()
    write_article(folder, "seal", "A seal slept in the harbour because it was tired.")
    write_article(folder, "gull", "A gull stole bread from the bakery.", "Gazette")
    return folder


@pytest.fixture
def data(tmp_path: Path, news: Path) -> Path:
    """Return a data folder whose index was refreshed from one source."""
    folder = tmp_path / "data"
    run("index", "sources", "add", "news", news, "--data", folder)
    assert "2 added" in run("index", "refresh", "--data", folder).stdout
    return folder


def asked(data: Path) -> str:
    """Return what the terminal answers about the seal."""
    return run("ask", "Why did a seal sleep in the harbour?", "--data", data).stdout


def test_sources_are_added_listed_and_removed(data: Path, news: Path) -> None:
    """With what was read and when."""
    assert f"news: folder {news}, when asked, last read 20" in (
        run("index", "sources", "list", "--data", data).stdout
    )
    run("index", "sources", "remove", "news", "--data", data)
    assert "no source yet" in run("index", "sources", "list", "--data", data).stdout


def test_what_others_wrote_stands_on_one_line_and_steers_no_terminal(
    data: Path, news: Path
) -> None:
    """A moderator's reason and question, and the name of somebody's file."""
    run("index", "hide", "gull.md", "--reason", STEERING, "--data", data)
    run("index", "questions", "add", STEERING, "seal.md", "--data", data)
    passage = json.loads(run("index", "show", "seal.md", "--json", "--data", data).stdout)
    run("index", "pin", STEERING, passage["kept"][0]["id"], "--data", data)
    (news / f"{STEERING}.md").write_text("The tide came in at noon.", encoding="utf-8")
    run("index", "refresh", "--data", data)
    for command in (["hidden"], ["pins"], ["questions", "list"], ["list", "line"]):
        (line,) = run("index", *command, "--data", data).stdout.splitlines()
        assert "mend line" in line
        assert not any(mark in line for mark in "\x07\x9b\u202e")


def test_an_article_that_a_program_reads_has_no_line_broken(data: Path, news: Path) -> None:
    """So offsets count in what is printed, and a sentence can be searched for."""
    write_article(news, "tide", "The tide came in at noon, " + "and it went, and came, " * 20)
    run("index", "refresh", "--data", data)
    text = json.loads(run("article", "tide.md", "--json", "--data", data).stdout)["text"]
    assert len(text) > 400
    assert run("article", "tide.md", "--data", data).stdout.endswith(f"\n\n{text}\n")


def test_what_is_no_terminal_gets_no_progress(data: Path) -> None:
    """Nor an empty line where it was: a scheduler would send it by mail."""
    done = run("index", "refresh", "--data", data)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_source_added_from_beside_it_is_found_from_anywhere(
    tmp_path: Path, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its path is kept whole; and when it is gone, no option is named that is not there."""
    data = tmp_path / "data"
    monkeypatch.chdir(tmp_path)
    run("index", "sources", "add", "news", "news", "--data", data)
    monkeypatch.chdir("/")
    assert "2 added" in run("index", "refresh", "--data", data).stdout
    news.rename(tmp_path / "away")
    gone = "".join(run("index", "refresh", "--data", data).stdout.split())  # it wraps long lines
    assert f"news:cannotberead,itsarticlesstay(nofolder'{news}'" in gone
    assert "--articles" not in gone


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("News!", "."), "cannot be a source's name"),
        (("news", "."), "already"),
        (("other", "/nowhere/at/all"), "there is no folder"),
        (("other", f"/{'x' * 300}"), "cannot be used (File name too long); mend its rights"),
        (("other", "https://"), "'https://' is no web address"),
        (("other", "https://me:secret@example.org/feed"), "had a user name or password in it"),
        (
            ("other", "ftp://host/news"),
            "'ftp://host/news' cannot be read; a web address needs http",
        ),
        (("other", ".", "--kind", "feed"), "a feed needs an address with https://"),
        (("other", "https://example.org", "--kind", "folder"), "needs a folder's path"),
        (("other", ".", "--kind", "shelf"), "the kinds are: folder, page, feed, sitemap"),
    ],
)
def test_a_source_that_cannot_be_is_one_clear_line(
    data: Path, arguments: tuple[str, ...], reason: str
) -> None:
    """What was found, and what is needed."""
    assert reason in failure("index", "sources", "add", *arguments, "--data", data)


def test_a_build_of_another_folder_says_what_it_replaces(tmp_path: Path, news: Path) -> None:
    """Whoever believes that it adds learns how to; a folder that was only moved is no news."""
    data, other = tmp_path / "alone", tmp_path / "other news"
    other.mkdir()
    write_article(other, "tug", "A tug arrived.")
    assert "replace" not in run("index", "build", "--articles", news, "--data", data).stdout
    assert "replace" not in run("index", "build", "--articles", news, "--data", data).stdout
    replaced = run("index", "build", "--articles", other, "--data", data)
    assert replaced.returncode == 0
    out = " ".join(replaced.stdout.split())
    assert f"These articles replace those of '{news}'. To have both:" in out
    assert f"footnote index sources add NAME '{other}'" in out
    moved = other.rename(tmp_path / "moved")
    assert "replace" not in run("index", "build", "--articles", moved, "--data", data).stdout
    run("index", "sources", "add", "news", news, "--data", data)
    run("index", "refresh", "--data", data)
    run("index", "sources", "remove", "news", "--data", data)
    built = run("index", "build", "--articles", moved, "--data", data).stdout
    assert "2 removed" in built
    assert "replace" not in built  # they came from a source


def test_a_build_with_other_settings_says_what_it_did(
    tmp_path: Path, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """New passages and 'nothing has changed' do not go together; a dry run says it too."""
    data = tmp_path / "alone"
    run("index", "sources", "add", "news", news, "--data", data)
    run("index", "refresh", "--data", data)
    monkeypatch.setenv("FOOTNOTE_SPLIT__MAX_TOKENS", "150")
    load_settings.cache_clear()
    dry = run("index", "refresh", "--dry-run", "--data", data).stdout
    out = run("index", "refresh", "--data", data).stdout
    again = run("index", "refresh", "--data", data).stdout
    monkeypatch.delenv("FOOTNOTE_SPLIT__MAX_TOKENS")
    load_settings.cache_clear()
    assert "Nothing was changed; a refresh would bring:" in dry
    assert "No article has changed since the last build." in out
    for said in (dry, out):
        assert "Every passage is made anew: they have at most 150 tokens instead of" in said
    assert "Nothing has changed since the last build." in again
    assert "anew" not in again


def test_status_tells_in_words_when_the_index_was_made(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With its hour, of the one clock that everybody can reckon from."""
    generation = IndexFolder(data / "index").open_current()
    generation.manifest = replace(generation.manifest, created="2026-11-26T15:18:59+02:00")
    print_status(generation, None)
    status = capsys.readouterr().out
    assert re.search(r"^Made +26 November 2026, 13:18 UTC$", status, re.MULTILINE)


def test_a_dry_run_changes_nothing(data: Path, news: Path) -> None:
    """And says what a refresh would bring."""
    write_article(news, "tug", "A tug arrived.")
    before = run("index", "status", "--data", data).stdout
    dry = run("index", "refresh", "--dry-run", "--data", data).stdout
    assert dry.startswith("Nothing was changed; a refresh would bring:\n1 added")
    assert "Golden questions were not asked" in dry
    assert "Generation" not in dry
    assert "embedded" not in dry
    assert run("index", "status", "--data", data).stdout == before
    (news / "tug.md").unlink()
    assert run("index", "refresh", "--dry-run", "--data", data).stdout.startswith(
        "Nothing was changed, and a refresh would bring nothing new.\n"
    )


def test_a_removed_article_is_gone_from_answers(data: Path, news: Path) -> None:
    """At once and for good."""
    assert "seal slept" in asked(data)
    (news / "seal.md").unlink()
    assert "1 removed" in run("index", "refresh", "--data", data).stdout
    assert "seal slept" not in asked(data)


def test_what_is_hidden_is_not_quoted(data: Path) -> None:
    """Until it is shown again; both by the id that `index list` prints."""
    identifier = run("index", "list", "seal", "--data", data).stdout.split()[0]
    run("index", "hide", identifier, "--reason", "wrong year", "--days", "3", "--data", data)
    assert "seal slept" not in asked(data)
    assert "wrong year" in run("index", "hidden", "--data", data).stdout
    run("index", "unhide", identifier, "--data", data)
    assert "seal slept" in asked(data)
    assert "is not hidden" in failure("index", "unhide", identifier, "--data", data)
    by_file = run("index", "hide", "seal.md", "--reason", "wrong year", "--data", data)
    assert by_file.stdout == f"{identifier} is not quoted any more.\n"
    assert "seal slept" not in asked(data)
    shown = run("index", "unhide", "seal.md", "--data", data)
    assert shown.stdout == f"{identifier} may be quoted again.\n"
    assert "seal slept" in asked(data)


def test_a_pinned_passage_is_quoted_first_until_its_article_changes(data: Path, news: Path) -> None:
    """Said in the answer, its JSON and the list of pins; then listed as dead, and taken away."""
    question = "Why did a seal sleep in the harbour?"
    found = json.loads(run("ask", "gull stole bread bakery", "--data", data, "--json").stdout)
    passage = found["citations"][0]["passage"]["id"]
    assert "Pin 1:" in run("index", "pin", question, passage, "--data", data).stdout
    answer = json.loads(run("ask", question, "--data", data, "--json").stdout)
    assert answer["citations"][0]["pinned"] == question
    assert "gull stole" in answer["citations"][0]["passage"]["text"]
    assert answer["reason"] == "a moderator pinned a passage for this question"
    assert f"pinned by a moderator for: {question}" in asked(data)
    run("index", "hide", passage, "--reason", "wrong", "--data", data)
    assert "gull stole" not in asked(data)
    assert "hidden, so it is not shown" in run("index", "pins", "--data", data).stdout
    run("index", "unhide", passage, "--data", data)
    write_article(news, "gull", "A gull stole bread from the bakery. It was rye.", "Gazette")
    run("index", "refresh", "--data", data)
    assert "pinned by" not in asked(data)
    assert "dead: its article has changed" in run("index", "pins", "--data", data).stdout
    run("index", "unpin", "1", "--data", data)
    assert "Nothing is pinned" in run("index", "pins", "--data", data).stdout
    deeds = AuditTrail(database_in(data)).all()
    assert [deed.action for deed in deeds if "pin" in deed.action] == ["pin", "unpin"]


def test_an_article_is_shown_with_what_was_dropped(data: Path, news: Path, tmp_path: Path) -> None:
    """Side by side, or as JSON; and what became of its file, or that nobody knows."""
    (news / "ice.txt").write_text(CAPTURE)
    run("index", "refresh", "--data", data)
    out = run("index", "show", "ice", "--data", data).stdout
    assert re.search(r"(?m)^kept \(\d+\) +dropped \(\d+\)", out)
    assert "caption of a picture" in out
    assert "its file is as it was indexed" in out
    found = json.loads(run("index", "show", "ice", "--data", data, "--json").stdout)
    assert SENTENCE in found["kept"][0]["text"]
    assert {"reason": "navigation", "text": "Home"} in found["dropped"]
    (news / "ice.txt").write_text(CAPTURE + "\nMore")
    assert "has changed since" in run("index", "show", "ice", "--data", data).stdout
    (news / "ice.txt").unlink()
    assert "is gone" in run("index", "show", "ice", "--data", data).stdout
    found = json.loads(run("index", "show", "ice", "--data", data, "--json").stdout)
    assert (found["file_state"], found["dropped"]) == ("gone", None)
    alone = tmp_path / "alone"
    run("index", "build", "--articles", news, "--data", alone)
    unknown = " ".join(run("index", "show", "seal", "--data", alone).stdout.split())
    assert "comes from no source" in unknown
    assert "name its folder with --articles" in unknown
    assert re.search(r"kept \(1\) dropped .* not known", unknown)
    found = json.loads(run("index", "show", "seal", "--data", alone, "--json").stdout)
    assert (found["file_state"], found["dropped"]) == ("unknown", None)
    assert found["problem"].endswith("name its folder with --articles")
    named = run("index", "show", "seal", "--articles", news, "--data", alone).stdout
    assert "as it was indexed" in named
    assert "dropped (0)" in named


def test_a_question_is_taken_apart(data: Path) -> None:
    """For people and for programs, with what is hidden among the rest."""
    question = "Why did a seal sleep in the harbour?"
    run("index", "hide", "news/gull.md", "--reason", "wrong", "--data", data)
    found = json.loads(run("index", "test", question, "--data", data, "--json").stdout)
    fates = {c["article"]["id"]: c["fate"] for c in found["candidates"]}
    assert fates == {"news/seal.md": "quoted", "news/gull.md": "hidden"}
    assert found["candidates"][0]["passage"] == found["citations"][0]["passage"]["id"]
    out = run("index", "test", question, "--data", data).stdout
    assert "hidden by moderators" in out
    assert "place by meaning" in out


def test_a_pin_in_the_place_of_another_says_so(data: Path) -> None:
    """One a question, however it is written."""
    ids = [each["id"] for name in ("seal", "gull") for each in shown(data, name)["kept"]]
    first = run("index", "pin", "Why so tired?", ids[0], "--data", data).stdout
    assert first == f"Pin 1: {ids[0]} is quoted first for that question.\n"
    again = run("index", "pin", "why  so tired", ids[1], "--data", data).stdout
    assert again.endswith(f"for that question. It takes the place of pin 1, {ids[0]}.\n")
    assert len(run("index", "pins", "--data", data).stdout.splitlines()) == 1


def shown(data: Path, name: str) -> dict[str, list[dict[str, str]]]:
    """Return what was kept of an article, and what was dropped."""
    document: dict[str, list[dict[str, str]]] = json.loads(
        run("index", "show", name, "--data", data, "--json").stdout
    )
    return document


@pytest.mark.usefixtures("news")
def test_history_does_not_call_an_index_of_an_earlier_footnote_damaged(data: Path) -> None:
    """It is as it was made."""
    (made,) = (data / "index").glob("*/manifest.json")
    values = json.loads(made.read_bytes()) | {"format_version": 1}
    made.write_text(json.dumps(values), encoding="utf-8")
    assert "of another format" in run("index", "history", "--data", data).stdout


def test_history_tells_what_to_go_back_to_when_the_pointer_is_broken(data: Path) -> None:
    """That is when somebody needs it."""
    run("index", "refresh", "--data", data)
    generation = json.loads(run("index", "status", "--data", data, "--json").stdout)["generation"]
    (data / "index" / "CURRENT").write_text("?", encoding="utf-8")
    assert generation in run("index", "history", "--data", data).stdout


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_nothing_is_cut_at_any_width(
    data: Path, news: Path, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Columns that do not fit stand below, lines wrap behind their margin, and ids stay whole."""
    for n in range(11):
        write_article(news, f"seal {n}", f"A seal slept in harbour {n} because it was tired.")
    run("index", "refresh", "--data", data)
    monkeypatch.setattr(terminal._out, "width", columns)
    lines = run("index", "test", SEAL, "--data", data).stdout.splitlines()
    heads = [line.split()[3:] for line in lines if line.startswith("what was measured")]
    assert max(map(len, lines)) <= columns
    assert [place for head in heads for place in head] == [str(n) for n in range(1, 14)]
    assert len(heads) == {40: 7, 80: 2, 200: 1}[columns]
    start = next(n for n, line in enumerate(lines) if line.startswith("  1  "))
    entries = lines[start : lines.index("", start)]
    assert all(re.match(r"( {1,2}\d+  | {5})\S", line) for line in entries)
    generation = json.loads(run("index", "status", "--data", data, "--json").stdout)["generation"]
    assert f"now    {generation}" in run("index", "history", "--data", data).stdout
    shown = run("index", "show", "seal.md", "--data", data).stdout
    assert ("\ndropped (0)\n" in shown) == (columns < 60)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("pin", "why?", "nothing"), "no passage 'nothing' in the index"),
        (("pin", "why?", "nothing"), "`footnote index show` gives"),
        (("unpin", "7"), "there is no pin 7; `footnote index pins` lists them"),
        (("hide", "nothing", "--reason", "old"), "`footnote index list` and `footnote index show`"),
        (("remove", "seal.md"), "`footnote index list` has the ids"),
        (("remove", "news/seal.md"), "`footnote index hide` keeps it from being quoted"),
        (("refresh", "nothing"), "nothing"),
    ],
)
def test_what_cannot_be_is_one_clear_line(
    data: Path, arguments: tuple[str, ...], reason: str
) -> None:
    """With where to look, by the terminal's own commands."""
    assert reason in failure("index", *arguments, "--data", data)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """Return the address of a page on a server of this machine."""
    words = " ".join(f"The {n}th seal slept in the harbour because it was tired." for n in range(9))
    folder = tmp_path / "site"
    folder.mkdir()
    page = f"<html><head><title>Seals</title></head><body><p>{words}</p></body></html>"
    (folder / "seals.html").write_text(page)
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(folder))
    )
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/seals.html"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_web_page_is_a_source(tmp_path: Path, site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fetched at each refresh; only where it may be reached."""
    data = tmp_path / "web"
    run("index", "sources", "add", "seals", site, "--data", data)
    refused = run("index", "refresh", "--data", data)
    monkeypatch.setenv("FOOTNOTE_WEB__ALLOW_PRIVATE", "true")
    load_settings.cache_clear()
    fetched = run("index", "refresh", "--data", data)
    answer = asked(data)
    monkeypatch.delenv("FOOTNOTE_WEB__ALLOW_PRIVATE")
    load_settings.cache_clear()
    assert refused.returncode == 1
    assert "private" in refused.stdout
    assert "1 added" in fetched.stdout
    assert "seal slept" in answer


def test_refreshing_without_a_source_says_what_to_do(tmp_path: Path) -> None:
    """One line."""
    assert "footnote index sources add" in failure("index", "refresh", "--data", tmp_path)


SEAL = "Why did a seal sleep in the harbour?"


def test_new_articles_wait_for_a_golden_question_and_are_used_anyway(
    data: Path, news: Path
) -> None:
    """The difference is printed, history shows what waits, and one command lets it answer."""
    run("index", "questions", "add", SEAL, "seal", "--data", data)
    assert "pass  1." in run("index", "questions", "run", "--data", data).stdout
    write_article(news, "seal", "Page not found.")
    held = run("index", "refresh", "--data", data).stdout
    generation = held.split("footnote index use ")[1].split()[0]
    assert "before: news/seal.md as number 1" in " ".join(held.split())
    assert "seal slept" in asked(data)
    assert f"waits  {generation}" in run("index", "history", "--data", data).stdout
    assert "answers from now on" in run("index", "use", generation, "--data", data).stdout
    assert "seal slept" not in asked(data)
    ran = run("index", "questions", "run", "--data", data)
    assert ran.returncode == 1
    assert "FAIL  1." in ran.stdout
    assert "does not wait" in failure("index", "use", generation, "--data", data)


def test_what_waits_is_named_by_status_and_doctor_and_used_by_its_number(
    data: Path, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else nobody sees it who did not read the refresh's report."""
    monkeypatch.setattr("bot.operation.health.SentenceEncoder", lambda _model: FakeEncoder(200))
    status = ("index", "status", "--data", data)
    run("index", "questions", "add", SEAL, "seal", "--data", data)
    assert "ok       golden questions: 1 question that" in run("doctor", "--data", data).stdout
    assert json.loads(run(*status, "--json").stdout)["waits"] is None
    (news / "seal.md").unlink()
    run("index", "refresh", "--data", data)
    waits = json.loads(run(*status, "--json").stdout)["waits"]
    assert f"To use it anyway: footnote index use {waits}" in run(*status).stdout
    warned = run("doctor", "--data", data).stdout
    assert f"warning  golden questions: the newer index {waits} waits, since 1 golden" in warned
    assert "footnote index use 000002\n" in warned
    assert "'9' does not wait" in failure("index", "use", "9", "--data", data)
    used = run("index", "use", "000002", "--data", data).stdout
    assert used == f"Index {waits} answers from now on.\n"
    assert "waits" not in run(*status).stdout
    assert "000001-" in run("index", "rollback", "1", "--data", data).stdout


def test_building_from_a_folder_is_held_back_too(data: Path, news: Path) -> None:
    """The gate stands before every build."""
    run("index", "questions", "add", SEAL, "seal", "--data", data)
    write_article(news, "seal", "Page not found.")
    built = run("index", "build", "--articles", news, "--data", data).stdout
    assert "would be lost" in built
    assert "before: news/seal.md as number 1; now: nothing that answers" in " ".join(built.split())


def test_golden_questions_are_listed_and_removed(data: Path) -> None:
    """By number; each may be asked once."""
    assert "no golden question yet" in run("index", "questions", "list", "--data", data).stdout
    added = run("index", "questions", "add", SEAL, "seal", "--data", data).stdout
    assert added == "Golden question 1 is added. Now it finds news/seal.md as number 1.\n"
    assert f"1. {SEAL} -> news/seal.md" in run("index", "questions", "list", "--data", data).stdout
    assert "question 1 already" in failure(
        "index", "questions", "add", SEAL, "gull", "--data", data
    )
    assert "1 to 300 characters" in failure(
        "index", "questions", "add", "x" * 301, "gull", "--data", data
    )
    doubtful = run("index", "questions", "add", "why do cranes sing?", "gull", "--data", data)
    assert "Now it does not find news/gull.md" in doubtful.stdout
    assert "Until it does, it holds nothing back." in doubtful.stdout
    run("index", "questions", "remove", "2", "--data", data)
    run("index", "questions", "remove", "1", "--data", data)
    assert "none yet" in failure("index", "questions", "remove", "1", "--data", data)
