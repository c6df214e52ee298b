"""What tests of the loopback Discord share."""

from collections.abc import Iterator

import pytest

from tests.discord_server import DiscordServer
from tests.discord_server.api_description import ApiDescription


@pytest.fixture(autouse=True)
def replies_are_discords_own(
    discord_server: DiscordServer, api_description: ApiDescription | None
) -> Iterator[None]:
    """Fail a test whose requests got replies that Discord's API description does not know."""
    yield
    if api_description is None:
        return
    for record in discord_server.requests:
        faults = api_description.reply_faults(
            record.method, record.path, record.status, record.reply
        )
        if 200 <= record.status < 500:
            assert faults == [], f"{record.method} {record.path} {record.status}"
