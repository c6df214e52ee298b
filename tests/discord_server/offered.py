"""What Discord's own client lets a member send: it checks before the bot hears of it."""

from typing import TYPE_CHECKING, cast

from tests.discord_server.messages import Message
from tests.discord_server.modals import inputs_of
from tests.discord_server.refusals import Json

if TYPE_CHECKING:
    from tests.discord_server.world import Channel

SUBCOMMAND = 1
SUBCOMMAND_GROUP = 2
STRING = 3
CHANNEL = 7
ATTACHMENT = 11


class NotOfferedError(AssertionError):
    """Discord's client would not let a member do this."""


def filled_in(
    command: Json, parts: list[str], values: dict[str, object], focused: str | None = None
) -> list[Json]:
    """Return a command's options as an interaction carries them.

    Args:
        command: As the bot registered it.
        parts: Names of the subcommand group and subcommand, if it has them.
        values: By option; None counts as not given.
        focused: The option being typed in, for autocomplete: others may be missing then.
    """
    offered = command.get("options") or []
    if parts:
        sub = _named(offered, parts[0], command["name"])
        return [
            {
                "type": sub["type"],
                "name": sub["name"],
                "options": filled_in(sub, parts[1:], values, focused),
            }
        ]
    given = {name: value for name, value in values.items() if value is not None}
    if focused is None:
        _require(command, offered, given)
    return [
        _value(_named(offered, name, command["name"]), value, is_focused=name == focused)
        for name, value in given.items()
    ]


def _require(command: Json, offered: list[Json], given: dict[str, object]) -> None:
    for option in offered:
        if option["type"] in (SUBCOMMAND, SUBCOMMAND_GROUP):
            raise NotOfferedError(f"/{command['name']} needs a subcommand")
        if option.get("required") and option["name"] not in given:
            raise NotOfferedError(f"/{command['name']} needs the option {option['name']!r}")


def _named(offered: list[Json], name: str, where: str) -> Json:
    for option in offered:
        if option["name"] == name:
            return option
    names = [option["name"] for option in offered]
    raise NotOfferedError(f"{where!r} offers no {name!r}; it offers {names}")


def _value(option: Json, value: object, *, is_focused: bool) -> Json:
    if option["type"] == CHANNEL:
        value = _channel_id(option, value)
    if option["type"] == ATTACHMENT:
        value = cast("Json", value)["id"]
    sent: Json = {"type": option["type"], "name": option["name"], "value": value}
    if is_focused:
        return sent | {"focused": True}
    choices = [choice["value"] for choice in option.get("choices") or []]
    if choices and value not in choices:
        raise NotOfferedError(f"{option['name']!r} offers {choices}, not {value!r}")
    if option["type"] == STRING:
        least, most = option.get("min_length", 0), option.get("max_length", 6000)
        if not least <= len(str(value)) <= most:
            raise NotOfferedError(f"{option['name']!r} takes {least} to {most} characters")
    return sent


def _channel_id(option: Json, value: object) -> str:
    channel = cast("Channel", value)
    kinds = option.get("channel_types")
    if kinds and channel.kind not in kinds:
        raise NotOfferedError(f"{option['name']!r} takes channels of kinds {kinds}, not {channel}")
    return str(channel.id)


def pressed(message: Message, name: str) -> str:
    """Return the custom id of a button that can be pressed."""
    try:
        button = message.button(name)
    except LookupError as error:
        raise NotOfferedError(str(error)) from None
    if button.disabled or button.custom_id is None:
        raise NotOfferedError(f"the button {name!r} cannot be pressed: {button}")
    return button.custom_id


def written(modal: Json, answers: dict[str, str]) -> list[Json]:
    """Return a filled-in modal's components as an interaction carries them."""
    inputs = inputs_of(modal)
    known = {name for label, each in inputs for name in (label, each["custom_id"])}
    if unknown := set(answers) - known:
        raise NotOfferedError(f"the modal has no {sorted(unknown)}; it has {sorted(known)}")
    return [_written(label, each, answers) for label, each in inputs]


def _written(label: str, part: Json, answers: dict[str, str]) -> Json:
    text = answers.get(part["custom_id"], answers.get(label, part.get("value") or ""))
    if part.get("required", True) and not text:
        raise NotOfferedError(f"the modal's {label!r} must be filled in")
    if text and not part.get("min_length", 0) <= len(text) <= part.get("max_length", 4000):
        raise NotOfferedError(f"the modal's {label!r} does not take {len(text)} characters")
    answer = {"type": part["type"], "id": 2, "custom_id": part["custom_id"], "value": text}
    return {"type": 18, "id": 1, "component": answer}
