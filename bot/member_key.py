"""Members as keyed hashes: who asked can be recognised again, but not read off the database."""

import hmac
import os
import secrets
from pathlib import Path

_KEY_BYTES = 32
_NAME = "member.key"


def load_member_key(data_dir: Path) -> bytes:
    """Return the key in the data folder, made at the first call; only its owner may read it."""
    path = data_dir / _NAME
    try:
        return path.read_bytes()
    except FileNotFoundError:
        pass
    data_dir.mkdir(parents=True, exist_ok=True)
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


def member_hash(key: bytes, member_id: int) -> str:
    """Return what stands for a member in the database: 32 hexadecimal characters."""
    return hmac.digest(key, str(member_id).encode(), "sha256").hex()[:32]
