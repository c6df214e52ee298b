"""An article's hash stands for all that is shown of it."""

from dataclasses import replace
from datetime import date

import pytest

from corpus.article import Article

WHOLE = Article("a", "Title", "Herald", "Ada", date(2020, 1, 2), "https://h.org/a", "Words.")


@pytest.mark.parametrize("field", ["title", "source", "author", "published", "url", "text"])
def test_whatever_changes_of_what_is_shown_changes_the_hash(field: str) -> None:
    """An answer that somebody keeps must not quote what he has not seen."""
    other = date(2020, 1, 3) if field == "published" else "other"
    assert replace(WHOLE, **{field: other}).content_hash != WHOLE.content_hash  # type: ignore[arg-type]
