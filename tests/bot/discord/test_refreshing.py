"""A refresh on Discord: of one source, and its report opened whole."""

from pathlib import Path

import pytest

from config.settings import load_settings
from tests.bot.discord.conftest import Town
from tests.bot.discord.test_index import refreshed, use
from tests.bot.running import running
from tests.conftest import Index, write_article
from tests.corpus.site import open_site, page, serve

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
    assert "Only moderators" in refused.text
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
    assert "There is no source 'olds'; there are: news" in unknown.text
    assert unknown.ephemeral
    assert deeds == ["add source", "refresh"]


def story(what: str) -> str:
    """Return a page on why something slept."""
    words = " ".join(f"The {n}th {what} slept in the harbour since it was tired." for n in range(9))
    return page(words, f"On every {what}")


async def test_feeds_and_sitemaps_are_read_and_answer(
    town: Town, built: Index, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """RSS, Atom and a sitemap, each page by the source's name; a feed that breaks keeps its own."""
    monkeypatch.setenv("FOOTNOTE_WEB__ALLOW_PRIVATE", "true")
    load_settings.cache_clear()
    with open_site() as site:
        there = site.address
        rss = "<item><title>Seals</title><link>/seal</link></item>"
        atom = f'<entry><title>Gulls</title><link href="{there}/gull"/></entry>'
        listed = f"<url><loc>{there}/tug</loc></url>"
        site.pages |= {
            "/rss.xml": serve(f'<rss version="2.0"><channel>{rss}</channel></rss>'),
            "/atom.xml": serve(f'<feed xmlns="http://www.w3.org/2005/Atom">{atom}</feed>'),
            "/map.xml": serve(
                f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'
            ),
            **{f"/{what}": serve(story(what)) for what in ("seal", "gull", "tug")},
        }
        async with running(town.server, built, data):
            for name, path, kind in (
                ("rss", "/rss.xml", "feed"),
                ("atom", "/atom.xml", "feed"),
                ("map", "/map.xml", "sitemap"),
            ):
                source = {"name": name, "address": f"{there}{path}", "kind": kind}
                await use(town, town.moderator, "index sources add", **source)
            dry = await refreshed(town, dry_run=True)
            report = await refreshed(town)
            answers = [
                (await use(town, town.ada, "ask", question=f"Why did a {what} sleep?")).text
                for what in ("seal", "gull", "tug")
            ]
            site.pages["/rss.xml"] = serve("<!DOCTYPE a [<!ENTITY b 'c'>]><rss>&b;</rss>")
            broken = await refreshed(town, source="rss")
            kept = await use(town, town.ada, "ask", question="Why did a seal sleep?")
    load_settings.cache_clear()
    assert "**3 added**" in dry.text
    assert "**3 added**" in report.text
    for what, answer in zip(("seal", "gull", "tug"), answers, strict=True):
        assert f"{what} slept in the harbour" in answer
    assert "entities" in broken.text
    assert "**0 removed**" in broken.text
    assert "seal slept" in kept.text
    assert town.server.violations == []
