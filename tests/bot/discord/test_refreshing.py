"""A refresh on Discord: of one source, and its report opened whole."""

from pathlib import Path

import pytest

from tests.bot.discord.conftest import Town
from tests.bot.discord.test_index import refreshed, use
from tests.bot.running import running
from tests.conftest import Index, write_article

pytestmark = pytest.mark.anyio


async def test_the_report_is_opened_whole_also_after_a_restart(
    town: Town, built: Index, data: Path, tmp_path: Path
) -> None:
    """Every article by id, to moderators only, and to nobody else's eyes."""
    folder = tmp_path / "news"
    folder.mkdir()
    for n in range(30):
        write_article(folder, f"seal-{n}", f"Seal number {n} slept in the harbour.")
    (folder / "bad.pdf").write_bytes(b"no PDF")
    async with running(town.server, built, data):
        await use(town, town.moderator, "index sources add", name="news", address=str(folder))
        dry = await refreshed(town, dry_run=True)
        dry_file = await (await town.moderator.click(dry, "Show all")).answered()
        report = await refreshed(town)
    async with running(town.server, built, data):
        opened = await (await town.moderator.click(report, "Show all")).answered()
        refused = await (await town.ada.click(report, "Show all")).answered()
        gone = await (await town.moderator.click(dry, "Show all")).answered()
    assert "22 more" in report.text
    (attachment,) = opened.words.attachments
    assert attachment["filename"] == "report.txt"
    text = town.server.assets.content(attachment).decode()
    assert [f"  news/seal-{n}.md" in text.splitlines() for n in range(30)] == [True] * 30
    assert "  news/bad.pdf: " in text
    assert opened.ephemeral
    (dry_attachment,) = dry_file.words.attachments
    dry_text = town.server.assets.content(dry_attachment).decode()
    assert dry_text.startswith("Nothing was changed")
    assert "only moderators" in refused.text
    assert "not kept any longer" in gone.text
    assert town.server.violations == []


async def test_one_source_is_refreshed_and_offered_by_name(
    town: Town, built: Index, data: Path, tmp_path: Path
) -> None:
    """An unknown name is said privately, at once."""
    folder = tmp_path / "news"
    folder.mkdir()
    write_article(folder, "seal", "A seal slept in the harbour.")
    async with running(town.server, built, data) as client:
        await use(town, town.moderator, "index sources add", name="news", address=str(folder))
        offered = await town.moderator.autocomplete(
            "index refresh", channel=town.channel, focused="source", source="ne"
        )
        report = await refreshed(town, source="news")
        unknown = await use(town, town.moderator, "index refresh", source="olds")
        deeds = [deed.action for deed in client.library.audit.all()]
    assert [choice["value"] for choice in offered] == ["news"]
    assert "1 added" in report.text
    assert "there is no source 'olds'; there are: news" in unknown.text
    assert unknown.ephemeral
    assert deeds == ["add source", "refresh"]
