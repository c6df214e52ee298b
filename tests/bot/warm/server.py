"""The process that others are forked from: it loads what a refresh needs, and begins no thread."""

import json
import os
import random
import select
import signal
import socket
import sys
import threading
import traceback
from typing import NoReturn

import tests.bot.fake_refresh  # noqa: F401  # the encoder that counts words in the model's place
from bot.cli import main
from tests.bot.warm.loading import load_refresh

ASKED_MAX = 1 << 20  # bytes: a folder, the environment and the arguments


def serve(listening: socket.socket) -> None:
    """Fork a process for each client, until the tests have ended."""
    load_refresh()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them here
    while listening in select.select([listening, sys.stdin], [], [])[0]:
        way, _ = listening.accept()
        with way:
            if os.fork() == 0:
                listening.close()
                _be_program(way)


def _be_program(way: socket.socket) -> NoReturn:
    """Be what a client asks for, and tell it how that ended."""
    asked, descriptors, _, _ = socket.recv_fds(way, ASKED_MAX, 3)
    for place, descriptor in enumerate(descriptors):
        os.dup2(descriptor, place)
        os.close(descriptor)
    sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w", buffering=1)
    folder, environment, arguments = json.loads(asked)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["footnote", *arguments]
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    random.seed()
    threading.Thread(target=_end_with_client, args=(way,), daemon=True).start()
    status = _ended()
    sys.stdout.flush()
    sys.stderr.flush()
    way.send(bytes([status]))
    os._exit(status)


def _end_with_client(way: socket.socket) -> None:
    """End when the client does, as if it had been this process that was killed."""
    way.recv(1)
    os.kill(os.getpid(), signal.SIGKILL)


def _ended() -> int:
    """Return the status that the command ended with, as Python would give it."""
    try:
        main()
    except SystemExit as end:
        return int(end.code or 0)
    except BaseException:  # noqa: BLE001
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as handed_over:
        serve(handed_over)
