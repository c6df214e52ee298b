"""INTERACTION_CREATE: what the bot is told of a member's deed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tests.discord_server.commands import IN_DIRECT_CHANNEL, IN_GUILD
from tests.discord_server.interactions import Interaction
from tests.discord_server.messages import Message
from tests.discord_server.offered import ATTACHMENT, CHANNEL
from tests.discord_server.payloads import (
    channel_json,
    member_json,
    message_json,
    owners_json,
    user_json,
)
from tests.discord_server.refusals import Json

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer

ATTACHMENT_MAX = 10 * 1024 * 1024


def interaction_json(server: "DiscordServer", interaction: Interaction, data: Json) -> Json:
    """Return an interaction's payload."""
    channel = interaction.channel
    payload: Json = {
        "id": str(interaction.id),
        "application_id": str(server.application_id),
        "type": int(interaction.kind),
        "data": data,
        "token": interaction.token,
        "version": 1,
        "channel_id": str(channel.id),
        "locale": "en-US",
        "entitlements": [],
        "authorizing_integration_owners": owners_json(channel),
        "attachment_size_limit": ATTACHMENT_MAX,
    }
    if server.soft.null_interaction_channel:
        payload["channel"] = None
    elif not server.soft.no_interaction_channel:
        permissions = channel.permissions_of(interaction.member)
        payload["channel"] = channel_json(channel) | {"permissions": str(permissions)}
    if interaction.target is not None:
        payload["data"] = data | _target_json(interaction.target)
    if chosen := _chosen(server, interaction, data.get("options") or []):
        payload["data"] = data | {"resolved": chosen}
    if interaction.source is not None:
        payload["message"] = message_json(interaction.source)
    return payload | _who_and_where(interaction)


def _who_and_where(interaction: Interaction) -> Json:
    channel, member = interaction.channel, interaction.member
    guild = channel.guild
    if guild is None:
        permissions = str(channel.permissions_of(member))
        return {
            "user": user_json(member.user),
            "context": IN_DIRECT_CHANNEL,
            "app_permissions": permissions,
        }
    return {
        "member": member_json(member) | {"permissions": str(channel.permissions_of(member))},
        "guild_id": str(guild.id),
        "guild": {"id": str(guild.id), "locale": "en-US", "features": []},
        "guild_locale": "en-US",
        "context": IN_GUILD,
        "app_permissions": str(channel.permissions_of(guild.me)),
    }


def _chosen(server: "DiscordServer", interaction: Interaction, options: list[Json]) -> Json:
    """Return the channels and files that a command's options name, by their kinds and ids."""
    found: Json = {}
    for option in _flat(options):
        value = option.get("value", "")
        if option["type"] == CHANNEL:
            channel = server.channels[int(value)]
            permissions = channel.permissions_of(interaction.member)
            shown = channel_json(channel) | {"permissions": str(permissions)}
            found.setdefault("channels", {})[value] = shown
        elif option["type"] == ATTACHMENT:
            found.setdefault("attachments", {})[value] = server.assets.attachment(value)
    return found


def _flat(options: list[Json]) -> Iterator[Json]:
    """Yield options, those of subcommands too."""
    for option in options:
        yield option
        yield from _flat(option.get("options") or [])


def _target_json(message: Message) -> Json:
    """Return the message whose menu was used: always in full, whatever the bot may read."""
    full = {str(message.id): message_json(message)}
    return {"target_id": str(message.id), "resolved": {"messages": full}}
