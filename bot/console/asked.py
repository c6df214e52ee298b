"""What stands in a page's address, read with care."""

from collections.abc import Mapping

from config.errors import FootnoteError

_LARGEST = 2**63 - 1  # a database's integer


class AddressError(FootnoteError):
    """An address, or a form, with something in it that the page cannot use.

    Attributes:
        field: Where it stands there.
        what: What was found there, and what is needed.
    """

    def __init__(self, field: str, what: str) -> None:
        super().__init__(f"{field} {what}")
        self.field = field
        self.what = what


def whole_number(given: Mapping[str, str], name: str) -> int | None:
    """Return a whole number from an address or a form; None where it is missing or empty.

    Raises:
        AddressError: It is no whole number from 0 on.
    """
    text = given.get(name, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and int(text[:20]) <= _LARGEST):
        raise AddressError(name, f"needs a whole number, and {text[:40]!r} is none")
    return int(text[:20])
