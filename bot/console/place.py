"""Where the console is: by the settings, or where one that runs says that it listens."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from config.settings import ConsoleSettings

_NOTE = "CONSOLE"  # in the data folder; left behind by a kill, it means nothing
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  # what is said, not bound
_PROBE_SECONDS = 1.0


def base_url(console: ConsoleSettings) -> str:
    """Return the address at which a browser finds the console."""
    if console.public_url:
        return console.public_url
    host = _EVERYWHERE.get(console.host, console.host)
    shown = f"[{host}]" if ":" in host and not host.startswith("[") else host
    return f"http://{shown}:{console.port}"


@contextmanager
def noted(data_dir: Path, console: ConsoleSettings) -> Iterator[None]:
    """Let others know, as long as the block runs, where this console listens."""
    note = data_dir / _NOTE
    with suppress(OSError):  # a full disk keeps no console from running
        note.write_text(json.dumps([console.host, console.port]), encoding="utf-8")
    try:
        yield
    finally:
        with suppress(OSError):
            note.unlink(missing_ok=True)


def running_place(data_dir: Path, console: ConsoleSettings) -> ConsoleSettings:
    """Return the settings with the place that a running console over the data folder noted.

    They come back as they are when none did, or when nothing listens there any more.
    """
    try:
        host, port = json.loads((data_dir / _NOTE).read_text(encoding="utf-8"))
        place = console.model_copy(update={"host": str(host), "port": int(port)})
    except (OSError, ValueError, TypeError):
        return console
    return place if is_listening(place) else console


def is_listening(console: ConsoleSettings) -> bool:
    """Return whether anything listens at that place of this machine."""
    host = _EVERYWHERE.get(console.host, console.host)
    with suppress(OSError), socket.create_connection((host, console.port), _PROBE_SECONDS):
        return True
    return False
