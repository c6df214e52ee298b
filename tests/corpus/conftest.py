"""What several tests of the web need."""

from collections.abc import Iterator

import pytest

from tests.corpus.site import Site, open_site


@pytest.fixture
def site() -> Iterator[Site]:
    """Return a running web site whose answers a test sets."""
    with open_site() as running:
        yield running
