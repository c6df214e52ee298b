"""Passwords as the settings keep them: scrypt, salted."""

import base64
import binascii
import hashlib
import hmac
import secrets

from config.errors import FootnoteError

SHORTEST = 12  # characters; NIST SP 800-63B asks for 8, and nobody types this one often

_NAME = "scrypt"
_COST = (2**15, 8, 3)  # n, r, p: 32 MB and about a quarter of a second, as OWASP recommends
_MEMORY = 128 * 2**20  # bytes that one check may take
_SALT_BYTES = 16


class PasswordError(FootnoteError):
    """A password that is too short, or a hash that is none."""


def hash_password(password: str) -> str:
    """Return what `console.password_hash` holds for this password.

    Raises:
        PasswordError: It is too short.
    """
    if len(password) < SHORTEST:
        raise PasswordError(
            f"a password of {len(password)} characters is too short; take {SHORTEST} or more"
        )
    salt = secrets.token_bytes(_SALT_BYTES)
    cost = ":".join(map(str, _COST))
    return f"{_NAME}:{cost}:{_text(salt)}:{_text(_digest(password, salt, _COST))}"


def is_right(password: str, hashed: str) -> bool:
    """Return whether a password is the one that was hashed; takes as long either way.

    Raises:
        PasswordError: The hash is none of `hash_password`.
    """
    try:
        name, n, r, p, salt, digest = hashed.split(":")
        cost = int(n), int(r), int(p)
        found = _digest(password, base64.b64decode(salt, validate=True), cost)
        wanted = base64.b64decode(digest, validate=True)
    except (ValueError, binascii.Error) as error:
        raise PasswordError(_NO_HASH) from error
    if name != _NAME:
        raise PasswordError(_NO_HASH)
    return hmac.compare_digest(found, wanted)


_NO_HASH = (
    "console.password_hash is no hash of a password; make one with `footnote console hash-password`"
)


def _digest(password: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
    n, r, p = cost
    return hashlib.scrypt(password.encode(), salt=salt, n=n, r=r, p=p, maxmem=_MEMORY, dklen=32)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
