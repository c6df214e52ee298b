"""A server with a channel and two members, and an index to answer from."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.bot.databases import begin_database
from tests.conftest import Index, write_article
from tests.discord_server import DiscordServer
from tests.discord_server.member import Member
from tests.discord_server.world import Channel, Guild

HARBOUR = "Why did the harbour freeze in January?"


@dataclass(frozen=True, slots=True)
class Town:
    """What most tests need of Discord."""

    server: DiscordServer
    guild: Guild
    channel: Channel
    ada: Member
    bob: Member
    moderator: Member


@pytest.fixture
def town(discord_server: DiscordServer) -> Town:
    """Return a guild with one channel, two members and a moderator."""
    guild = discord_server.guild("Harbour watch")
    moderator = guild.member("mod", permissions=("MANAGE_GUILD", "MANAGE_MESSAGES"))
    channel = guild.text_channel("questions")
    return Town(discord_server, guild, channel, guild.member("ada"), guild.member("bob"), moderator)


@pytest.fixture
def built(index: Index) -> Index:
    """Return an index of a few articles of which some tell of the harbour."""
    folder = index.articles
    write_article(
        folder,
        "frost",
        "The harbour froze in January because the warm current failed. Ice closed the quay."
        " The harbour master asked for a tug.",
        "Gazette",
    )
    write_article(
        folder, "thaw", "The harbour opened in March. The ice had melted because the wind turned."
    )
    index.build()
    return index


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return the bot's data folder: the one that the index lies in."""
    begin_database(tmp_path)
    return tmp_path
