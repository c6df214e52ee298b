"""Channels, threads and direct channels."""

from typing import TYPE_CHECKING

from tests.discord_server.call import Call, Reply, Route
from tests.discord_server.messages import Message
from tests.discord_server.payloads import channel_json, message_json
from tests.discord_server.refusals import FormErrors, refusal
from tests.discord_server.world import Channel, ChannelKind

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer

NAME_MAX = 100


class ChannelRoutes:
    """`/channels/{channel_id}` without its messages, and `/users/@me/channels`."""

    def __init__(self, server: "DiscordServer") -> None:
        self.server = server

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("GET", "/channels/{channel_id}", self.get),
            Route("POST", "/channels/{channel_id}/typing", self.typing),
            Route("POST", "/channels/{channel_id}/threads", self.open_thread),
            Route(
                "POST", "/channels/{channel_id}/messages/{message_id}/threads", self.open_thread_on
            ),
            Route("PUT", "/channels/{channel_id}/thread-members/@me", self.join_thread),
            Route("POST", "/users/@me/channels", self.open_direct),
        ]

    async def get(self, call: Call) -> Reply:
        """Return a channel."""
        return Reply(200, channel_json(self.server.access.channel(call.id("channel_id"))))

    async def typing(self, call: Call) -> Reply:
        """Show that the bot is typing."""
        channel = self.server.access.channel(call.id("channel_id"), "SEND_MESSAGES")
        channel.typed += 1
        return Reply(204)

    async def join_thread(self, call: Call) -> Reply:
        """Let the bot join a thread."""
        self.server.access.channel(call.id("channel_id"))
        return Reply(204)

    async def open_thread(self, call: Call) -> Reply:
        """Return a new thread: a forum's post, or one without a first message."""
        channel = self.server.access.channel(call.id("channel_id"), "CREATE_PUBLIC_THREADS")
        name = _thread_name(call)
        if channel.kind is ChannelKind.FORUM:
            return self._forum_post(channel, name, call)
        if channel.kind is not ChannelKind.TEXT:
            raise refusal(50024)
        kind = ChannelKind(call.fields.get("type", ChannelKind.PRIVATE_THREAD))
        return Reply(
            201, channel_json(self.server.open_thread(channel, name, self.server.bot, kind))
        )

    def _forum_post(self, forum: Channel, name: str, call: Call) -> Reply:
        body = call.fields.get("message") or {}
        words = self.server.posting.words_of(body, path=("message",))
        thread = self.server.open_thread(forum, name, self.server.bot, ChannelKind.PUBLIC_THREAD)
        message = Message(thread.id, thread, self.server.bot, words)
        self.server.posting.publish(message, body.get("allowed_mentions"))
        return Reply(201, channel_json(thread) | {"message": message_json(message)})

    async def open_thread_on(self, call: Call) -> Reply:
        """Return a new thread that hangs on a message."""
        channel = self.server.access.channel(call.id("channel_id"), "CREATE_PUBLIC_THREADS")
        if channel.kind not in (ChannelKind.TEXT, ChannelKind.ANNOUNCEMENT):
            raise refusal(50024)
        message = self.server.access.message(channel, call.id("message_id"))
        if message.thread is not None:
            raise refusal(160004)
        thread = self.server.open_thread_on(message, _thread_name(call), self.server.bot)
        return Reply(201, channel_json(thread))

    async def open_direct(self, call: Call) -> Reply:
        """Return the direct channel with a user."""
        user = self.server.users.get(int(call.fields.get("recipient_id") or 0))
        if user is None:
            raise refusal(10013)
        if user.is_bot:
            raise refusal(50007)
        return Reply(200, channel_json(self.server.direct_channel(user)))


def _thread_name(call: Call) -> str:
    errors = FormErrors()
    errors.check_length(("name",), call.fields.get("name"), 1, NAME_MAX)
    errors.raise_if_any()
    return str(call.fields["name"])
