"""Behind a proxy, a request is of whom the proxy names; nobody makes up another's address."""

from ipaddress import ip_address
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers

from bot.console.attempts import ATTEMPTS
from bot.console.client_address import client_address
from config.networks import Network, read_networks
from tests.bot.console.running import PASSWORD, RunningConsole, quick_hash, running_console

TRUSTED = read_networks("127.0.0.1, 10.0.0.0/8, 2001:db8:1::/48")
PROXY, INNER, ADA, EVE = "10.0.0.1", "10.0.0.2", "203.0.113.7", "198.51.100.9"

_texts = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0"), max_size=30)
_addresses = st.ip_addresses().filter(lambda a: not any(a in network for network in TRUSTED))
_hops = st.one_of(_texts, st.ip_addresses().map(str), st.sampled_from([PROXY, INNER, '"', ","]))


def found(*sent: tuple[str, str], peer: str = PROXY, trusted: tuple[Network, ...] = TRUSTED) -> str:
    """Return whose a request is that was sent with these headers."""
    raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in sent]
    return client_address(peer, Headers(raw=raw), trusted)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("203.0.113.7", ADA),
        ("203.0.113.7:4711", ADA),
        ("::ffff:203.0.113.7", ADA),
        ("198.51.100.9, 203.0.113.7", ADA),
        ("203.0.113.7,10.0.0.2 , 127.0.0.1", ADA),
        ("203.0.113.7, 2001:db8:1::5, 10.0.0.2", ADA),
        ("2001:DB8::7", "2001:db8::7"),
        ("[2001:db8::7]:4711", "2001:db8::7"),
        ("10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("203.0.113.7, nobody", PROXY),
        ("203.0.113.7, nobody, 10.0.0.2", INNER),
        ("203.0.113.7, ", PROXY),
        ("[203.0.113.7", PROXY),
        ("[2001:db8::7]x", PROXY),
        ("203.0.113.7:http", PROXY),
        ("203.0.113.777", PROXY),
        ("", PROXY),
    ],
)
def test_who_asks_is_read_from_the_right_up_to_the_first_stranger(
    header: str, expected: str
) -> None:
    """And no further than to what cannot be read."""
    assert found(("X-Forwarded-For", header)) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("for=203.0.113.7", ADA),
        ('For="203.0.113.7:4711";proto=https;by=10.0.0.1', ADA),
        ('proto=https ; for="[2001:db8::7]:4711"', "2001:db8::7"),
        ("for=198.51.100.9, for=203.0.113.7", ADA),
        ('for=203.0.113.7, for="10.0.0.2";host="a,b;c"', ADA),
        ("for=203.0.113.7, for=unknown", PROXY),
        ("for=203.0.113.7, for=_hidden, for=10.0.0.2", INNER),
        ("for=203.0.113.7, proto=https", PROXY),
        ("203.0.113.7", PROXY),
        ('for="203.0.113.7', PROXY),
        ('for=203.0.113.7;a="x"y', PROXY),
        ('for=203.0.113.7;a="x"for=198.51.100.9', PROXY),
        ("for=203.0.113.7,", PROXY),
        ("", PROXY),
    ],
)
def test_the_header_of_the_standard_is_read_alike(header: str, expected: str) -> None:
    """Its pairs in any order, its names in any case."""
    assert found(("Forwarded", header)) == expected


def test_headers_that_come_in_several_lines_are_one() -> None:
    """A proxy may add a line of its own."""
    assert found(("X-Forwarded-For", EVE), ("X-Forwarded-For", ADA)) == ADA
    assert found(("Forwarded", f"for={EVE}"), ("Forwarded", f"for={ADA}")) == ADA


def test_two_headers_that_disagree_are_not_believed() -> None:
    """The proxy sets one, and a stranger may have written the other."""
    x_forwarded_for, forwarded = ("X-Forwarded-For", ADA), ("Forwarded", f"for={ADA}")
    assert found(x_forwarded_for, forwarded) == ADA
    assert found(x_forwarded_for, ("Forwarded", f"for={EVE}")) == PROXY
    assert found(("X-Forwarded-For", EVE), forwarded) == PROXY


def test_a_proxy_is_known_in_either_spelling() -> None:
    """A socket of IPv6 has IPv4 come as a part of it."""
    assert found(("X-Forwarded-For", ADA), peer="::ffff:10.0.0.1") == ADA


@given(st.lists(st.tuples(st.sampled_from(["X-Forwarded-For", "Forwarded"]), _texts)))
def test_no_header_of_a_stranger_is_believed(sent: list[tuple[str, str]]) -> None:
    """Nor any where nobody is trusted."""
    assert found(*sent, peer=EVE) == EVE
    assert found(*sent, peer=PROXY, trusted=()) == PROXY


@given(st.lists(_hops).map(", ".join), st.sampled_from(["", "; ", ", for=", 'for="', ","]))
def test_whatever_a_stranger_wrote_the_address_is_theirs_or_the_proxys(
    hops: str, between: str
) -> None:
    """Of what stood in a header before the proxy added to it nothing counts."""
    theirs = f"{hops}{between}"
    assert found(("X-Forwarded-For", f"{theirs}, {ADA}")) == ADA
    for added in (f"for={ADA}", f'for="{ADA}:1";proto="https"', f'for={ADA};host="x"'):
        assert found(("Forwarded", f"for={theirs}, {added}")) in {ADA, PROXY}
        assert found(("Forwarded", f"{theirs}, {added}")) in {ADA, PROXY}
        passed_on = ("X-Forwarded-For", theirs)
        assert found(("Forwarded", added), passed_on) in {ADA, PROXY}


@given(_addresses, st.lists(st.sampled_from([PROXY, INNER, "127.0.0.1", "2001:db8:1::9"])))
def test_through_however_many_proxies_the_address_is_found(
    address: object, proxies: list[str]
) -> None:
    """Of either kind, by either header."""
    node = ip_address(str(address))
    expected = str(getattr(node, "ipv4_mapped", None) or node)
    bracketed = f"[{node}]" if node.version == 6 else str(node)
    chain = [str(node), *proxies]
    assert found(("X-Forwarded-For", ", ".join(chain))) == expected
    pairs = [f'for="{bracketed}"', *(f'for="{proxy}"' for proxy in proxies)]
    assert found(("Forwarded", ",".join(pairs))) == expected


@given(_texts, _texts)
def test_what_cannot_be_read_is_of_whom_it_came_from(first: str, second: str) -> None:
    """Whatever it is: an address comes back, or the peer as it was."""
    for sent in ((("X-Forwarded-For", first),), (("Forwarded", first), ("Forwarded", second))):
        address = found(*sent)
        assert str(ip_address(address)) == address


def tries(console: RunningConsole, password: str, address: str) -> int:
    """Return how a password fares that somebody at an address types."""
    headers = {"origin": console.url, "x-forwarded-for": address}
    form = {"password": password}
    return httpx.post(f"{console.url}/login", data=form, headers=headers).status_code


def test_a_stranger_behind_a_trusted_proxy_keeps_no_admin_out(tmp_path: Path) -> None:
    """Only whoever has the stranger's address waits."""
    hashed = quick_hash(PASSWORD)
    with running_console(tmp_path, password_hash=hashed, trusted_proxies="127.0.0.1") as console:
        for _ in range(ATTEMPTS):
            assert tries(console, "wrong", f"192.0.2.1, {EVE}") == 403
        assert tries(console, PASSWORD, f"192.0.2.2, {EVE}") == 429
        assert tries(console, PASSWORD, ADA) == 303


def test_without_a_trusted_proxy_a_header_gives_nobody_more_attempts(tmp_path: Path) -> None:
    """As it comes."""
    with running_console(tmp_path, password_hash=quick_hash(PASSWORD)) as console:
        for n in range(ATTEMPTS):
            assert tries(console, "wrong", f"192.0.2.{n}") == 403
        assert tries(console, PASSWORD, ADA) == 429
