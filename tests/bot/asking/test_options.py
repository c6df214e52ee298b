"""What the options of a question mean."""

from pathlib import Path

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


def test_articles_without_outlets_are_said_to_have_none(tmp_path: Path) -> None:
    """A list of none would be no help either."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "rules.md").write_text("Be kind to everybody here.")
    index = Index(tmp_path / "articles", tmp_path / "index")
    index.build()
    with pytest.raises(FilterError) as refused:
        make_filters(index.folder.open_current(), ["Herald"], None, None)
    assert (
        str(refused.value)
        == "no article is from 'Herald': the articles name no outlet at all; ask without one"
    )
