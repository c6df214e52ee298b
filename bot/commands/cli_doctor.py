"""`footnote doctor`: is everything there that the bot needs, and what to do when not."""

from dataclasses import asdict

import typer

from bot.commands.cli_options import AsJson, DataDir, load, print_json


def doctor(data: DataDir = None, as_json: AsJson = False) -> None:
    """Look at every part of the bot; exit status 1 when one has failed."""
    from bot.operation import discord_health
    from bot.operation.golden_health import golden_answers
    from bot.operation.health import health, look_at, model, worst

    settings = load()
    data_dir = data or settings.data_dir
    checks = [
        look_at("model", lambda: model(settings)),
        *health(data_dir),
        look_at("answers", lambda: golden_answers(settings, data_dir)),
        look_at("token", discord_health.token),
        look_at("Discord", lambda: discord_health.servers(settings.discord.api_base)),
    ]
    if as_json:
        print_json({"state": worst(checks), "checks": [asdict(check) for check in checks]})
    else:
        for check in checks:
            typer.echo(f"{check.state:<8} {check.part}: {check.found}")
            if check.remedy:
                typer.echo(f"         → {check.remedy}")
    if worst(checks) == "failed":
        raise typer.Exit(1)
