"""Answers to interactions: the callback, and the webhook that follows it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.discord_server.call import Call, Reply, Route
from tests.discord_server.interactions import CallbackType, Interaction, InteractionKind
from tests.discord_server.messages import Message, MessageFlag, MessageKind, Words
from tests.discord_server.modals import check_modal
from tests.discord_server.payloads import message_json
from tests.discord_server.refusals import FormErrors, Json, Path, refusal

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer

CHOICES_MAX = 25  # Discord docs, application commands, autocomplete
CHOICE_MAX = 100  # characters of a choice's name and of its value
ORIGINAL = "@original"
_WEBHOOK = "/webhooks/{application_id}/{token}"
_MESSAGE = _WEBHOOK + "/messages/{message_id}"
T = CallbackType
_ANSWERS = {T.MESSAGE, T.DEFERRED_MESSAGE}
_UPDATES = {T.DEFERRED_UPDATE, T.UPDATE}


class InteractionRoutes:
    """`/interactions/…/callback` and `/webhooks/{application_id}/{token}`."""

    def __init__(self, server: "DiscordServer") -> None:
        self.server = server
        self._effects: dict[CallbackType, Callable[[Interaction, Json], None]] = {
            T.MESSAGE: self._answer,
            T.DEFERRED_MESSAGE: self._defer,
            T.DEFERRED_UPDATE: self._defer_update,
            T.UPDATE: self._update,
            T.CHOICES: self._offer,
            T.MODAL: self._open_modal,
        }

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route(
                "POST",
                "/interactions/{interaction_id}/{token}/callback",
                self.callback,
                public=True,
            ),
            Route("POST", _WEBHOOK, self.follow_up, public=True),
            Route("GET", _MESSAGE, self.get, public=True),
            Route("PATCH", _MESSAGE, self.edit, public=True),
            Route("DELETE", _MESSAGE, self.delete, public=True),
        ]

    async def callback(self, call: Call) -> Reply:
        """Take the first response."""
        interaction = self.server.interactions.get(call.params["token"])
        if interaction is None or interaction.id != call.id("interaction_id"):
            raise refusal(10062)
        if interaction.first_response is not None:
            raise refusal(40060)
        seconds = interaction.age_seconds
        if seconds > self.server.first_response_limit_seconds:
            raise refusal(10062)
        kind = _callback_type(call.fields.get("type"), interaction)
        body = self.server.with_files(call, within="data").get("data") or {}
        self._effects[kind](interaction, body)
        interaction.first_response = kind
        interaction.first_response_seconds = seconds
        interaction.changes.ring()
        if not call.flag("with_response"):
            return Reply(204)
        return Reply(200, _callback_json(interaction))

    def _answer(self, interaction: Interaction, body: Json) -> None:
        words = self.server.posting.words_of(body, path=("data",))
        interaction.original = self._publish(interaction, words, body)

    def _defer(self, interaction: Interaction, body: Json) -> None:
        flags = MessageFlag(body.get("flags") or 0) & MessageFlag.EPHEMERAL
        words = Words(flags=flags | MessageFlag.LOADING)
        interaction.original = self._publish(interaction, words, body)

    def _defer_update(self, interaction: Interaction, _body: Json) -> None:
        interaction.original = interaction.source

    def _update(self, interaction: Interaction, body: Json) -> None:
        source = interaction.source
        if source is None or source.deleted:
            raise refusal(10008)
        words = self.server.posting.words_of(body, source.words, path=("data",))
        interaction.original = source
        interaction.source_edits += 1
        self.server.posting.edit(source, words, body.get("allowed_mentions"))

    def _offer(self, interaction: Interaction, body: Json) -> None:
        choices = body.get("choices") or []
        errors = FormErrors()
        errors.check_count(("data", "choices"), choices, 0, CHOICES_MAX)
        for index, choice in enumerate(choices):
            path: Path = ("data", "choices", index)
            errors.check_length((*path, "name"), choice.get("name"), 1, CHOICE_MAX)
            if isinstance(choice.get("value"), str):
                errors.check_length((*path, "value"), choice["value"], 1, CHOICE_MAX)
        errors.raise_if_any()
        interaction.choices = choices

    def _open_modal(self, interaction: Interaction, body: Json) -> None:
        check_modal(body)
        interaction.modal = body

    async def follow_up(self, call: Call) -> Reply:
        """Return another answer; the first one fills a message that is still loading."""
        if self.server.soft.no_follow_ups:
            raise refusal(0)
        interaction = self._interaction(call)
        body = self.server.with_files(call)
        original = interaction.original
        if original and original.loading and not original.deleted:
            message = self._edit(interaction, original, body)
        else:
            message = self._publish(interaction, self.server.posting.words_of(body), body)
        return Reply(200, message_json(message))

    async def get(self, call: Call) -> Reply:
        """Return an answer."""
        return Reply(200, message_json(self._message(self._interaction(call), call)))

    async def edit(self, call: Call) -> Reply:
        """Return an answer, changed."""
        interaction = self._interaction(call)
        message = self._message(interaction, call)
        return Reply(
            200, message_json(self._edit(interaction, message, self.server.with_files(call)))
        )

    async def delete(self, call: Call) -> Reply:
        """Delete an answer."""
        self.server.posting.delete(self._message(self._interaction(call), call))
        return Reply(204)

    def _interaction(self, call: Call) -> Interaction:
        interaction = self.server.interactions.get(call.params["token"])
        if interaction is None or interaction.age_seconds > self.server.token_limit_seconds:
            raise refusal(50027)
        if (
            interaction.first_response is None
            or call.id("application_id") != self.server.application_id
        ):
            raise refusal(10015)
        return interaction

    def _message(self, interaction: Interaction, call: Call) -> Message:
        if call.params["message_id"] == ORIGINAL:
            message = interaction.original
        else:
            wanted = call.id("message_id")
            candidates = [
                *interaction.created,
                *([interaction.source] if interaction.source else []),
            ]
            message = next((each for each in candidates if each.id == wanted), None)
        if message is None or message.deleted:
            raise refusal(10008)
        return message

    def _publish(self, interaction: Interaction, words: Words, body: Json) -> Message:
        channel = interaction.channel
        if channel.deleted:
            raise refusal(10003)
        message = Message(self.server.new_id(), channel, self.server.bot, words)
        message.interaction = interaction
        message.kind = _message_kind(interaction)
        message.reply_to = _reply_to(interaction)
        message.seen_by = interaction.member if message.ephemeral else None
        interaction.created.append(message)
        return self.server.posting.publish(message, body.get("allowed_mentions"))

    def _edit(self, interaction: Interaction, message: Message, body: Json) -> Message:
        if message.channel.deleted:
            raise refusal(10003)
        if message.channel.locked and not message.ephemeral:
            raise refusal(50083)
        words = self.server.posting.words_of(body, message.words)
        if message is interaction.source:
            interaction.source_edits += 1
        edited = self.server.posting.edit(message, words, body.get("allowed_mentions"))
        interaction.changes.ring()
        return edited


def _callback_type(sent: object, interaction: Interaction) -> CallbackType:
    allowed = sorted(_allowed_types(interaction))
    if sent not in allowed:
        errors = FormErrors()
        names = tuple(int(each) for each in allowed)
        errors.add(("type",), "BASE_TYPE_CHOICES", f"Value must be one of {names}.")
        errors.raise_if_any()
    return next(each for each in allowed if each == sent)


def _allowed_types(interaction: Interaction) -> set[CallbackType]:
    if interaction.kind is InteractionKind.AUTOCOMPLETE:
        return {T.CHOICES}
    allowed = set(_ANSWERS)
    if interaction.kind is not InteractionKind.MODAL:
        allowed.add(T.MODAL)
    if interaction.source is not None:
        allowed |= _UPDATES
    return allowed


def _message_kind(interaction: Interaction) -> MessageKind:
    if interaction.created or interaction.kind is not InteractionKind.COMMAND:
        return MessageKind.REPLY if _reply_to(interaction) else MessageKind.DEFAULT
    chat_input = interaction.command_type == 1
    return MessageKind.CHAT_INPUT_COMMAND if chat_input else MessageKind.CONTEXT_MENU_COMMAND


def _reply_to(interaction: Interaction) -> Message | None:
    """Return what Discord shows an answer under: the first answer, or the message clicked."""
    return interaction.created[0] if interaction.created else interaction.source


def _callback_json(interaction: Interaction) -> Json:
    told: Json = {"id": str(interaction.id), "type": int(interaction.kind)}
    told |= {"channel_id": str(interaction.channel.id)}
    kind, message = interaction.first_response, interaction.original
    if message is not None:
        told |= {
            "response_message_id": str(message.id),
            "response_message_loading": message.loading,
            "response_message_ephemeral": message.ephemeral,
        }
    if message is None or kind not in (T.MESSAGE, T.UPDATE):
        return {"interaction": told}
    return {"interaction": told, "resource": {"type": int(kind), "message": message_json(message)}}
