"""What moderators read keeps Discord's limits, whatever files, outlets and reasons are called."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from bot.articles.article_sources import ArticleSource
from bot.cards.index_cards import lines_card, report_card, status_card
from bot.cards.layout import Card
from bot.cards.shown import pieces
from corpus.problem import Problem
from retrieval.build_report import BuildReport
from retrieval.generation import Coverage, Generation
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


def test_a_long_report_fits_a_plain_message() -> None:
    """Many changes, many reasons, and what a dry run did not ask."""
    ids = ("[" * 99,) * 12
    problems = (Problem("[" * 99, "]" * 99),) * 12
    report = BuildReport("000001-ab", 9, 9, 9, 9, ids, ids, ids, problems)
    require_calm(report_card(report, None, is_dry=True))
