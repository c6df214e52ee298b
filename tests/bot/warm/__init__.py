"""`footnote …` at once: forked from a process that has loaded all that a refresh needs.

To refresh a few articles takes a fifth of a second, and to load the packages ten times that. What a
test starts, and kills, is a program that asks for such a fork and lives as long as it does.
"""

import atexit
import socket
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

_CLIENT = Path(__file__).with_name("client.py")
_ROOT = Path(__file__).parents[3]


def warm_command(*arguments: str) -> list[str]:
    """Return the command that runs `footnote …` with the encoder that counts words."""
    return [sys.executable, "-S", "-E", str(_CLIENT), str(_address()), *arguments]


@cache
def _address() -> Path:
    """Return the socket of the process that is forked; it starts now, and ends with this one."""
    folder = TemporaryDirectory(prefix="footnote-warm-")
    address = Path(folder.name) / "socket"
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listening:
        listening.bind(str(address))
        listening.listen()
        server = subprocess.Popen(
            [sys.executable, "-m", "tests.bot.warm.server", str(listening.fileno())],
            cwd=_ROOT,
            stdin=subprocess.PIPE,  # closed when this process ends, however it does
            pass_fds=[listening.fileno()],
        )

    def end() -> None:
        server.communicate()
        folder.cleanup()

    atexit.register(end)
    return address
