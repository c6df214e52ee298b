"""An interaction: what a member did, and what came of it."""

import time
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from tests.discord_server.messages import Message
from tests.discord_server.refusals import Json
from tests.discord_server.waiting import PATIENCE_SECONDS, Changes

if TYPE_CHECKING:
    from tests.discord_server.member import Member
    from tests.discord_server.world import Channel, User


class InteractionKind(IntEnum):
    """Discord docs, receiving and responding, interaction type."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class CallbackType(IntEnum):
    """Discord docs, receiving and responding, interaction callback type."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


@dataclass(slots=True, eq=False)
class Interaction:
    """What a member did, and what came of it.

    Attributes:
        payload: INTERACTION_CREATE's data.
        source: The message whose component was used.
        target: The message whose menu was used.
        opened_by: The interaction that opened the modal that this one submits.
        first_response: How the bot answered first; None until it did.
        first_response_seconds: How long that took.
        original: The message that the first response made (or, for a component, changed).
        messages: All messages that answered, as they stand now; deleted ones too.
        source_edits: How often the bot changed `source` through this interaction.
        choices: What autocomplete offered.
        modal: The modal that was opened.
    """

    id: int
    token: str
    kind: InteractionKind
    member: "Member"
    channel: "Channel"
    payload: Json = field(default_factory=dict)
    command_type: int = 0
    source: Message | None = None
    target: Message | None = None
    opened_by: "Interaction | None" = None
    first_response: CallbackType | None = None
    first_response_seconds: float | None = None
    original: Message | None = None
    created: list[Message] = field(default_factory=list)
    source_edits: int = 0
    choices: list[Json] | None = None
    modal: Json | None = None
    sent_at: float = field(default_factory=time.monotonic)
    changes: Changes = field(default_factory=Changes)

    @property
    def user(self) -> "User":
        """Return who acted."""
        return self.member.user

    @property
    def age_seconds(self) -> float:
        """Return how long ago the bot was told."""
        return time.monotonic() - self.sent_at

    @property
    def messages(self) -> list[Message]:
        """Return the answers that the member sees now, oldest first."""
        return [each for each in self.created if not each.deleted]

    @property
    def answers(self) -> list[Message]:
        """Return the answers that no longer say that the bot is thinking."""
        return [each for each in self.messages if not each.loading]

    async def responded(self, timeout_seconds: float = PATIENCE_SECONDS) -> CallbackType:
        """Return the first response, once it has come."""
        return await self.changes.until(
            lambda: self.first_response, f"a response to {self}", timeout_seconds
        )

    async def answered(self, timeout_seconds: float = PATIENCE_SECONDS) -> Message:
        """Return the first answer once it says something; the source if that was changed."""
        return await self.changes.until(
            lambda: next(iter(self.answers), self.source if self.source_edits else None),
            f"an answer to {self}",
            timeout_seconds,
        )

    async def answers_reach(
        self, count: int, timeout_seconds: float = PATIENCE_SECONDS
    ) -> list[Message]:
        """Return the answers once there are `count` of them."""
        return await self.changes.until(
            lambda: self.answers if len(self.answers) >= count else None,
            f"{count} answers to {self}",
            timeout_seconds,
        )

    async def opened_modal(self, timeout_seconds: float = PATIENCE_SECONDS) -> Json:
        """Return the modal, once it was opened."""
        return await self.changes.until(lambda: self.modal, f"a modal for {self}", timeout_seconds)

    async def offered(self, timeout_seconds: float = PATIENCE_SECONDS) -> list[Json]:
        """Return the choices that autocomplete offers, once they have come."""
        found = await self.changes.until(
            lambda: None if self.choices is None else (self.choices,),
            f"choices for {self}",
            timeout_seconds,
        )
        return found[0]

    def __str__(self) -> str:
        data = self.payload.get("data", {})
        what = data.get("name") or data.get("custom_id")
        return f"{self.kind.name.lower()} {what!r} of {self.user.name}"
