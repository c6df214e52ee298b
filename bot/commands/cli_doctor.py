"""`footnote doctor`: is everything there that the bot needs, and what to do when not."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from bot.commands.cli_options import AsJson, DataDir, load, print_json

if TYPE_CHECKING:  # these take their time
    from bot.operation.health import Check
    from config.settings import Settings


def doctor(data: DataDir = None, as_json: AsJson = False) -> None:
    """Look at every part of the bot; exit status 1 when one has failed."""
    from bot import terminal
    from bot.operation.health import look_at, settings_found, worst
    from config.settings import SettingsError

    found = look_at("settings", settings_found)
    try:
        checks = [found, *_looks(load(data))]
    except SettingsError:  # nothing else can be looked at: each part is where they say
        checks = [found]
    if as_json:
        print_json({"state": worst(checks), "checks": [asdict(check) for check in checks]})
    else:
        for check in checks:
            terminal.say(f"{check.state:<8} {check.part}: {check.found}")
            if check.remedy:
                terminal.say(f"         → {check.remedy}")
    if worst(checks) == "failed":
        raise typer.Exit(1)


def _looks(settings: "Settings") -> "list[Check]":
    from bot.operation import discord_health
    from bot.operation.golden_health import golden_answers
    from bot.operation.health import health, look_at, model

    return [
        look_at("model", lambda: model(settings)),
        *health(settings.data_dir),
        look_at("answers", lambda: golden_answers(settings, settings.data_dir)),
        look_at("token", discord_health.token),
        look_at("Discord", lambda: discord_health.servers(settings.discord.api_base)),
    ]
