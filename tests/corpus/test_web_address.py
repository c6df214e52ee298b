"""Only addresses of the public internet are asked, however they are written."""

import pytest

from corpus.web_address import is_public, parse_address, stated_address
from corpus.web_errors import AddressError

HOST = "https://h.org/"


@pytest.mark.parametrize(
    "ip",
    [
        "8.8.8.8",
        "2606:4700::1111",
        "::ffff:8.8.8.8",  # IPv4 in IPv6
        "64:ff9b::808:808",  # through NAT64
        "2002:808:808::1",  # through 6to4
    ],
)
def test_a_host_of_the_internet_is_public(ip: str) -> None:
    """In its own clothes or in those of IPv6."""
    assert is_public(ip)


@pytest.mark.parametrize(
    "ip",
    [
        "0.0.0.0",  # noqa: S104  # nothing is bound to it
        "10.0.0.1",
        "100.64.0.1",  # a provider's own
        "127.0.0.1",
        "169.254.169.254",  # a cloud's secrets
        "172.16.0.1",
        "192.168.1.1",
        "224.0.0.1",  # many at once
        "233.1.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::1",
        "2001:0:a00:1::1",
        "fc00::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
    ],
)
def test_any_other_host_is_not(ip: str) -> None:
    """What is private as IPv4 is so behind every way of writing it as IPv6."""
    assert not is_public(ip)


def test_an_address_is_read_without_blanks_and_fragment() -> None:
    """Somebody pasted it, blanks that do not break a line included."""
    assert str(parse_address(f"\u00a0 {HOST}a#b\n")) == f"{HOST}a"


def test_a_link_is_read_from_the_page_that_it_stands_on() -> None:
    """Where it says no host of its own."""
    page = parse_address(f"{HOST}a/b")
    found = [str(parse_address(link, page)) for link in ("c", "/c", "//o.org/c", "http://o.org/d")]
    assert found == [f"{HOST}a/c", f"{HOST}c", "https://o.org/c", "http://o.org/d"]


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("http://ada@h.org", "'http://h.org' had a user name or password"),
        ("http://:hunter2@h.org", "'http://h.org' had a user name or password"),
        ("file:///etc/passwd", "one begins with https:// and a host"),
        ("javascript:alert(1)", "one begins with https:// and a host"),
        ("h.org/a", "one begins with https:// and a host"),
        ("http://h.org:99999/", "is no web address"),
        ("http://h.org\\@evil.example/", "is no web address"),
        ("http://\ud800/", "is no web address"),
        ("ftp://h.org", "one begins with https:// and a host"),
        ("https:///a", "one begins with https:// and a host"),
        ("/a", "one begins with https:// and a host"),
        ("http://[::1", "is no web address"),
        (HOST + "a" * (2001 - len(HOST)), "has 2001 characters; at most 2000 are read"),
        (HOST + "é" * 1000, "at most 2000 are read"),
        ("http://[" + "a" * 2000, "has 2008 characters"),
    ],
)
def test_what_is_no_address_is_refused(written: str, reason: str) -> None:
    """The message shows no password, and no more than the beginning."""
    with pytest.raises(AddressError) as refused:
        parse_address(written)
    assert reason in str(refused.value)
    assert "hunter2" not in str(refused.value)
    assert len(str(refused.value)) < 200


def test_the_longest_address_is_read() -> None:
    """2,000 characters."""
    longest = HOST + "a" * (2000 - len(HOST))
    assert str(parse_address(longest)) == longest


def test_an_article_states_its_address_or_none() -> None:
    """As it is written, with the fragment, on one line."""
    assert stated_address(f" {HOST}a#b\n") == f"{HOST}a#b"
    assert stated_address("javascript:alert(1)") is None
