"""Forms that outlive a restart: what each asks for, and what was written into it."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import discord

from bot.ask import Interaction
from bot.asking.button_ids import ButtonId, Press, pattern
from config.errors import FootnoteError

_PREFIX = "form:"
_FORM = re.compile(f"{_PREFIX}{pattern()}")

Field = discord.ui.TextInput[Any]


def text_field(
    name: str,
    most: int,
    *,
    value: str | None = None,
    is_required: bool = True,
    placeholder: str | None = None,
) -> Field:
    """Return a line to write at most so many characters into."""
    return discord.ui.TextInput(
        custom_id=name,
        max_length=most,
        default=value,
        required=is_required,
        placeholder=placeholder,
    )


async def ask_for(
    interaction: Interaction, title: str, button: ButtonId, fields: Mapping[str, Field]
) -> None:
    """Open a form with labelled fields; its id is the press that opened it."""
    form = discord.ui.Modal(title=title, custom_id=f"{_PREFIX}{button}")
    for label, field in fields.items():
        form.add_item(discord.ui.Label(text=label, component=field))
    await open_form(interaction, form)


async def open_form(interaction: Interaction, form: discord.ui.Modal) -> None:
    """Open a form, stopped: what is sent is found by its id, also after a restart.

    Raises:
        FootnoteError: It took so long that Discord opens none any more.
    """
    if interaction.response.is_done():
        raise FootnoteError("that took too long, and Discord opens no form now; press again")
    form.stop()
    await interaction.response.send_modal(form)


def form_sent(custom_id: str, presses: Iterable[Press]) -> ButtonId | None:
    """Return the press whose form was sent, or None when the form is none of these presses'."""
    match = _FORM.fullmatch(custom_id)
    if match is None or Press(match["press"]) not in set(presses):
        return None
    return ButtonId.from_match(match)


def written_fields(components: Iterable[Any]) -> dict[str, str]:
    """Return what was written into a form, by its fields' ids, however deep they stand."""
    found: dict[str, str] = {}
    for part in components:
        if "value" in part:
            found[str(part.get("custom_id"))] = str(part["value"] or "")
        inner = part.get("components") or [part.get("component") or {}]
        found |= written_fields(each for each in inner if each)
    return found
