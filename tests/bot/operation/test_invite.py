"""The application's id stands in the token."""

from base64 import b64encode

import pytest

from bot.operation.invite import application_id_of


@pytest.mark.parametrize("application", [7, 42, 123, 10**17, 10**18])
def test_an_id_is_read_from_a_token_whatever_its_length(application: int) -> None:
    """Discord leaves out the signs that fill up what is not divisible by three."""
    first = b64encode(str(application).encode()).decode().rstrip("=")
    assert application_id_of(f"{first}.made.up") == application
