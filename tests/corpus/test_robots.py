"""What a robots.txt allows Footnote, whatever state the file is in."""

import pytest

from corpus.robots import parse_rules

PAGE = "https://h.org/a"


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        (b"", True),
        (b" \n", True),
        (b"\x00\x01", True),
        (b"<html>No such page</html>", True),
        (b"User-agent: *\nDisallow: /", False),
        (b"\xef\xbb\xbfUser-agent: *\rDisallow: /", False),
        (b"User-agent: footnote\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        (b"User-agent: Footnote\nAllow: /\n\nUser-agent: *\nDisallow: /", True),
        (b"User-agent: Other\nDisallow: /", True),
        ("User-agent: *\nDisallow: /".encode("utf-16"), False),
    ],
)
def test_a_page_is_read_unless_it_is_forbidden(rules: bytes, allowed: bool) -> None:
    """What names Footnote goes before what is for all; what is no text forbids nothing."""
    assert parse_rules(rules).allow(PAGE) is allowed


@pytest.mark.parametrize(
    ("delay", "seconds"),
    [("3", 3), ("0.5", 0.5), ("0", 0), ("-5", 0), ("inf", 0), ("nan", 0), ("1e400", 0), ("x", 0)],
)
def test_a_site_is_given_the_time_that_it_asks_for(delay: str, seconds: float) -> None:
    """If it is a time."""
    rules = f"User-agent: *\nCrawl-delay: {delay}\n".encode()
    assert parse_rules(rules).delay_seconds == seconds
    assert parse_rules(b"User-agent: *\nDisallow: /x").delay_seconds == 0
