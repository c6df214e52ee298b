"""One HTTP request and its answer, within limits, with hosts of the public internet only."""

import asyncio
import errno
import socket
import time
import zlib
from dataclasses import dataclass

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from corpus.extracted import one_line
from corpus.web_address import is_public, parse_address
from corpus.web_errors import (
    AddressError,
    OversizeError,
    StatusError,
    UnreachableError,
    UnusableError,
    WebError,
)

_BLOCK = 1 << 16  # bytes
_GZIP = b"\x1f\x8b"
_WITH_HEAD = 31  # zlib's number for gzip, with the largest window
_LONGEST_REASON = 200  # characters of a library's own words
_MEGABYTE = 1_000_000
_ACCEPT = "text/html, application/xhtml+xml, application/pdf, application/xml;q=0.9, */*;q=0.8"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OK = 200
_NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Edition:
    """How a server names one state of a page: sent back to ask whether it is still that."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What was at an address.

    Attributes:
        address: Where it was found, behind all redirects.
        content_type: As the server says, without parameters; often wrong.
        data: The body, unpacked.
    """

    address: str
    content_type: str
    data: bytes
    edition: Edition


@dataclass(slots=True)
class Watch:
    """What may still be spent on one address, over all its redirects; pauses do not count."""

    left_seconds: float
    max_bytes: int
    _since: float = 0.0

    def __enter__(self) -> None:
        self._since = time.monotonic()

    def __exit__(self, *_: object) -> None:
        self.left_seconds -= time.monotonic() - self._since


class Exchange:
    """Sends requests; cookies, proxies and the caches of names are left out on purpose."""

    def __init__(
        self,
        agent: str,
        connect_seconds: float,
        *,
        allow_private: bool,
        resolver: AbstractResolver | None = None,
    ) -> None:
        """Open nothing yet; must be made where its event loop runs."""
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                resolver=resolver,
                use_dns_cache=False,
                socket_factory=_plain_socket if allow_private else _public_socket,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip"},
            auto_decompress=False,
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=connect_seconds),
        )

    async def close(self) -> None:
        """Give back the connections."""
        await self._session.close()

    async def ask(self, url: URL, known: Edition, watch: Watch) -> Answer | URL | None:
        """Return the answer; the next address if it was a redirect, None if nothing changed.

        Raises:
            WebError: There was no good answer.
        """
        try:
            with watch:
                async with asyncio.timeout(watch.left_seconds):
                    return await self._request(url, known, watch.max_bytes)
        except TimeoutError as error:  # of connecting or of everything
            reason = f"'{url}' gave no whole answer in the time allowed; try again later"
            raise UnreachableError(reason) from error
        except aiohttp.ClientConnectorError as error:
            raise _not_connected(url, error) from error
        except aiohttp.InvalidURL as error:  # such as an IP address written in an odd way
            raise AddressError(f"'{url}' is no web address ({error}); correct it") from error
        except (aiohttp.ClientError, OSError, ValueError, zlib.error) as error:
            found = one_line(str(error))[:_LONGEST_REASON] or type(error).__name__
            reason = f"'{url}' broke off or answered nonsense ({found}); try again later"
            raise UnreachableError(reason) from error

    async def _request(self, url: URL, known: Edition, max_bytes: int) -> Answer | URL | None:
        request = self._session.get(url, headers=_conditions(known), allow_redirects=False)
        async with request as response:
            if response.status in _REDIRECTS and (target := response.headers.get("Location")):
                return parse_address(target, url)
            if response.status == _NOT_MODIFIED:
                return None
            if response.status != _OK:
                raise StatusError(str(url), response.status)
            data = await _read(response, max_bytes)
            names = (response.headers.get(name, "") for name in ("ETag", "Last-Modified"))
            edition = Edition(*(name if name.isascii() and name else None for name in names))
            return Answer(str(url), one_line(response.content_type), data, edition)


class _PrivateNetworkError(OSError):
    """The host lies in a network that is not public."""

    def __init__(self) -> None:
        super().__init__(errno.EACCES, "it lies in a private network")


def _plain_socket(info: aiohttp.AddrInfoType) -> socket.socket:
    family, kind, protocol, _, _ = info
    return socket.socket(family, kind, protocol)


def _public_socket(info: aiohttp.AddrInfoType) -> socket.socket:
    """Return a socket for the very address that is about to be connected to, if it is public.

    Every connection passes here, whatever its address was called and however it was resolved,
    so that neither a redirect nor a name that changes its address gets by.
    """
    if not is_public(str(info[4][0])):
        raise _PrivateNetworkError
    return _plain_socket(info)


def _not_connected(url: URL, error: aiohttp.ClientConnectorError) -> WebError:
    if isinstance(error.os_error, _PrivateNetworkError):
        return AddressError(
            f"'{url}' lies in a private network, which is not asked; add its articles as files"
        )
    return UnreachableError(
        f"'{url}' cannot be reached ({error.os_error}); correct the address, or try again later"
    )


async def _read(response: aiohttp.ClientResponse, max_bytes: int) -> bytes:
    """Return the whole body, unpacked block by block, so that a bomb is stopped at the limit."""
    blocks: list[bytes] = []
    left = max_bytes + 1
    unpacker = _unpacker(response)
    async for packed in response.content.iter_chunked(_BLOCK):
        block = unpacker.unpack(packed, left) if unpacker else packed
        left -= len(block)
        if left <= 0:
            most = f"{max_bytes / _MEGABYTE:g} MB"
            raise OversizeError(f"'{response.url}' has more than {most}, unpacked; make it smaller")
        blocks.append(block)
    if unpacker and blocks and not unpacker.is_whole:
        raise UnreachableError(f"'{response.url}' broke off within its gzip; try again later")
    return b"".join(blocks)


class _Gzip:
    """Unpacks gzip, of which one body may hold several; what is none behind them is left out."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(wbits=_WITH_HEAD)

    @property
    def is_whole(self) -> bool:
        """Whether the last of them has come to its end."""
        return self._member.eof

    def unpack(self, packed: bytes, most: int) -> bytes:
        """Return at most so many bytes of what a block holds."""
        unpacked = b""
        while packed and len(unpacked) < most:
            if self._member.eof:
                if not packed.startswith(_GZIP):
                    break
                self._member = zlib.decompressobj(wbits=_WITH_HEAD)
            unpacked += self._member.decompress(packed, most - len(unpacked))
            packed = self._member.unused_data
        return unpacked


def _unpacker(response: aiohttp.ClientResponse) -> _Gzip | None:
    """Return what unpacks the body, or None if it came as it is."""
    packing = response.headers.get("Content-Encoding", "").strip().lower()
    if packing in ("", "identity"):
        return None
    if packing not in ("gzip", "x-gzip"):
        raise UnusableError(
            f"'{response.url}' came packed with {one_line(packing)!r}, though gzip was asked for;"
            " try again later, or add it as a file"
        )
    return _Gzip()


def _conditions(known: Edition) -> dict[str, str]:
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in headers.items() if value}
