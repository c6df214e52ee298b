"""Admins see how the bot is, and what to do."""

from pathlib import Path

from bot.articles.troubles import Kind, Trouble, TroubleStore
from tests.bot.console.running import RunningConsole, running_console
from tests.conftest import Index


def health_of(console: RunningConsole) -> str:
    with console.client() as client:
        return client.get("/health").text


def test_each_part_is_told_with_what_helps(index: Index, tmp_path: Path) -> None:
    """As `footnote doctor` finds it; an index that is not made, and then is."""
    with running_console(tmp_path) as console:
        assert "make one with `footnote index build" in health_of(console)
        generation = index.build().generation
        assert f"{generation} with 3 articles answers" in health_of(console)
        (index.folder.path / str(generation) / "dense.faiss").write_bytes(b"no vectors")
        assert "footnote index rollback" in health_of(console)


def test_what_needs_somebody_stands_before_what_is_well(console: RunningConsole) -> None:
    """There is no index yet, no golden question, and the disk has room."""
    page = health_of(console)
    assert page.index(">failed<") < page.index(">warning<") < page.index(">ok<")


def test_what_is_wrong_with_the_articles_stands_first_until_it_is_over(
    console: RunningConsole,
) -> None:
    """Whatever stands in it, it is no markup."""
    troubles = TroubleStore(console.parts.database)
    troubles.begin(Trouble(Kind.STALE, "", "Nothing new for <b>40</b> days.", "There is news."))
    assert "Nothing new for &lt;b&gt;40&lt;/b&gt; days." in health_of(console)
    troubles.end(Kind.STALE)
    assert "Wrong with the articles" not in health_of(console)
