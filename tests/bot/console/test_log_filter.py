"""What a page's address asks of the log is read as it was meant, or refused with the reason."""

from datetime import UTC, datetime

import pytest

from bot.console.asked import AddressError
from bot.console.log_filter import read_filter
from bot.logbook.logged import LogQuery


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, LogQuery()),
        ({"text": " \t", "member": "", "slower": " "}, LogQuery()),
        ({"text": " seal ", "nothing": "x"}, LogQuery(text="seal")),
        ({"member": "A1"}, LogQuery(member="a1")),  # as a phone's keyboard begins
        ({"channel": "7", "slower": "0"}, LogQuery(channel_id=7, slower_ms=0)),
        ({"confidence": "failed"}, LogQuery(confidence="failed")),
        ({"feedback": "no", "generation": "g"}, LogQuery(feedback="no", generation="g")),
        ({"since": "2026-03-31"}, LogQuery(since=datetime(2026, 3, 31, tzinfo=UTC))),
        ({"until": "2026-03-31"}, LogQuery(until=datetime(2026, 4, 1, tzinfo=UTC))),
        ({"until": "9999-12-31"}, LogQuery()),  # there is no day after it
    ],
)
def test_each_field_narrows_what_it_names(given: dict[str, str], expected: LogQuery) -> None:
    """What is empty asks for nothing, and the last day counts whole."""
    assert read_filter(given).query == expected


def test_an_address_asks_the_same_again() -> None:
    """In the order that it says, the newest first where it says none, and with what is added."""
    found = read_filter({"text": " a&b ", "sort": "slowest", "since": ""})
    assert (found.sort, read_filter({}).sort) == ("slowest", "newest")
    assert found.address(after="9") == "text=a%26b&sort=slowest&after=9"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("since", "31.3.2026", "needs a day such as 2026-03-31, and '31.3.2026' is none"),
        ("until", "2026-02-30", "needs a day such as 2026-03-31, and '2026-02-30' is none"),
        ("slower", "-1", "needs a whole number, and '-1' is none"),
        ("channel", "x" * 99, f"needs a whole number, and '{'x' * 40}' is none"),
        ("feedback", "x", "is one of helpful, unhelpful, any, no, and 'x' is none of them"),
    ],
)
def test_a_slip_is_told_with_its_field(field: str, value: str, said: str) -> None:
    """What was found there, and what is needed; a long value not whole."""
    with pytest.raises(AddressError) as raised:
        read_filter({field: value})
    assert (raised.value.field, raised.value.what) == (field, said)
