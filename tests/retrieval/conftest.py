"""What tests of retrieval share."""

import pytest

from retrieval.generation import Generation
from tests.conftest import Index


@pytest.fixture
def generation(index: Index) -> Generation:
    """Return the index of the three small articles, built and opened."""
    index.build()
    return index.folder.open_current()
