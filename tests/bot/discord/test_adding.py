"""Articles by hand, end to end: files, addresses and messages in, answers out, tricks refused."""

import gzip
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.client import FootnoteClient
from config.settings import load_settings
from tests.bot.discord.conftest import HARBOUR, Town
from tests.bot.discord.test_index import refreshed, use
from tests.bot.running import quick_settings, running
from tests.conftest import Index, write_article
from tests.corpus.pdf_file import make_pdf
from tests.corpus.site import Site, edition, open_site, page, redirect, serve, status
from tests.discord_server.messages import Message

pytestmark = pytest.mark.anyio

SEAL = "Why did a seal sleep in the harbour?"
SEALS = " ".join(
    f"The {n}th seal slept in the harbour because it was tired of swimming." for n in range(9)
)
MEGABYTE = 1_000_000


@pytest.fixture
def site() -> Iterator[Site]:
    with open_site() as running_site:
        yield running_site


@pytest.fixture(autouse=True)
def open_web(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the loopback be asked, also by the process that refreshes."""
    monkeypatch.setenv("FOOTNOTE_WEB__ALLOW_PRIVATE", "true")
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()


@pytest.fixture
def closed_web(open_web: None, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001  # after it
    """Let no private host be asked, as the settings come."""
    monkeypatch.delenv("FOOTNOTE_WEB__ALLOW_PRIVATE")
    load_settings.cache_clear()


@asynccontextmanager
async def library(town: Town, built: Index, data: Path) -> AsyncIterator[FootnoteClient]:
    """Let a bot run whose articles come from a source, so that others can be added by hand."""
    settings = quick_settings()
    index = settings.index.model_copy(update={"max_file_mb": 1})
    settings = settings.model_copy(update={"index": index})
    async with running(town.server, built, data, settings) as client:
        place = str(built.articles)
        await use(town, town.moderator, "index sources add", name="news", address=place)
        yield client


async def settled(town: Town, **options: object) -> str:
    """Return the last word on what was added or removed."""
    name = str(options.pop("command", "index add"))
    used = await town.moderator.ask_command(name, channel=town.channel, **options)
    return await last_word(town, await used.answered(60.0))


async def last_word(town: Town, message: Message) -> str:
    """Return what a private message says once it no longer shows how far a refresh is."""
    assert message.ephemeral
    await town.server.changes.until(
        lambda: "started by" not in message.text or "already" in message.text, "a last word", 60.0
    )
    return message.text.replace("\\", "")


async def from_message(town: Town, text: str, *files: tuple[str, bytes]) -> str:
    """Return the last word on a message whose links and files were added."""
    attached = tuple(town.server.assets.add(*file) for file in files)
    message = await town.ada.say(town.channel, text, files=attached)
    used = await town.moderator.use_message_menu("Add to articles", message)
    return await last_word(town, await used.answered(60.0))


async def asked(town: Town, question: str) -> str:
    return (await use(town, town.bob, "ask", question=question)).text


async def test_an_uploaded_file_answers_until_it_is_removed_and_then_never_again(
    town: Town, built: Index, data: Path
) -> None:
    """Nor after a refresh, nor when an earlier index is called back; added anew it does again."""
    file = town.server.assets.add("seals.pdf", make_pdf([[f"{s}." for s in SEALS.split(". ")]]))
    async with library(town, built, data) as client:
        before = await asked(town, SEAL)
        added = await settled(town, file=file)
        answer = await asked(town, SEAL)
        frost = await asked(town, HARBOUR)
        sources = await use(town, town.moderator, "index sources list")
        offered = await town.moderator.autocomplete(
            "index remove", channel=town.channel, focused="article", article="SEAL"
        )
        removed = await settled(town, command="index remove", article=offered[0]["value"])
        gone = await asked(town, SEAL)
        await refreshed(town)
        still_gone = await asked(town, SEAL)
        await use(town, town.moderator, "index rollback")
        rolled_back = await asked(town, SEAL)
        await settled(town, file=file)
        again = await asked(town, SEAL)
        deeds = [(deed.who, deed.action, deed.detail) for deed in client.library.audit.all()]
    assert "slept in the harbour" not in before
    assert "Added: " in added
    assert "added/files/seals.pdf" in added
    assert "slept in the harbour" in answer
    assert "warm current" in frost
    assert "added: added by hand" in sources.text
    assert [choice["value"] for choice in offered] == ["added/files/seals.pdf"]
    assert "added/files/seals.pdf is removed" in removed
    assert ["slept in the harbour" in text for text in (gone, still_gone, rolled_back)] == [
        False,
        False,
        False,
    ]
    assert "slept in the harbour" in again
    assert ("mod", "add article", "added/files/seals.pdf") in deeds
    assert ("mod", "remove article", "added/files/seals.pdf") in deeds
    assert town.server.violations == []
    assert town.server.pings == []


async def test_a_page_is_added_by_its_address_and_asked_for_again_as_it_is_known(
    town: Town, built: Index, data: Path, site: Site
) -> None:
    """Its server may say that nothing changed; other pages beside it stay."""
    site.pages["/seals"] = edition(page(SEALS, "Seals"), '"1"')
    site.pages["/gulls"] = serve(page(SEALS.replace("seal", "gull"), "Gulls"))
    async with library(town, built, data):
        added = await settled(town, address=f"{site.address}/seals")
        await settled(town, address=f"{site.address}/gulls#part")
        answer = await asked(town, SEAL)
        same = await settled(town, address=f"{site.address}/seals")
        site.pages["/seals"] = edition(page(SEALS.replace("tired", "ill"), "Seals"), '"2"')
        changed = await settled(town, address=f"{site.address}/seals")
        other = await asked(town, SEAL)
        listed = await use(town, town.moderator, "index list", text="added/pages")
        site.asked.clear()
        removed = await settled(town, command="index remove", article=f"{site.address}/seals")
        left = await use(town, town.moderator, "index list", text="added/pages")
    assert "Added: Seals" in added
    assert "because it was tired" in answer
    assert "As it was: Seals" in same
    assert "Changed: Seals" in changed
    assert "because it was ill" in other
    assert ("Seals" in listed.text, "Gulls" in listed.text) == (True, True)
    assert "is removed" in removed
    assert ("Seals" in left.text, "Gulls" in left.text) == (False, True)
    assert site.paths() == ["/gulls"]
    assert town.server.violations == []


async def test_links_and_files_of_a_message_are_added_from_its_menu(
    town: Town, built: Index, data: Path, site: Site
) -> None:
    """All at once; what cannot be is named beside what can."""
    site.pages["/seals"] = serve(page(SEALS, "Seals"))
    seals = f"{site.address}/seals"
    text = f"Read [this]({seals}), that is {seals}#part, then <{site.address}/missing>."
    gulls = SEALS.replace("seal", "gull").encode()
    async with library(town, built, data):
        said = await from_message(town, text, ("gulls.txt", gulls), ("setup.exe", b"MZ"))
        answers = [await asked(town, SEAL), await asked(town, "Why did a gull sleep?")]
        empty = await from_message(town, "Nothing to see here.")
    assert said.count("Added: Seals") == 1
    assert "Added: gulls" in said
    assert "answered 404: there is no such page" in said
    assert "'setup.exe' is no format Footnote reads" in said
    assert "seal slept" in answers[0]
    assert "gull slept" in answers[1]
    assert "There is no link and no file in that message" in empty
    assert town.server.violations == []


async def test_every_trick_of_a_page_is_answered_with_a_clear_sentence(
    town: Town, built: Index, data: Path, site: Site
) -> None:
    """Nothing of it is kept, and the next refresh asks for none of it."""
    bomb = gzip.compress(b"<p>" + b"0" * 30 * MEGABYTE)
    tricks = {
        "/gone": (status(404), "answered 404: there is no such page"),
        "/broken": (status(500), "answered 500: try again later"),
        "/login": (status(401), "wants a login"),
        "/private/a": (serve(page(SEALS)), "keeps programs out"),
        "/bomb": (serve(bomb, Content_Encoding="gzip"), "has more than 20 MB, unpacked"),
        "/picture": (serve(b"\x89PNG\r\n\x1a\n0000", "image/png"), "is a picture (image/png)"),
        "/empty": (serve("<!doctype html><p></p>"), "no article found on the page"),
        "/round": (redirect("/round"), "more than 5 redirects"),
        "/away": (redirect("file:///etc/passwd"), "is no web address"),
    }
    site.pages |= {path: trick for path, (trick, _) in tricks.items()}
    site.pages["/robots.txt"] = serve("User-agent: *\nDisallow: /private/\n", "text/plain")
    text = " ".join(f"{site.address}{path}" for path in tricks)
    async with library(town, built, data):
        said = await from_message(town, text)
        site.asked.clear()
        await refreshed(town)
        listed = await use(town, town.moderator, "index list", text="added/")
        answer = await asked(town, HARBOUR)
    sentences = said.splitlines()
    assert len(sentences) == len(tricks)
    for path, (_, reason) in tricks.items():
        assert any(path in each and reason in each for each in sentences), f"{path} in\n{said}"
    assert all(each.startswith("- Not added: ") for each in sentences)
    assert site.paths() == []
    assert "No article's id or title holds" in listed.text
    assert "warm current" in answer


async def test_every_trick_of_a_file_is_answered_with_a_clear_sentence(
    town: Town, built: Index, data: Path
) -> None:
    """Those that cannot be by name or size are not even fetched, whatever size is claimed."""
    tricks = {
        "setup.exe": (b"MZ", "is no format Footnote reads"),
        "large.txt": (b"x" * (MEGABYTE + 700_000), "has 2 MB, over the limit of 1 MB"),
        "bomb.txt.gz": (gzip.compress(b"0" * 50 * MEGABYTE), "has over 1 MB, unpacked"),
        "article.pdf": (b"MZ" + b"\0" * 100, "holds a program, not what .pdf says"),
        "blank.md": (b" \n", "is empty"),
        "torn.pdf": (b"%PDF-1.4\nno more", "cannot be read"),
        "lies.txt": (b"x" * 3 * MEGABYTE, "has more than 1 MB"),
    }
    files = {name: town.server.assets.add(name, data) for name, (data, _) in tricks.items()}
    files["lies.txt"]["size"] = 10
    message = await town.ada.say(town.channel, "Look!", files=tuple(files.values()))
    async with library(town, built, data):
        used = await town.moderator.use_message_menu("Add to articles", message)
        said = await last_word(town, await used.answered(60.0))
        listed = await use(town, town.moderator, "index list", text="added/")
    sentences = said.splitlines()
    assert len(sentences) == len(tricks)
    for name, (_, reason) in tricks.items():
        assert any(name in each and reason in each for each in sentences), (name, said)
    assert all(each.startswith("- Not added: ") for each in sentences)
    assert "No article's id or title holds" in listed.text


@pytest.mark.usefixtures("closed_web")
async def test_private_networks_are_not_asked_unless_settings_allow_it(
    town: Town, built: Index, data: Path, site: Site
) -> None:
    """Neither for a page, nor behind a redirect, nor for a file that is not at Discord's."""
    private = site.address.replace("127.0.0.1", "127.0.0.2")
    site.pages |= {
        "/seals": serve(page(SEALS, "Seals")),
        "/away": redirect(f"{private}/seals"),
    }
    text = " ".join((f"{private}/seals", f"{site.address}/away", f"{site.address}/seals"))
    async with library(town, built, data):
        said = await from_message(town, text, ("gulls.txt", SEALS.encode()))
    assert said.splitlines()[0].startswith("- Not added: 'gulls.txt' could not be fetched: ")
    assert said.count("lies in a private network, which is not asked") == 3
    assert "Added: Seals" in said
    assert site.paths() == ["/away", "/seals"]


async def endless_refresh(town: Town, client: FootnoteClient) -> Message:
    """Return the message of a refresh that runs until it is stopped."""
    client.library.runner._command = ["sh", "-c", "sleep 60"]
    used = await town.moderator.ask_command("index refresh", channel=town.channel)
    return await used.answered(20.0)


async def stopped(town: Town, progress: Message) -> None:
    """Stop a refresh, and wait for its last word."""
    await (await town.moderator.click(progress, "Stop")).answered()
    await town.server.changes.until(lambda: "was stopped" in progress.text, "the end", 20.0)


async def test_what_is_added_while_a_refresh_runs_comes_with_the_next(
    town: Town, built: Index, data: Path
) -> None:
    """That is said plainly, and it does; what is removed meanwhile is quoted no more at once."""
    file = town.server.assets.add("seals.txt", SEALS.encode())
    async with library(town, built, data) as client:
        command = client.library.runner._command
        progress = await endless_refresh(town, client)
        said = await settled(town, file=file)
        before = await asked(town, SEAL)
        await stopped(town, progress)
        client.library.runner._command = command
        await refreshed(town)
        after = await asked(town, SEAL)
        progress = await endless_refresh(town, client)
        removed = await settled(town, command="index remove", article="seals.txt")
        gone = await asked(town, SEAL)
        await stopped(town, progress)
    assert "Kept, and read by the next refresh: seals.txt" in said
    assert "a refresh is running already, started by mod" in said
    assert "seal slept" not in before
    assert "seal slept" in after
    assert "not quoted any more, and goes with the next refresh" in removed
    assert "seal slept" not in gone


async def test_what_was_added_is_kept_when_the_new_index_cannot_be_used_here(
    town: Town, built: Index, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is in the index that was made, and answers as soon as that does."""
    file = town.server.assets.add("seals.txt", SEALS.encode())
    async with library(town, built, data) as client:
        with monkeypatch.context() as patch:
            patch.setattr(client.library.live, "refresh", lambda: False)
            patch.setattr(client.desk.answerer.live, "refresh", lambda: False)
            said = await settled(town, file=file)
        client.library.live.refresh()
        answer = await asked(town, SEAL)
        await refreshed(town)
        after = await asked(town, SEAL)
    assert "Added: seals (added/files/seals.txt)" in said
    assert "seal slept" in answer
    assert "seal slept" in after


async def test_a_newer_version_that_loses_a_golden_question_waits_and_that_is_said(
    town: Town, built: Index, data: Path
) -> None:
    """With the button to use it anyway, and the old version answers meanwhile."""
    async with library(town, built, data):
        await settled(town, file=town.server.assets.add("seals.txt", SEALS.encode()))
        question = {"question": SEAL, "article": "added/files/seals.txt"}
        await use(town, town.moderator, "index questions add", **question)
        newer = town.server.assets.add("seals.txt", b"The page was not found, they said.")
        used = await town.moderator.ask_command("index add", channel=town.channel, file=newer)
        message = await used.answered(60.0)
        said = await last_word(town, message)
        answer = await asked(town, SEAL)
        await (await town.moderator.click(message, "Use it anyway")).answered(30.0)
        after = await asked(town, SEAL)
    assert "Changed: seals (added/files/seals.txt)" in said
    assert "The new articles wait" in said
    assert "seal slept" in answer
    assert "seal slept" not in after


async def test_other_articles_are_not_removed_but_it_is_said_what_to_do(
    town: Town, built: Index, data: Path
) -> None:
    """Hide them, or take them out of their source; one of many in a file goes with the file."""
    lines = '{"_id": "s1", "title": "S", "text": "A seal."}\n{"_id": "s2", "text": "Two seals."}\n'
    file = town.server.assets.add("seals.jsonl", lines.encode())
    async with library(town, built, data):
        added = await settled(town, file=file)
        said = [
            await settled(town, command="index remove", article=name)
            for name in ("news/frost.md", "nothing", "added/files/seals.jsonl/s1")
        ]
        whole = await settled(town, command="index remove", article="added/files/seals.jsonl")
        listed = await use(town, town.moderator, "index list", text="s1")
    assert "2 articles of seals.jsonl" in added
    assert "it comes from 'news' (folder" in said[0]
    assert "/index hide" in said[0]
    assert "Nothing that was added by hand is called 'nothing'" in said[1]
    assert "stands in 'added/files/seals.jsonl'" in said[2]
    assert "is removed" in whole
    assert "No article's id or title holds" in listed.text


async def test_articles_of_index_build_are_not_forgotten_for_one_by_hand(
    town: Town, built: Index, data: Path
) -> None:
    """A refresh would drop them, so their folder has to be a source first."""
    file = town.server.assets.add("seals.txt", SEALS.encode())
    async with running(town.server, built, data):
        said = await settled(town, file=file)
        nothing = await use(town, town.moderator, "index add")
        answer = await asked(town, HARBOUR)
    assert "make their folder a source first" in said
    assert "Give the address of a page, or attach a file" in nothing.text
    assert "warm current" in answer


async def test_only_moderators_of_the_home_server_add_from_a_message(
    town: Town, built: Index, data: Path
) -> None:
    """The menu's entry asks again, whatever Discord shows."""
    elsewhere = town.server.guild("Lighthouse")
    stranger = elsewhere.member("eve", permissions=("ADMINISTRATOR",))
    role = town.guild.role("librarians")
    librarian = town.guild.member("lib")
    librarian.roles.append(role)
    settings = quick_settings(home_server=town.guild.id)
    async with running(town.server, built, data, settings) as client:
        client.desk.servers.set_moderator_role(town.guild.id, role.id)
        town.server.commands.find("Add to articles", 3, town.guild)[
            "default_member_permissions"
        ] = None
        message = await town.ada.say(town.channel, "no link")
        there = await stranger.say(elsewhere.text_channel("x"), "no link")
        said = {}
        for member, target in (
            (town.ada, message),
            (librarian, message),
            (town.moderator, message),
            (stranger, there),
        ):
            used = await member.use_message_menu("Add to articles", target)
            said[member.user.name] = (await used.answered(30.0)).text
        deeds = client.library.audit.all()
    assert "Only moderators can do that" in said["ada"]
    assert "There is no link" in said["lib"]
    assert "There is no link" in said["mod"]
    assert "looked after in another server" in said["eve"]
    assert deeds == []


async def test_what_was_added_is_offered_for_removal_to_moderators_only(
    town: Town, built: Index, data: Path
) -> None:
    """By its name in the index; without the folder where that is too long for Discord."""
    long = f"{'seal-' * 18}.txt"
    files = [(name, SEALS.encode()) for name in ("gulls.txt", long)]
    async with library(town, built, data):
        await from_message(town, "Look!", *files)
        town.server.commands.find("index", 1, town.guild)["default_member_permissions"] = None
        offered = [
            await member.autocomplete(
                "index remove", channel=town.channel, focused="article", article=""
            )
            for member in (town.moderator, town.ada)
        ]
        removed = await settled(town, command="index remove", article=offered[0][1]["value"])
    names = [choice["value"] for choice in offered[0]]
    assert names == ["added/files/gulls.txt", long.replace("-.txt", ".txt")]
    assert offered[1] == []
    assert "is removed" in removed


async def test_a_folder_called_added_is_in_nobodys_way_without_being_said(
    town: Town, built: Index, data: Path, tmp_path: Path
) -> None:
    """The name is taken, and whoever took it can choose another."""
    folder = tmp_path / "other"
    folder.mkdir()
    write_article(folder, "tug", "A tug arrived.")
    file = town.server.assets.add("seals.txt", SEALS.encode())
    async with library(town, built, data):
        await use(town, town.moderator, "index sources add", name="added", address=str(folder))
        said = await settled(town, file=file)
    assert "there is a source 'added' already (folder" in said
