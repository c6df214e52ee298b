"""Whose request it is, where a proxy sent it on.

uvicorn has this for one of the two headers. It takes whatever stands there for an address, and a
proxy that comes to an IPv6 socket by IPv4 (::ffff:172.18.0.2) for another.
"""

import re
from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address

from starlette.datastructures import Headers

from config.networks import Network

Address = IPv4Address | IPv6Address

_NODE = re.compile(r"\[(?P<bracketed>[^]]+)\](:\d+)?|(?P<before_port>[^:]+):\d+|(?P<bare>.+)")
_PAIR = re.compile(r'\s*(?P<name>[\w-]+)=(?P<value>"[^"\\]*"|[^\s",;]*)\s*(?P<end>[,;]|\Z)')


def client_address(peer: str, headers: Headers, trusted: Sequence[Network]) -> str:
    """Return the address that a request comes from.

    Each proxy adds to a header whom it heard the request from, behind what stood there. So from
    `peer` on it is read backwards, for as long as who says so is trusted: all before that anybody
    can have written. It ends likewise at what cannot be read. A proxy may set one header and pass
    on what a stranger wrote into the other, so when they disagree neither is believed.

    Args:
        peer: Who sent the request itself.
        headers: `X-Forwarded-For` and `Forwarded` (RFC 7239), of which there may be either.
        trusted: The proxies.
    """
    nodes = {"x-forwarded-for": _x_forwarded_for, "forwarded": _forwarded}
    found = {
        _client(peer, read(",".join(headers.getlist(name))), trusted)
        for name, read in nodes.items()
        if name in headers
    }
    return found.pop() if len(found) == 1 else peer


def plain_address(text: str) -> Address:
    """Return an address, IPv4's own where a socket of IPv6 tells it in its way: ::ffff:192.0.2.1.

    Raises:
        ValueError: It is none.
    """
    address = ip_address(text)
    return (address.ipv4_mapped if isinstance(address, IPv6Address) else None) or address


def _client(peer: str, nodes: Sequence[str], trusted: Sequence[Network]) -> str:
    client = peer
    for node in (peer, *reversed(nodes)):
        address = _address(node)
        if address is None:
            return client
        client = str(address)
        if not _is_in(address, trusted):
            return client
    return client


def _is_in(address: Address, networks: Iterable[Network]) -> bool:
    return any(address in network for network in networks)


def _address(node: str) -> Address | None:
    """Return the address of a node, with or without a port; None when it is none."""
    parts = _NODE.fullmatch(node.strip())
    if parts is None:
        return None
    try:
        return plain_address(next(filter(None, parts.group("bracketed", "before_port", "bare"))))
    except ValueError:
        return None


def _x_forwarded_for(header: str) -> list[str]:
    return header.split(",")


def _forwarded(header: str) -> list[str]:
    """Return each element's `for`, empty where it has none; one that is empty for no such header.

    A comma within quotation marks parts nothing. A mark that a stranger left open would swallow
    what a proxy has added, and then nothing of it is as it should be.
    """
    nodes, at = [""], 0
    while at < len(header):
        pair = _PAIR.match(header, at)
        if pair is None:
            return [""]
        if pair["name"].lower() == "for":
            nodes[-1] = pair["value"].strip('"')
        if pair["end"] == ",":
            nodes.append("")
        at = pair.end()
    return nodes
