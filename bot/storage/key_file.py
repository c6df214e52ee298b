"""Secret keys in the data folder: made once, and read by their owner alone."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from config.errors import FootnoteError
from corpus.durable import ASIDE, sync_folder

_KEY_BYTES = 32


class KeyFileError(FootnoteError):
    """A key file that holds no key."""


def read_key(path: Path) -> bytes:
    """Return the key in a file.

    Raises:
        FileNotFoundError: There is none.
        KeyFileError: It is damaged.
    """
    key = path.read_bytes()
    if len(key) != _KEY_BYTES:
        raise KeyFileError(
            f"the key '{path}' is damaged: it has {len(key)} bytes, not {_KEY_BYTES}; put it back"
            " from a backup, or delete it: what it stood for is then nobody's"
        )
    return key


def load_key(path: Path) -> bytes:
    """Return the key in a file, made and on the disk when this returns the first time.

    Raises:
        OSError: It cannot be written.
        KeyFileError: It is damaged.
    """
    try:
        return read_key(path)
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Not by the process's number, which is the same at each start of a container: what a kill
    # left behind would be taken for another start's.
    aside = path.with_name(f"{ASIDE}{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(secrets.token_bytes(_KEY_BYTES))
            stream.flush()
            os.fsync(stream.fileno())
        os.link(aside, path)
    except FileExistsError:
        pass  # another start was faster, whose key then counts
    finally:
        aside.unlink(missing_ok=True)
    sync_folder(path.parent)
    return read_key(path)


def destroy_key(path: Path) -> None:
    """Overwrite a key and remove it, unless somebody has removed it already."""
    with suppress(FileNotFoundError):
        with path.open("r+b") as stream:
            stream.write(bytes(_KEY_BYTES))
            stream.flush()
            os.fsync(stream.fileno())
        path.unlink()
        sync_folder(path.parent)
