"""A member and what a member can do, as Discord's own client lets them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.discord_server import permissions as may
from tests.discord_server.interactions import Interaction, InteractionKind
from tests.discord_server.messages import ComponentKind, Message, MessageKind, Words
from tests.discord_server.offered import NotOfferedError, filled_in, pressed, written
from tests.discord_server.refusals import Json

if TYPE_CHECKING:
    from tests.discord_server.world import Channel, Guild, Role, User

__all__ = ["Member", "NotOfferedError"]

CHAT_INPUT = 1
MESSAGE_MENU = 3


@dataclass(slots=True, eq=False)
class Member:
    """A user in a guild."""

    guild: "Guild"
    user: "User"
    roles: list["Role"]

    @property
    def mention(self) -> str:
        """Return the text that mentions this member."""
        return self.user.mention

    @property
    def permissions(self) -> int:
        """Return what the member may do where no channel says otherwise."""
        granted = self.guild.everyone.permissions
        for role in self.roles:
            granted |= role.permissions
        return granted

    @property
    def direct_channel(self) -> "Channel":
        """Return the channel between this member and the bot."""
        return self.guild.server.direct_channel(self.user)

    async def say(
        self,
        channel: "Channel",
        text: str,
        *,
        mention_bot: bool = False,
        reply_to: Message | None = None,
        ping_reply: bool = True,
        files: tuple[Json, ...] = (),
    ) -> Message:
        """Return a new message of this member.

        Args:
            channel: Where; a guild's channel, a thread, or `direct_channel`.
            text: What.
            mention_bot: Whether it begins with a mention of the bot.
            reply_to: The message it replies to.
            ping_reply: Whether the reply pings its author, as replies do unless told not to.
            files: Attachments of `server.assets`.
        """
        server = self.guild.server
        words = Words(f"{server.bot.mention} {text}" if mention_bot else text)
        words.attachments = list(files)
        message = Message(server.new_id(), channel, self.user, words, reply_to=reply_to)
        if reply_to is not None:
            message.kind = MessageKind.REPLY
        return server.posting.publish(message, None if ping_reply else {"parse": ["users"]})

    async def open_thread(self, message: Message, name: str) -> "Channel":
        """Return a new thread that hangs on a message."""
        return self.guild.server.open_thread_on(message, name, self.user)

    async def ask_command(
        self, name: str, /, *, channel: "Channel", **options: object
    ) -> Interaction:
        """Return the use of a slash command, such as `ask_command("index show", channel=…)`.

        An option that is itself called "channel" is given as `channel_`.

        Raises:
            NotOfferedError: Discord's client would not let this member send it.
        """
        command, parts = self._command(name, CHAT_INPUT, channel)
        own = {key.rstrip("_"): value for key, value in options.items()}
        data = self._command_data(command) | {"options": filled_in(command, parts, own)}
        return self._send(InteractionKind.COMMAND, channel, data, command_type=CHAT_INPUT)

    async def autocomplete(
        self, name: str, *, channel: "Channel", focused: str, **options: object
    ) -> list[Json]:
        """Return the choices offered while the member types in the option `focused`."""
        typing = await self.type_option(name, channel=channel, focused=focused, **options)
        return await typing.offered()

    async def type_option(
        self, name: str, *, channel: "Channel", focused: str, **options: object
    ) -> Interaction:
        """Return the request for choices, before they have come."""
        command, parts = self._command(name, CHAT_INPUT, channel)
        options.setdefault(focused, "")
        chosen = filled_in(command, parts, options, focused=focused)
        data = self._command_data(command) | {"options": chosen}
        return self._send(InteractionKind.AUTOCOMPLETE, channel, data)

    async def use_message_menu(self, name: str, message: Message) -> Interaction:
        """Return the use of an entry of a message's Apps menu."""
        command, _ = self._command(name, MESSAGE_MENU, message.channel)
        return self._send(
            InteractionKind.COMMAND,
            message.channel,
            self._command_data(command),
            command_type=MESSAGE_MENU,
            target=message,
        )

    async def click(self, message: Message, name: str) -> Interaction:
        """Return the press of a button, named by its label or custom id.

        Raises:
            NotOfferedError: The member does not see it, or it cannot be pressed.
        """
        self._must_see(message)
        custom_id = pressed(message, name)
        data = {"custom_id": custom_id, "component_type": int(ComponentKind.BUTTON)}
        return self._send(InteractionKind.COMPONENT, message.channel, data, source=message)

    async def choose(self, message: Message, custom_id: str, *values: str) -> Interaction:
        """Return a choice in a select menu."""
        self._must_see(message)
        component = message.component(custom_id)
        data = {
            "custom_id": custom_id,
            "component_type": component["type"],
            "values": list(values),
        }
        return self._send(InteractionKind.COMPONENT, message.channel, data, source=message)

    async def submit_modal(self, opened_by: Interaction, answers: dict[str, str]) -> Interaction:
        """Return the submission of a modal; answers by label or custom id.

        Raises:
            NotOfferedError: No modal is open, or an answer does not fit it.
        """
        if opened_by.modal is None:
            raise NotOfferedError(f"{opened_by} opened no modal; its response: {opened_by}")
        return self._send(
            InteractionKind.MODAL,
            opened_by.channel,
            {
                "custom_id": opened_by.modal["custom_id"],
                "components": written(opened_by.modal, answers),
            },
            source=opened_by.source,
            opened_by=opened_by,
        )

    def _send(
        self, kind: InteractionKind, channel: "Channel", data: Json, **details: object
    ) -> Interaction:
        """Return an interaction that the bot is told of; details are those of `Interaction`."""
        server = self.guild.server
        interaction = Interaction(
            server.new_id(),
            server.new_token(),
            kind,
            self,
            channel,
            **details,  # type: ignore[arg-type]
        )
        return server.send_interaction(interaction, data)

    def _command(self, name: str, kind: int, channel: "Channel") -> tuple[Json, list[str]]:
        """Return a command that the member is offered here, and the names of its subcommands."""
        first, *parts = name.split(" ") if kind == CHAT_INPUT else [name]
        command = self.guild.server.commands.find(first, kind, channel.guild)
        needed = command["default_member_permissions"]
        if channel.guild is not None and needed is not None and not self._has(int(needed)):
            raise NotOfferedError(f"{self.user.name} may not use {first!r}; it needs {needed}")
        return command, parts

    def _has(self, needed: int) -> bool:
        granted = self.permissions
        return bool(granted & may.ADMINISTRATOR) or granted & needed == needed

    def _command_data(self, command: Json) -> Json:
        data = {"id": command["id"], "name": command["name"], "type": command["type"]}
        return data | ({"guild_id": command["guild_id"]} if "guild_id" in command else {})

    def _must_see(self, message: Message) -> None:
        hidden = message.ephemeral and message.seen_by is not self
        if message.deleted or hidden:
            raise NotOfferedError(f"{self.user.name} does not see {message.text!r}")
