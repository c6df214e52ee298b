"""Secret keys in the data folder: made once, and read by their owner alone."""

import os
import secrets
from pathlib import Path

_KEY_BYTES = 32


def load_key(path: Path) -> bytes:
    """Return the key in this file, made at the first call; only its owner may read it."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(secrets.token_bytes(_KEY_BYTES))
        stream.flush()
        os.fsync(stream.fileno())
    try:
        os.link(aside, path)  # fails where another start was faster, whose key then counts
    except FileExistsError:
        pass
    finally:
        aside.unlink()
    return path.read_bytes()
