"""A file at an address that came with it, such as a chat's attachment: one wary request."""

from yarl import URL

from corpus.exchange import Edition, Exchange, Watch
from corpus.fetch import Limits, user_agent
from corpus.web_address import parse_address
from corpus.web_errors import UnusableError

_SECONDS = 60.0  # of the whole answer; files are larger than pages


async def download(address: str, max_bytes: int, *, allow_private: bool = False) -> bytes:
    """Return the file at the address.

    robots.txt is not asked: whoever sent the file wants it read.

    Args:
        address: As whoever keeps the file gives it.
        max_bytes: Of the file; no more is taken off the wire.
        allow_private: Whether hosts of a private network may be asked.

    Raises:
        WebError: It could not be had, in the time and size allowed.
    """
    exchange = Exchange(user_agent(None), Limits().connect_seconds, allow_private=allow_private)
    try:
        watch = Watch(_SECONDS, max_bytes)
        answer = await exchange.ask(parse_address(address), Edition(), watch)
    finally:
        await exchange.close()
    if answer is None or isinstance(answer, URL):
        raise UnusableError(f"'{address}' gave no file but a way elsewhere; send it once more")
    return answer.data
