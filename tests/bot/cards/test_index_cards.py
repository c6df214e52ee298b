"""What moderators read keeps Discord's limits, whatever files, outlets and reasons are called."""

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from bot.articles.article_sources import ArticleSource
from bot.articles.refresh_process import Running
from bot.cards.golden_words import NOT_ASKED
from bot.cards.index_cards import lines_card, progress_card, report_card, status_card
from bot.cards.layout import Card
from bot.cards.shown import pieces
from corpus.problem import Problem
from retrieval.build_report import BuildReport
from retrieval.generation import Coverage, Generation
from retrieval.golden import Finding, GoldenQuestion, Loss
from tests.bot.hostile import title
from tests.bot.test_card import require_limits

HOUR = datetime(2026, 1, 31, 12, tzinfo=UTC)
MANIFEST = SimpleNamespace(created=HOUR.isoformat(), articles=9, passages=9, generation="000001-ab")
names = st.text("abc-09", min_size=1, max_size=63)
ids = st.lists(title, max_size=12).map(tuple)


def require_calm(card: Card) -> None:
    """Check that nothing on a card acts, and that Discord takes it."""
    require_limits(card)
    for markdown in (card.text, card.plain()):
        assert set().union(*(p.kinds for p in pieces(markdown))) <= {"text", "bold", "time"}


@given(st.lists(title, max_size=60))
def test_any_list_keeps_every_limit(lines: list[str]) -> None:
    """However many lines there are, and whatever stands in them."""
    require_calm(lines_card("Sources", lines, "There is none."))


@given(ids, ids, ids, st.lists(st.builds(Problem, title, title), max_size=12), st.booleans())
def test_any_report_keeps_every_limit(
    added: tuple[str, ...],
    changed: tuple[str, ...],
    removed: tuple[str, ...],
    problems: list[Problem],
    is_dry: bool,
) -> None:
    """As plain words too."""
    report = BuildReport("000001-ab", 9, 9, 9, 9, added, changed, removed, tuple(problems))
    require_calm(report_card(report, "ab12cd34ef", is_dry=is_dry))


sources = st.builds(
    ArticleSource,
    names,
    st.just("folder"),
    st.just("/articles"),
    refreshed_at=st.none() | st.just(HOUR),
    problem=st.none() | title,
)


@given(st.lists(sources, max_size=12), ids, st.sampled_from([None, "The log: full. " * 40]))
def test_any_status_keeps_every_limit(
    found: list[ArticleSource], outlets: tuple[str, ...], trouble: str | None
) -> None:
    """Ten sources may be broken at once, each with a long reason."""
    generation = SimpleNamespace(manifest=MANIFEST, coverage=Coverage(outlets, None, None))
    require_calm(status_card(cast("Generation", generation), found, trouble, tells_reasons=True))


def test_ten_broken_sources_fit_a_plain_message() -> None:
    """Each with a long name and a long reason, below a long list of outlets."""
    outlets = tuple(f"{n}" * 200 for n in range(9))
    generation = SimpleNamespace(manifest=MANIFEST, coverage=Coverage(outlets, None, None))
    broken = [
        ArticleSource(f"{n}" * 63, "folder", "/articles", problem="gone " * 99) for n in range(10)
    ]
    require_calm(
        status_card(
            cast("Generation", generation), broken, "The log: full. " * 40, tells_reasons=True
        )
    )


def status(*found: ArticleSource, trouble: str | None = None) -> str:
    """Return what a status tells moderators of these sources."""
    generation = SimpleNamespace(manifest=MANIFEST, coverage=Coverage((), None, None))
    shown = status_card(cast("Generation", generation), found, trouble, tells_reasons=True)
    return shown.text


def test_a_status_tells_how_each_source_is() -> None:
    """And what only admins hear of, in bold."""
    found = (
        ArticleSource("news", "folder", "/articles", refreshed_at=HOUR),
        ArticleSource("new", "folder", "/new"),
        ArticleSource("gone", "folder", "/gone", refreshed_at=HOUR, problem="'/gone' is no folder"),
    )
    assert status(*found, trouble="The log is full.") == (
        "## 9 articles, as of <t:1769860800:R>\n"
        "no outlet by name, undated\n"
        "- news: read <t:1769860800:R>\n"
        "- new: not read yet\n"
        "- gone: '\\/gone' is no folder\n"
        "**The log is full.**\n"
        "-# index 000001-ab, 9 passages"
    )


def test_ten_sources_are_told_of_and_no_more() -> None:
    """A phone's screen holds them."""
    found = [ArticleSource(f"s{n}", "folder", "/articles") for n in range(11)]
    assert status(*found).count(": not read yet\n") == 10


def test_members_hear_of_no_folder_and_no_address() -> None:
    """That a source cannot be read is all that concerns them."""
    broken = ArticleSource("gone", "folder", "/home/ada", problem="'/home/ada' is no folder")
    generation = SimpleNamespace(manifest=MANIFEST, coverage=Coverage(("Herald",), None, None))
    said = status_card(cast("Generation", generation), [broken]).text
    assert "\nHerald, undated\n" in said
    assert "- gone: cannot be read, its articles stay\n" in said
    assert "ada" not in said


def test_a_report_tells_what_changed_and_why_something_was_left_out() -> None:
    """Names of a kind as far as they are few, one as one, and reasons a line each."""
    nine = tuple(f"{n}.md" for n in range(9))
    problems = (Problem("bad.pdf", "no text in it"),)
    report = BuildReport("000001-ab", 1, 1200, 9, 1, nine, ("a.md",), (), problems)
    remade = replace(report, remade="they have other limits")
    said = (
        "1 article in 1,200 passages; 1 passage newly embedded.\n"
        "Every passage is made anew: they have other limits.\n"
        "**9 added**: 0\\.md, 1\\.md, 2\\.md, 3\\.md, 4\\.md, 5\\.md, 6\\.md, 7\\.md and 1 more\n"
        "**1 changed**: a.md\n"
        "**0 removed**\n"
        "**1 left out or in doubt**\n"
        "- bad.pdf: no text in it\n"
        "-# index 000001-ab"
    )
    assert report_card(remade, None, is_dry=False).text == f"## The articles are fresh.\n{said}"
    lost = Loss(GoldenQuestion("Who?", "b.md", 1), Finding(1, ("b.md",)), Finding(None, ()))
    waits = report_card(replace(report, losses=(lost,)), None, is_dry=False).text
    assert waits.startswith("## New articles are ready:\n1 article in")
    assert "## The new articles wait\nWith them, 1 golden question would not find" in waits
    eight = replace(report, generation="", added=nine[:8], problems=())
    dry = report_card(eight, None, is_dry=True).text
    assert dry.startswith("## Nothing was changed; a refresh would bring:\n1 article in 1,200 pass")
    assert "embedded" not in dry
    assert "7\\.md\n**1 changed**" in dry
    assert dry.endswith(f"-# {NOT_ASKED}\n-# index none yet")
    assert (
        NOT_ASKED not in report_card(replace(eight, added=(), changed=()), None, is_dry=True).text
    )


def test_a_list_that_is_too_long_says_how_much_more_there_is() -> None:
    """None of it silently; an empty one is told in its own words."""
    lines = [f"{n} {'x' * 170}" for n in range(40)]
    shown = lines_card("Sources", lines, "There is none.").text.splitlines()
    told = len(shown) - 2
    assert shown[0] == "## Sources"
    assert shown[-1] == f"- and {40 - told} more"
    assert shown[1:-1] == [f"- {entry}" for entry in lines[:told]]
    assert 1800 < len("\n".join(shown)) <= 2000
    assert lines_card("Sources", lines[:2], "").text.count("more") == 0
    assert lines_card("Sources", [], "There is none.").text == "There is none."


def test_progress_is_told_in_words_and_as_a_bar() -> None:
    """Also before anything is known of how much there is."""
    card = progress_card(Running("ada", HOUR, "Embedding", 250, 1000))
    assert card.text == (
        "**Embedding** 250 of 1,000 (25%)\n"
        "█████░░░░░░░░░░░░░░░\n"
        "-# started by ada; answers come from the old articles meanwhile"
    )
    assert "**Starting** 0 of 0 (0%)\n░░░" in progress_card(Running("ada", HOUR)).text
    require_calm(progress_card(Running("@everyone <@1>" * 9, HOUR)))


def test_a_long_report_fits_a_plain_message() -> None:
    """Many changes, many reasons, and what a dry run did not ask."""
    ids = ("[" * 99,) * 12
    problems = (Problem("[" * 99, "]" * 99),) * 12
    report = BuildReport("000001-ab", 9, 9, 9, 9, ids, ids, ids, problems)
    require_calm(report_card(report, None, is_dry=True))
