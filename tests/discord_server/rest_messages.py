"""Messages of channels."""

from typing import TYPE_CHECKING

from tests.discord_server.call import Call, Reply, Route
from tests.discord_server.messages import Message, MessageFlag, MessageKind
from tests.discord_server.payloads import message_json
from tests.discord_server.refusals import FormErrors, Json, refusal
from tests.discord_server.world import Channel, ChannelKind

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer

PAGE = 50
PAGE_MAX = 100
NONCE_SECONDS = 300  # "the past few minutes", Discord docs, create message, enforce_nonce
ONE = "/channels/{channel_id}/messages/{message_id}"


class MessageRoutes:
    """`/channels/{channel_id}/messages` and what is below it."""

    def __init__(self, server: "DiscordServer") -> None:
        self.server = server

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("GET", "/channels/{channel_id}/messages", self.list),
            Route("POST", "/channels/{channel_id}/messages", self.send),
            Route("GET", ONE, self.get),
            Route("PATCH", ONE, self.edit),
            Route("DELETE", ONE, self.delete),
            Route("PUT", ONE + "/reactions/{emoji}/@me", self.react),
            Route("DELETE", ONE + "/reactions/{emoji}/@me", self.take_reaction_back),
        ]

    async def list(self, call: Call) -> Reply:
        """Return a page of a channel's messages, newest first."""
        channel = self.server.access.channel(call.id("channel_id"), "READ_MESSAGE_HISTORY")
        before = int(call.query.get("before", 1 << 63))
        after = int(call.query.get("after", 0))
        limit = min(int(call.query.get("limit", PAGE)), PAGE_MAX)
        found = [each for each in channel.messages if after < each.id < before]
        page = found[:limit] if "after" in call.query else found[-limit:]
        return Reply(200, [self._json(each) for each in reversed(page)])

    async def get(self, call: Call) -> Reply:
        """Return a message."""
        channel = self.server.access.channel(call.id("channel_id"), "READ_MESSAGE_HISTORY")
        return Reply(200, self._json(self.server.access.message(channel, call.id("message_id"))))

    async def send(self, call: Call) -> Reply:
        """Return a new message of the bot."""
        channel = self.server.access.channel(call.id("channel_id"))
        if channel.kind.is_spoken_in:  # who may not go in may not write there either
            self.server.access.require(channel, "CONNECT", 50001)
        in_thread = channel.kind.is_thread
        self.server.access.require(
            channel, "SEND_MESSAGES_IN_THREADS" if in_thread else "SEND_MESSAGES"
        )
        if channel.kind is ChannelKind.FORUM:
            raise refusal(50008)
        if channel.locked:
            raise refusal(50083)
        body = self.server.with_files(call)
        if same := self._same_nonce(body):
            return Reply(200, self._json(same))
        reply_to = self._replied_to(channel, body)
        words = self.server.posting.words_of(body)
        words.flags &= ~MessageFlag.EPHEMERAL
        message = Message(self.server.new_id(), channel, self.server.bot, words)
        message.nonce = body.get("nonce")
        if reply_to is not None:
            message.kind, message.reply_to = MessageKind.REPLY, reply_to
        return Reply(
            200, self._json(self.server.posting.publish(message, body.get("allowed_mentions")))
        )

    async def edit(self, call: Call) -> Reply:
        """Return one of the bot's messages, changed."""
        message = self._find(call)
        if message.author is not self.server.bot:
            raise refusal(50005)
        body = self.server.with_files(call)
        words = self.server.posting.words_of(body, message.words)
        return Reply(
            200, self._json(self.server.posting.edit(message, words, body.get("allowed_mentions")))
        )

    async def delete(self, call: Call) -> Reply:
        """Delete a message."""
        message = self._find(call)
        if message.author is not self.server.bot:
            self.server.access.require(message.channel, "MANAGE_MESSAGES")
        self.server.posting.delete(message)
        return Reply(204)

    async def react(self, call: Call) -> Reply:
        """Add a reaction of the bot."""
        message = self._find(call)
        self.server.access.require(message.channel, "ADD_REACTIONS")
        message.reactions.append(call.params["emoji"])
        message.channel.changes.ring()
        return Reply(204)

    async def take_reaction_back(self, call: Call) -> Reply:
        """Take a reaction of the bot back."""
        message = self._find(call)
        if call.params["emoji"] in message.reactions:
            message.reactions.remove(call.params["emoji"])
        return Reply(204)

    def _find(self, call: Call) -> Message:
        channel = self.server.access.channel(call.id("channel_id"))
        return self.server.access.message(channel, call.id("message_id"))

    def _same_nonce(self, body: Json) -> Message | None:
        """Return what the bot said under a nonce a moment ago, in whichever channel."""
        nonce = body.get("nonce")
        if nonce is None or not body.get("enforce_nonce"):
            return None
        for channel in self.server.channels.values():
            for message in reversed(channel.from_bot()):
                age = self.server.now() - message.created_at
                if message.nonce == nonce and age.total_seconds() < NONCE_SECONDS:
                    return message
        return None

    def _replied_to(self, channel: Channel, body: Json) -> Message | None:
        reference = body.get("message_reference")
        if not reference:
            return None
        self.server.access.require(channel, "READ_MESSAGE_HISTORY", 160002)
        message = channel.history.get(int(reference["message_id"]))
        if message is not None and not message.deleted and not message.ephemeral:
            return message
        if reference.get("fail_if_not_exists", True):
            errors = FormErrors()
            errors.add(
                ("message_reference",), "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message"
            )
            errors.raise_if_any()
        return None

    def _json(self, message: Message) -> Json:
        return message_json(message, readable=self.server.access.may_read(message))
