"""Messages come to be, change and go; everybody concerned is told."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.discord_server.components import check_components
from tests.discord_server.mentions import Mention, Ping, is_allowed, mentions_in
from tests.discord_server.messages import Message, MessageFlag, MessageKind, Words
from tests.discord_server.permissions import bits
from tests.discord_server.refusals import FormErrors, Json, Path, RefusalError, refusal
from tests.discord_server.world import Channel, ChannelKind

if TYPE_CHECKING:
    from tests.discord_server.member import Member
    from tests.discord_server.server import DiscordServer

CONTENT_MAX = 2000  # characters, Discord docs, message resource, create message
EMBEDS_MAX = 10
EMBED_DESCRIPTION_MAX = 4096
SENDABLE = MessageFlag.EPHEMERAL | MessageFlag.COMPONENTS_V2 | MessageFlag.SUPPRESS_EMBEDS


class Posting:
    """Creates, edits and deletes messages."""

    def __init__(self, server: "DiscordServer") -> None:
        self.server = server

    def words_of(self, body: Json, before: Words | None = None, path: Path = ()) -> Words:
        """Return what a body makes of a message (or makes it from what it was before).

        Raises:
            RefusalError: Discord would not accept it.
        """
        old = before or Words()
        flags = MessageFlag(body.get("flags") or 0) & SENDABLE
        if before is not None:  # only the V2 flag can be set by an edit, and never be taken back
            flags = old.flags | (flags & MessageFlag.COMPONENTS_V2)
        words = Words(
            content=(body["content"] or "") if "content" in body else old.content,
            embeds=list(body["embeds"] or []) if "embeds" in body else old.embeds,
            components=list(body["components"] or []) if "components" in body else old.components,
            attachments=body.get("attachments") or old.attachments,
            flags=flags & ~MessageFlag.LOADING,
        )
        self._check_soft(body, words)
        self._check(words, path)
        self._check_allowed(body, path)
        return words

    def _check(self, words: Words, path: Path) -> None:
        errors = FormErrors()
        errors.check_length((*path, "content"), words.content, 0, CONTENT_MAX)
        errors.check_count((*path, "embeds"), words.embeds, 0, EMBEDS_MAX)
        for index, embed in enumerate(words.embeds):
            where = (*path, "embeds", index, "description")
            errors.check_length(where, embed.get("description") or "", 0, EMBED_DESCRIPTION_MAX)
        v2 = MessageFlag.COMPONENTS_V2 in words.flags
        for name in ("content", "embeds") if v2 else ():
            if getattr(words, name):
                message = (
                    f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
                )
                errors.add(
                    (*path, name), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", message
                )
        check_components(words.components, v2=v2, errors=errors, path=(*path, "components"))
        errors.raise_if_any()
        if words.empty:
            raise refusal(50006)

    def _check_allowed(self, body: Json, path: Path = ()) -> None:
        """Refuse `allowed_mentions` that name some of a kind and allow all of it."""
        allowed = body.get("allowed_mentions") or {}
        errors = FormErrors()
        for kind in ("users", "roles"):
            if allowed.get(kind) and kind in (allowed.get("parse") or []):
                errors.add(
                    (*path, "allowed_mentions"),
                    "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                    f"parse:[{kind!r}] and {kind}: [ids...] are mutually exclusive.",
                )
        errors.raise_if_any()

    def _check_soft(self, body: Json, words: Words) -> None:
        soft = self.server.soft
        if soft.no_nulls and _has_null(body):
            raise RefusalError(400, 0, "null is not allowed")
        if soft.no_components_v2 and MessageFlag.COMPONENTS_V2 in words.flags:
            raise RefusalError(400, 0, "flags: components v2 is not supported")
        if soft.no_embeds and words.embeds:
            raise RefusalError(400, 0, "embeds: not supported")

    def publish(self, message: Message, allowed: Json | None = None) -> Message:
        """Put a message where it stands, ring phones, and tell the bot."""
        channel = message.channel
        self._resolve_mentions(message, allowed)
        channel.history[message.id] = message
        if not message.loading:
            self._note_pings(message, allowed)
        if not message.ephemeral:
            self.server.gateway.message_event("MESSAGE_CREATE", message)
        self._ring(message)
        return message

    def edit(self, message: Message, words: Words, allowed: Json | None = None) -> Message:
        """Change what a message says.

        An edit pings nobody, unless it fills a message that said that the bot is thinking.
        """
        was_loading = message.loading
        message.words = words
        self._resolve_mentions(message, allowed)
        if was_loading:
            self._note_pings(message, allowed)
        else:
            message.edits += 1
            message.edited_at = datetime.now(UTC)
        if not message.ephemeral:
            self.server.gateway.message_event("MESSAGE_UPDATE", message)
        self._ring(message)
        return message

    def delete(self, message: Message) -> None:
        """Take a message away."""
        message.deleted = True
        if not message.ephemeral:
            self.server.gateway.message_deleted(message)
        self._ring(message)

    async def forum_post(self, forum: Channel, author: "Member", title: str, text: str) -> Channel:
        """Return a member's new post in a forum, with its first message."""
        thread = self.server.open_thread(forum, title, author.user, ChannelKind.PUBLIC_THREAD)
        # a post and its first message have one id, Discord docs, threads, forums
        self.publish(Message(thread.id, thread, author.user, Words(text)))
        return thread

    def _ring(self, message: Message) -> None:
        message.channel.changes.ring()
        if message.interaction:
            message.interaction.changes.ring()
        self.server.changes.ring()

    def _resolve_mentions(self, message: Message, allowed: Json | None) -> None:
        found = mentions_in(message.text)
        ids = [each.id for each in found if each.kind == "user"]
        users = [self.server.users[each] for each in ids if each in self.server.users]
        if message.reply_to and _pings_author(message, allowed):
            users.append(message.reply_to.author)
        message.mentions = list(dict.fromkeys(users))
        message.mention_roles = list(dict.fromkeys(e.id for e in found if e.kind == "role"))
        message.mention_everyone = any(
            each.kind == "everyone" and is_allowed(each, allowed) for each in found
        )

    def _note_pings(self, message: Message, allowed: Json | None) -> None:
        if message.author is not self.server.bot or message.ephemeral:
            return
        rung = [each for each in mentions_in(message.text) if is_allowed(each, allowed)]
        rung = [each for each in rung if self._can_ring(each, message.channel)]
        if message.reply_to and _pings_author(message, allowed):
            rung.append(Mention("user", message.reply_to.author.id))
        pings = (Ping(each.kind, each.id, message.id) for each in dict.fromkeys(rung))
        self.server.pings.extend(pings)

    def _can_ring(self, mention: Mention, channel: Channel) -> bool:
        if mention.kind == "user":
            return mention.id in self.server.users
        if channel.guild is None:
            return False
        role = channel.guild.roles.get(mention.id)
        if mention.kind == "role" and (role is None or role.mentionable):
            return role is not None
        return bool(channel.permissions_of(channel.guild.me) & bits("MENTION_EVERYONE"))


def _pings_author(message: Message, allowed: Json | None) -> bool:
    """Return whether a reply pings the author replied to; without `allowed_mentions` it does."""
    return message.kind is MessageKind.REPLY and (
        allowed is None or bool(allowed.get("replied_user"))
    )


def _has_null(body: object) -> bool:
    """Return whether there is a null anywhere inside a body."""
    inside = body.values() if isinstance(body, dict) else body if isinstance(body, list) else ()
    return any(each is None or _has_null(each) for each in inside)
