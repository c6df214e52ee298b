"""Which server the articles and the log belong to, of all that the bot is in."""

import logging
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from corpus.durable import write_durably

_NAME = "home-server"  # in the data folder: a server's id

_log = logging.getLogger(__name__)


class HomeServer:
    """The server that the settings name; else the first that the bot was alone in, remembered.

    So whoever invites the bot elsewhere gains no right over the articles and the log of the first,
    not even when it is taken out there.
    """

    def __init__(self, named: int, data_dir: Path) -> None:
        self._named = named
        self._path = data_dir / _NAME
        self._first = _read(self._path)

    def among(self, servers: Collection[int], *, is_all: bool) -> int | None:
        """Return its id; None when it is not known, or the bot is there no longer.

        Args:
            servers: The ids of those that the bot is in.
            is_all: Whether no other may turn up: a bot of several shards hears of them one by one.
        """
        if self._named:
            return self._named
        if self._first is None and is_all and len(servers) == 1:
            (self._first,) = servers
            self._remember(self._first)
        return self._first if self._first in servers else None

    def _remember(self, server: int) -> None:
        try:
            write_durably(self._path, str(server).encode())
        except OSError as error:
            _log.error("which server I am at home in is forgotten at a restart: %s", error)


def _read(path: Path) -> int | None:
    with suppress(OSError, ValueError):
        return int(path.read_text(encoding="utf-8"))
    return None
