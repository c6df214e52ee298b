"""Which requests come to the console by its own name, and from its own pages."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from yarl import URL


def is_own_host(host: str, public_url: str) -> bool:
    """Return whether a Host header may be ours.

    A page of another site reaches this server by letting a name of its own point here. So the
    only names are localhost and the public address's; a bare IP address cannot be rebound.
    """
    if public_url and host.lower() == URL(public_url).host_port_subcomponent:  # as browsers send it
        return True
    try:
        parts = urlsplit(f"//{host}")
        if parts.netloc != host:  # with a path in it, which would stand before the request's own
            return False
        name = parts.hostname or ""
        return name == "localhost" or bool(ip_address(name))
    except ValueError:
        return False


def is_loopback(host: str) -> bool:
    """Return whether a Host header that may be ours names this machine to itself."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False


def is_own_origin(origin: str | None, host: str) -> bool:
    """Return whether an Origin header is of a page of this host; one that is missing is not."""
    return origin is not None and origin.partition("://")[2] == host
