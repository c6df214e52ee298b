"""`/log console`: a link that logs in to the console, once."""

import asyncio

from discord import app_commands

from bot.ask import Interaction
from bot.asking import delivery
from bot.cards.layout import Card, Text
from bot.moderators.rights import who_is

_HERE = (
    " It opens only on the machine that I run on; whoever runs me sets console.public_url to open"
    " it elsewhere."
)


@app_commands.command(name="console", description="Get a link to the console, for one login.")
async def open_console(interaction: Interaction) -> None:
    """Give a link that logs in once."""
    card = await asyncio.to_thread(_link_card, interaction)
    await delivery.respond(interaction, card)


def _link_card(interaction: Interaction) -> Card:
    # A web server's modules, which only this command needs.
    from bot.console.login_links import LINK_MINUTES, new_login_link  # noqa: PLC0415
    from bot.console.place import base_url, running_place  # noqa: PLC0415

    reading, who = interaction.client.reading, who_is(interaction)
    place = running_place(interaction.client.library.data_dir, reading.console)
    reading.note_look(who, "a link to the console")
    link = new_login_link(reading.database, base_url(place), who)
    here = "" if reading.console.public_url else _HERE
    return Card(
        (
            Text(
                f"[Log in to the console]({link})\n-# The link works once, for {LINK_MINUTES}"
                f" minutes, for whoever has it, while `footnote console` runs.{here}"
            ),
        )
    )
