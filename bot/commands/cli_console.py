"""`footnote console …`: the admins' web pages."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.cli_options import DataDir, load

if TYPE_CHECKING:  # importing it takes 0.3 s
    from config.settings import ConsoleSettings

app = typer.Typer(
    help="Serve web pages on what is asked; prints the link that logs in.",
    invoke_without_command=True,
    rich_markup_mode=None,
)
Host = Annotated[str | None, typer.Option(help="Address to listen at (setting: console.host).")]
Port = Annotated[int | None, typer.Option(min=1, max=65_535, help="Port (setting: console.port).")]


@app.callback()
def console(
    context: typer.Context, host: Host = None, port: Port = None, data: DataDir = None
) -> None:
    """Serve web pages on what is asked; prints the link that logs in."""
    if context.invoked_subcommand:
        return
    from bot.console.server import run_console

    settings = load(data)
    settings = settings.model_copy(update={"console": _placed(settings.console, host, port)})
    run_console(settings, settings.data_dir, typer.echo)


@app.command("link")
def link(
    host: Annotated[str | None, typer.Option(help="Where the console listens.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65_535, help="Likewise.")] = None,
    data: DataDir = None,
) -> None:
    """Print another link that logs in, once.

    It is for the console that runs over this data folder.
    """
    from bot.console.login_links import LINK_MINUTES, new_login_link
    from bot.console.place import base_url, is_listening, running_place
    from bot.storage.audit import TERMINAL
    from bot.storage.own_database import open_made

    settings = load(data)
    database = open_made(settings.data_dir)
    place = _placed(settings.console, host, port)
    if host is None and port is None:
        place = running_place(settings.data_dir, place)
    if not is_listening(place):
        typer.echo(
            f"No console listens at {place.host}:{place.port} of this machine, and the link opens"
            " only what runs: `footnote console` starts one, --host and --port name another.",
            err=True,
        )
    typer.echo(new_login_link(database, base_url(place), TERMINAL))
    typer.echo(f"It logs in once, within {LINK_MINUTES} minutes.", err=True)


@app.command("hash-password")
def hash_password() -> None:
    """Make the line for footnote.toml that lets a password in."""
    from bot.console.passwords import hash_password as hashed

    password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    typer.echo(f'Put this into footnote.toml:\n[console]\npassword_hash = "{hashed(password)}"')


def _placed(console: "ConsoleSettings", host: str | None, port: int | None) -> "ConsoleSettings":
    """Return the settings with the place that was given, if one was."""
    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    return console.model_copy(update=given)
