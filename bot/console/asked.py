"""What stands in a page's address, read with care."""

from collections.abc import Mapping

from config.errors import FootnoteError

_LARGEST = 2**63 - 1  # a database's integer


class AddressError(FootnoteError):
    """An address with something in it that the page cannot use."""


def whole_number(given: Mapping[str, str], name: str) -> int | None:
    """Return a whole number from an address or a form; None where it is missing or empty.

    Raises:
        AddressError: It is no whole number from 0 on.
    """
    text = given.get(name, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and int(text[:20]) <= _LARGEST):
        raise AddressError(f"{name} needs a whole number, and {text[:40]!r} is none")
    return int(text[:20])
