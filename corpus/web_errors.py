"""Why something on the web was not had; each message says what was found and what to do."""

from config.errors import FootnoteError

_GONE = frozenset({404, 410})
_WAIT = 429
_ADVICE = {
    401: "it wants a login; Footnote reads only public pages",
    403: "it refuses programs; ask its owner, or add the page as a file",
    404: "there is no such page; correct the address, or remove it",
    410: "the page was taken down; remove the address",
    429: "it asks for fewer requests; refresh it less often",
}


class WebError(FootnoteError):
    """Something at an address could not be had; what was had before stays.

    Attributes:
        is_of_the_host: Whether the next page of the same host would fare no better just now.
    """

    is_of_the_host = False


class AddressError(WebError):
    """The address is none that may be asked: no http(s), a private network, a password in it."""


class UnreachableError(WebError):
    """No whole answer came: no such name, no connection, broken off, or too slow."""

    is_of_the_host = True


class RedirectError(WebError):
    """The redirects lead nowhere."""


class RobotsError(WebError):
    """The site's robots.txt keeps Footnote out of a page."""


class NoRobotsError(WebError):
    """The site's robots.txt cannot be had just now, so nobody knows what it allows."""

    is_of_the_host = True


class OversizeError(WebError):
    """The answer, unpacked, is larger than the limit."""


class UnusableError(WebError):
    """What came is none of the things that were looked for."""


class StatusError(WebError):
    """The server answered with an error.

    Attributes:
        status: The HTTP status code.
    """

    def __init__(self, address: str, status: int) -> None:
        is_of_the_server = status >= 500  # noqa: PLR2004  # RFC 9110, section 15.6
        otherwise = "try again later" if is_of_the_server else "look at it in a browser"
        super().__init__(f"'{address}' answered {status}: {_ADVICE.get(status, otherwise)}")
        self.status = status
        self.is_of_the_host = is_of_the_server or status == _WAIT

    @property
    def is_gone(self) -> bool:
        """Whether the server says that there is no such page."""
        return self.status in _GONE
