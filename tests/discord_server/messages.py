"""A message as it stands now."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import IntEnum, IntFlag
from typing import TYPE_CHECKING, Any

from tests.discord_server.refusals import Json

if TYPE_CHECKING:
    from tests.discord_server.interactions import Interaction
    from tests.discord_server.member import Member
    from tests.discord_server.world import Channel, User

LINK_STYLE = 5


class MessageFlag(IntFlag):
    """Discord docs, message resource, message flags."""

    NONE = 0
    SUPPRESS_EMBEDS = 1 << 2
    HAS_THREAD = 1 << 5
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    COMPONENTS_V2 = 1 << 15


class MessageKind(IntEnum):
    """Discord docs, message resource, message types."""

    DEFAULT = 0
    REPLY = 19
    CHAT_INPUT_COMMAND = 20
    CONTEXT_MENU_COMMAND = 23


class ComponentKind(IntEnum):
    """Discord docs, component reference."""

    ACTION_ROW = 1
    BUTTON = 2
    STRING_SELECT = 3
    TEXT_INPUT = 4
    USER_SELECT = 5
    ROLE_SELECT = 6
    MENTIONABLE_SELECT = 7
    CHANNEL_SELECT = 8
    SECTION = 9
    TEXT_DISPLAY = 10
    THUMBNAIL = 11
    MEDIA_GALLERY = 12
    FILE = 13
    SEPARATOR = 14
    CONTAINER = 17
    LABEL = 18


def walk(components: list[Json]) -> Iterator[Json]:
    """Yield all components, nested ones too, from top to bottom."""
    for component in components:
        yield component
        yield from walk(component.get("components") or [])
        yield from walk(
            [each for key in ("accessory", "component") if (each := component.get(key))]
        )


@dataclass(frozen=True, slots=True)
class Button:
    """A button as a member sees it."""

    label: str
    custom_id: str | None
    url: str | None
    disabled: bool

    @classmethod
    def of(cls, component: Json) -> "Button":
        """Return the button that a component describes."""
        return cls(
            component.get("label") or "",
            component.get("custom_id"),
            component.get("url"),
            bool(component.get("disabled")),
        )


@dataclass(slots=True)
class Words:
    """What a message says; all that an edit may change."""

    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    flags: MessageFlag = MessageFlag.NONE

    @property
    def empty(self) -> bool:
        """Return whether there is nothing to see."""
        return not (self.content or self.embeds or self.components or self.attachments)


@dataclass(slots=True, eq=False)
class Message:
    """A message.

    Attributes:
        words: What it says.
        seen_by: The one member who sees it, if it is ephemeral.
        mentions: The users it names (a reply that pings names the author replied to).
        deleted: Whether it is gone.
        edits: How often it was edited since it was first seen.
        interaction: What it answers.
    """

    id: int
    channel: "Channel"
    author: "User"
    words: Words
    kind: MessageKind = MessageKind.DEFAULT
    mentions: list["User"] = field(default_factory=list)
    mention_roles: list[int] = field(default_factory=list)
    mention_everyone: bool = False
    reply_to: "Message | None" = None
    interaction: "Interaction | None" = None
    seen_by: "Member | None" = None
    nonce: str | int | None = None
    thread: "Channel | None" = None
    created_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    edited_at: datetime | None = None
    deleted: bool = False
    edits: int = 0
    reactions: list[str] = field(default_factory=list)

    @property
    def content(self) -> str:
        """Return the plain content; "" for a message of components."""
        return self.words.content

    @property
    def components(self) -> list[Json]:
        """Return the top-level components, as they were sent."""
        return self.words.components

    @property
    def embeds(self) -> list[Json]:
        """Return the embeds, as they were sent."""
        return self.words.embeds

    @property
    def flags(self) -> MessageFlag:
        """Return the flags."""
        return self.words.flags

    @property
    def ephemeral(self) -> bool:
        """Return whether only `seen_by` sees it."""
        return MessageFlag.EPHEMERAL in self.flags

    @property
    def loading(self) -> bool:
        """Return whether it still says that the bot is thinking."""
        return MessageFlag.LOADING in self.flags

    @property
    def text(self) -> str:
        """Return all that can be read: content, embeds' descriptions, text displays."""
        shown = [self.content, *(str(embed.get("description") or "") for embed in self.embeds)]
        shown += [str(each["content"]) for each in walk(self.components) if "content" in each]
        return "\n".join(part for part in shown if part)

    @property
    def buttons(self) -> list[Button]:
        """Return all buttons, from top to bottom."""
        return [Button.of(each) for each in self._of_kind(ComponentKind.BUTTON)]

    def button(self, name: str) -> Button:
        """Return the button with this label or custom id.

        Raises:
            LookupError: There is none.
        """
        for button in self.buttons:
            if name in (button.label, button.custom_id):
                return button
        names = [button.label for button in self.buttons]
        raise LookupError(f"no button {name!r} on the message; it has {names}")

    def component(self, custom_id: str) -> Json:
        """Return the component with this custom id.

        Raises:
            LookupError: There is none.
        """
        for each in walk(self.components):
            if each.get("custom_id") == custom_id:
                return each
        raise LookupError(f"no component {custom_id!r} on the message")

    def _of_kind(self, kind: ComponentKind) -> list[dict[str, Any]]:
        return [each for each in walk(self.components) if each.get("type") == kind]
