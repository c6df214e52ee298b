"""`footnote console`: from the settings to pages that a browser can open."""

import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread

import uvicorn

from bot.console.app import make_app
from bot.console.login_links import LINK_MINUTES, new_login_link
from bot.console.parts import Parts
from bot.console.place import base_url, noted
from bot.storage.audit import TERMINAL
from bot.storage.own_database import open_own
from config.errors import FootnoteError
from config.settings import Settings

_BACKLOG = 128  # connections that may wait
_AT_ONCE = 64  # requests answered together; beyond, 503


class ConsoleError(FootnoteError):
    """The console cannot listen where it was told to."""


def run_console(settings: Settings, data_dir: Path, say: Callable[[str], None]) -> None:
    """Serve the console until Ctrl+C; `say` is told in one line where to click.

    Raises:
        ConsoleError: The address is taken, or none of this machine.
    """
    console = settings.console
    parts = Parts.open(settings, data_dir, open_own(data_dir))
    with listening(console.host, console.port) as listener, noted(data_dir, console):
        link = new_login_link(parts.database, base_url(console), TERMINAL)
        say(f"Click within {LINK_MINUTES} minutes: {link}   (Ctrl+C stops the console)")
        Thread(target=parts.charts.prepare, daemon=True).start()
        with suppress(KeyboardInterrupt):  # the way to stop it
            server(parts).run(sockets=[listener])


def server(parts: Parts) -> uvicorn.Server:
    """Return a server of the console that has not begun."""
    config = uvicorn.Config(
        make_app(parts),
        access_log=False,  # a log of addresses would hold what was searched for, and by whom
        log_level="warning",
        server_header=False,
        limit_concurrency=_AT_ONCE,
        lifespan="off",
        proxy_headers=False,
        ws="none",
    )
    return uvicorn.Server(config)


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens there.

    Raises:
        ConsoleError: The address is taken, or none of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named TCP, or asyncio leaves Nagle's delay on: 40 ms a page.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise ConsoleError(
            f"the console cannot listen at {host}:{port} ({error.strerror}); name another place"
            " with --host and --port"
        ) from error
    return listener
