"""Which addresses may be asked: http(s) of the public internet, without a password in them."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from yarl import URL

from corpus.extracted import one_line
from corpus.web_errors import AddressError

_LONGEST = 2000  # characters; more is no address that anyone would read
_SCHEMES = ("http", "https")
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address


def parse_address(text: str, base: URL | None = None) -> URL:
    """Return the address in its canonical form, without a fragment.

    Args:
        text: As somebody wrote it.
        base: The page that it stands on, if it may be relative.

    Raises:
        AddressError: It is no address of a web page.
    """
    shown = repr(text[:100])
    _require_length(text, shown)
    try:
        url = URL(text.strip())
        url = (base.join(url) if base else url).with_fragment(None)
        host = url.host
    except ValueError as error:  # idna's are among them
        raise AddressError(f"{shown} is no web address ({error}); correct it") from error
    if url.scheme not in _SCHEMES or not host:
        raise AddressError(f"{shown} is no web address; one begins with https:// and a host")
    if url.user is not None or url.password is not None:
        raise AddressError(
            f"'{url.with_user(None)}' had a user name or password in it; leave it out"
        )
    _require_length(str(url), shown)  # written out it may be longer, and is read again so
    return url


def stated_address(value: object) -> str | None:
    """Return an article's address on one line as it is stated, or None if nobody could open it."""
    if not isinstance(value, str):
        return None
    try:
        parse_address(value)
    except AddressError:
        return None
    return one_line(value)


def _require_length(address: str, shown: str) -> None:
    if len(address) > _LONGEST:
        raise AddressError(f"{shown}… has {len(address)} characters; at most {_LONGEST} are read")


def is_public(ip: str) -> bool:
    """Return whether the IP address belongs to a host of the public internet.

    An IPv4 address in IPv6 clothes is judged as what it is.
    """
    address = _undisguised(ip_address(ip.partition("%")[0]))
    return address.is_global and not (
        address.is_multicast
        or address.is_reserved
        or address.is_unspecified
        or getattr(address, "is_site_local", False)
    )


def _undisguised(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or address
