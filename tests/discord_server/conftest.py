"""What tests of the loopback Discord share."""

from collections.abc import Iterator

import pytest

from tests.discord_server.api_description import ApiDescription


@pytest.fixture(autouse=True)
def replies_are_discords_own(
    request: pytest.FixtureRequest, api_description: ApiDescription | None
) -> Iterator[None]:
    """Fail a test whose requests got replies that Discord's API description does not know.

    Refusals are left out: there the description (codes are numbers) and the docs (codes of form
    errors are names) disagree, and Discord does as the docs say.
    """
    if api_description is None or "discord_server" not in request.fixturenames:
        yield
        return
    server = request.getfixturevalue("discord_server")
    yield
    for record in server.requests:
        if 200 <= record.status < 300:
            faults = api_description.reply_faults(
                record.method, record.path, record.status, record.reply
            )
            assert faults == [], f"{record.method} {record.path} {record.status}"
