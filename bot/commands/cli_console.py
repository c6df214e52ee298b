"""`footnote console …`: the admins' web pages."""

from typing import Annotated

import typer

from bot.commands.cli_options import DataDir, load

app = typer.Typer(
    help="Serve web pages on what is asked; prints the link that logs in.",
    invoke_without_command=True,
    rich_markup_mode=None,
)


@app.callback()
def console(
    context: typer.Context,
    host: Annotated[
        str | None, typer.Option(help="Address to listen at (setting: console.host).")
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65_535, help="Port (setting: console.port).")
    ] = None,
    data: DataDir = None,
) -> None:
    """Serve web pages on what is asked; prints the link that logs in."""
    if context.invoked_subcommand:
        return
    from bot.console.server import run_console

    settings = load()
    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    own = settings.console.model_copy(update=given)
    settings = settings.model_copy(update={"console": own})
    run_console(settings, data or settings.data_dir, typer.echo)


@app.command("link")
def link(data: DataDir = None) -> None:
    """Print another link that logs in to the console, once."""
    from bot.console.login_links import new_login_link
    from bot.console.server import base_url
    from bot.storage.audit import TERMINAL
    from bot.storage.own_database import open_own

    settings = load()
    database = open_own(data or settings.data_dir)
    typer.echo(new_login_link(database, base_url(settings.console), TERMINAL))


@app.command("hash-password")
def hash_password() -> None:
    """Make the line for footnote.toml that lets a password in."""
    from bot.console.passwords import hash_password as hashed

    password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    typer.echo(f'Put this into footnote.toml:\n[console]\npassword_hash = "{hashed(password)}"')
