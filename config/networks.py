"""Addresses and networks, as a setting names them."""

from ipaddress import IPv4Network, IPv6Network, ip_network

Network = IPv4Network | IPv6Network


def read_networks(text: str) -> tuple[Network, ...]:
    """Return the networks that a text names, parted by commas; an address is a network of one.

    Raises:
        ValueError: A part is none, or is all addresses there are, which names nobody.
    """
    networks = tuple(ip_network(part.strip()) for part in text.split(",")) if text.strip() else ()
    if any(network.prefixlen == 0 for network in networks):
        raise ValueError(text)
    return networks
