"""A loopback Discord: real HTTP and a real websocket on 127.0.0.1, for the real discord.py.

It is strict. It refuses what Discord refuses, with Discord's codes, and where Discord's own API
description is at hand it checks every request against that too.

    async with DiscordServer() as server:
        guild = server.guild("Harbour watch")
        channel = guild.text_channel("questions")
        ada = guild.member("ada")
        with pointed_at(server):
            ...  # start the bot, with `server.token`
        interaction = await ada.ask_command("ask", channel=channel, question="why?")
        message = await interaction.answered()
"""

from tests.discord_server.faults import HANG_UP
from tests.discord_server.interactions import CallbackType, Interaction
from tests.discord_server.member import Member, NotOfferedError
from tests.discord_server.mentions import Ping
from tests.discord_server.messages import Button, Message
from tests.discord_server.pointing import pointed_at
from tests.discord_server.ratelimits import RateLimit
from tests.discord_server.server import DiscordServer
from tests.discord_server.soft import Soft
from tests.discord_server.waiting import NothingHappenedError
from tests.discord_server.world import Channel, ChannelKind, Guild, Role, User

__all__ = [
    "HANG_UP",
    "Button",
    "CallbackType",
    "Channel",
    "ChannelKind",
    "DiscordServer",
    "Guild",
    "Interaction",
    "Member",
    "Message",
    "NotOfferedError",
    "NothingHappenedError",
    "Ping",
    "RateLimit",
    "Role",
    "Soft",
    "User",
    "pointed_at",
]
