"""Records as the JSON that Discord sends (Discord docs, resources)."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from tests.discord_server.messages import ComponentKind, Message, MessageFlag
from tests.discord_server.refusals import Json
from tests.discord_server.world import Channel, ChannelKind, Guild, Role, User

if TYPE_CHECKING:
    from tests.discord_server.interactions import Interaction
    from tests.discord_server.member import Member

_ARCHIVE_MINUTES = 1440


def time_json(moment: datetime) -> str:
    """Return a time as Discord writes it."""
    return moment.isoformat()


def user_json(user: User) -> Json:
    """Return a user."""
    return {
        "id": str(user.id),
        "username": user.name,
        "global_name": None,
        "avatar": None,
        "discriminator": "0000" if user.is_bot else "0",
        "public_flags": 0,
        "flags": 0,
        "bot": user.is_bot,
        "primary_guild": None,
    }


def member_json(member: "Member", *, with_user: bool = True) -> Json:
    """Return a member; Discord leaves the user out beside an author."""
    payload: Json = {
        "nick": None,
        "avatar": None,
        "banner": None,
        "roles": [str(role.id) for role in member.roles],
        "joined_at": time_json(member.guild.created_at),
        "premium_since": None,
        "communication_disabled_until": None,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
    }
    return payload | {"user": user_json(member.user)} if with_user else payload


def role_json(role: Role) -> Json:
    """Return a role."""
    tags = {} if role.bot_id is None else {"tags": {"bot_id": str(role.bot_id)}}
    return tags | {
        "id": str(role.id),
        "name": role.name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "icon": None,
        "unicode_emoji": None,
        "position": 0,
        "permissions": str(role.permissions),
        "managed": role.bot_id is not None,
        "mentionable": role.mentionable,
        "flags": 0,
    }


def channel_json(channel: Channel) -> Json:
    """Return a channel of any kind."""
    base: Json = {"id": str(channel.id), "type": int(channel.kind), "flags": 0}
    base["last_message_id"] = str(max(channel.history)) if channel.history else None
    if channel.kind is ChannelKind.DM and channel.recipient:
        return base | {"recipients": [user_json(channel.recipient)]}
    base |= {"name": channel.name, "rate_limit_per_user": channel.slowmode_seconds}
    if channel.guild:
        base["guild_id"] = str(channel.guild.id)
    return base | (_thread_part(channel) if channel.kind.is_thread else _guild_part(channel))


def _thread_part(channel: Channel) -> Json:
    count = max(0, len(channel.messages) - 1)
    return {
        "parent_id": str(channel.parent.id) if channel.parent else None,
        "owner_id": str(channel.owner_id),
        "message_count": count,
        "total_message_sent": count,
        "member_count": 1,
        "thread_metadata": {
            "archived": channel.locked,
            "archive_timestamp": time_json(channel.created_at),
            "auto_archive_duration": _ARCHIVE_MINUTES,
            "locked": channel.locked,
            "create_timestamp": time_json(channel.created_at),
        },
    }


def _guild_part(channel: Channel) -> Json:
    part: Json = {
        "parent_id": None,
        "position": 0,
        "nsfw": channel.nsfw,
        "topic": None,
        "permission_overwrites": [
            {
                "id": str(target),
                "type": 0 if channel.guild and target in channel.guild.roles else 1,
                "allow": str(overwrite.allow),
                "deny": str(overwrite.deny),
            }
            for target, overwrite in channel.overwrites.items()
        ],
    }
    if channel.kind.is_spoken_in:
        part |= {"bitrate": 64_000, "user_limit": 0, "rtc_region": None, "video_quality_mode": 1}
    if channel.kind is ChannelKind.FORUM:
        part |= {
            "available_tags": [],
            "default_reaction_emoji": None,
            "default_sort_order": None,
            "default_forum_layout": 0,
        }
    return part


def guild_json(guild: Guild) -> Json:
    """Return a guild without what only the gateway adds."""
    return {
        "id": str(guild.id),
        "name": guild.name,
        "icon": None,
        "description": None,
        "home_header": None,
        "splash": None,
        "discovery_splash": None,
        "features": [],
        "banner": None,
        "owner_id": str(guild.id),
        "application_id": None,
        "region": "",
        "afk_channel_id": None,
        "afk_timeout": 300,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "widget_enabled": False,
        "widget_channel_id": None,
        "verification_level": 0,
        "roles": [role_json(role) for role in guild.roles.values()],
        "default_message_notifications": 0,
        "mfa_level": 0,
        "explicit_content_filter": 0,
        "max_presences": None,
        "max_members": 500000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "vanity_url_code": None,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": "en-US",
        "rules_channel_id": None,
        "safety_alerts_channel_id": None,
        "public_updates_channel_id": None,
        "premium_progress_bar_enabled": False,
        "nsfw": False,
        "nsfw_level": 0,
        "emojis": [],
        "stickers": [],
        "incidents_data": None,
    }


def guild_create_json(guild: Guild) -> Json:
    """Return a guild as GUILD_CREATE tells it: with the channels the bot sees, and itself."""
    seen = [each for each in guild.channels.values() if guild.server.access.sees(each)]
    return guild_json(guild) | {
        "joined_at": time_json(guild.created_at),
        "large": False,
        "unavailable": False,
        "member_count": len(guild.members),
        "members": [member_json(guild.me)],
        "channels": [channel_json(each) for each in seen if not each.kind.is_thread],
        "threads": [channel_json(each) for each in seen if each.kind.is_thread],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def component_json(components: list[Json]) -> list[Json]:
    """Return components as Discord gives them back: each with an id and its defaults."""
    return _Numbered().every(components)


class _Numbered:
    """Gives every component without an id the next one."""

    _DEFAULTS: ClassVar[dict[int, Json]] = {
        ComponentKind.CONTAINER: {"accent_color": None, "spoiler": False},
        ComponentKind.SEPARATOR: {"divider": True, "spacing": 1},
        ComponentKind.THUMBNAIL: {"description": None, "spoiler": False},
    }

    def __init__(self) -> None:
        self._last = 0

    def every(self, components: list[Json]) -> list[Json]:
        """Return all components, numbered from top to bottom."""
        return [self._one(each) for each in components]

    def _one(self, component: Json) -> Json:
        self._last += 1
        sent = {key: value for key, value in component.items() if value is not None}
        numbered = {"id": self._last} | self._DEFAULTS.get(component["type"], {}) | sent
        if "components" in numbered:
            numbered["components"] = self.every(numbered["components"])
        if "accessory" in numbered:
            numbered["accessory"] = self._one(numbered["accessory"])
        if "media" in numbered:
            numbered["media"] = media_json(numbered["media"])
        return numbered


def media_json(media: Json) -> Json:
    """Return a picture as Discord gives it back."""
    return {"id": "1", "url": media["url"], "proxy_url": media["url"], "width": 0, "height": 0}


def message_json(message: Message, *, readable: bool = True, nested: bool = False) -> Json:
    """Return a message.

    Args:
        message: The message.
        readable: Whether the bot may read what it says; blank otherwise.
        nested: Whether it stands inside another message, where replies are not followed.
    """
    words = message.words
    payload: Json = {
        "id": str(message.id),
        "channel_id": str(message.channel.id),
        "author": user_json(message.author),
        "type": int(message.kind),
        "content": words.content if readable else "",
        "embeds": words.embeds if readable else [],
        "components": component_json(words.components) if readable else [],
        "attachments": words.attachments if readable else [],
        "mentions": [user_json(user) for user in message.mentions],
        "mention_roles": [str(role) for role in message.mention_roles],
        "mention_everyone": message.mention_everyone,
        "timestamp": time_json(message.created_at),
        "edited_timestamp": time_json(message.edited_at) if message.edited_at else None,
        "flags": int(
            words.flags | (MessageFlag.HAS_THREAD if message.thread else MessageFlag.NONE)
        ),
        "pinned": False,
        "tts": False,
    }
    if message.nonce is not None:
        payload["nonce"] = message.nonce
    if message.thread:
        payload["thread"] = channel_json(message.thread)
    return payload | _interaction_part(message) | ({} if nested else _reply_part(message))


def _reply_part(message: Message) -> Json:
    if message.reply_to is None:
        return {}
    source = message.reply_to
    reference: Json = {
        "type": 0,
        "channel_id": str(source.channel.id),
        "message_id": str(source.id),
    }
    if source.channel.guild:
        reference["guild_id"] = str(source.channel.guild.id)
    readable = source.channel.server.access.may_read(source)
    referenced = None if source.deleted else message_json(source, readable=readable, nested=True)
    return {"message_reference": reference, "referenced_message": referenced}


def _interaction_part(message: Message) -> Json:
    if message.interaction is None:
        return {}
    app_id = str(message.channel.server.application_id)
    metadata = interaction_metadata_json(message.interaction)
    return {"application_id": app_id, "webhook_id": app_id, "interaction_metadata": metadata}


def interaction_metadata_json(interaction: "Interaction") -> Json:
    """Return what a message says of the interaction that it answers."""
    metadata: Json = {
        "id": str(interaction.id),
        "type": int(interaction.kind),
        "user": user_json(interaction.user),
        "authorizing_integration_owners": owners_json(interaction.channel),
    }
    if interaction.source:
        metadata["interacted_message_id"] = str(interaction.source.id)
    if interaction.opened_by:
        metadata.pop("interacted_message_id", None)
        metadata["triggering_interaction_metadata"] = interaction_metadata_json(
            interaction.opened_by
        )
    return metadata


def owners_json(channel: Channel) -> Json:
    """Return on whose behalf the bot is here: the guild's, or none in a direct channel."""
    return {"0": str(channel.guild.id if channel.guild else 0)}
