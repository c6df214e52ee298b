"""What the options of a question mean."""

import pytest

from bot.asking.options import FilterError, make_filters
from tests.conftest import Index, write_article


def test_of_many_outlets_a_message_names_the_first(index: Index) -> None:
    """Hundreds of names would be no help."""
    for n in range(60):
        write_article(index.articles, f"a{n}", f"The harbour froze in {1900 + n}.", f"Post {n:02}")
    index.build()
    generation = index.folder.open_current()
    for called in ("Nobody", "Post"):
        with pytest.raises(FilterError, match=r" and \d+ more") as refused:
            make_filters(generation, [called], None, None)
        assert "Post 30" not in str(refused.value)
