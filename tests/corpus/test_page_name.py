"""A page's file name is safe anywhere, readable, its own, and the same each time."""

import tomllib
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.article import Metadata
from corpus.page_name import page_name
from corpus.sidecar import sidecar_toml
from corpus.web_address import parse_address
from corpus.web_errors import AddressError


@pytest.mark.parametrize(
    ("address", "slug"),
    [
        ("https://h.org/2012/why-the-coalition-refused.html", "why-the-coalition-refused"),
        ("https://h.org/Spar_Teuer!/", "spar-teuer"),
        ("https://h.org/%D0%BC%D0%BE%D1%81%D1%82", "мост"),
        ("https://h.org/", "h-org"),
        ("https://h.org/..%2F..%2Fetc%2Fpasswd", "etc-passwd"),
        ("https://h.org/%00%2e%2e", "page"),
    ],
)
def test_a_name_tells_the_page(address: str, slug: str) -> None:
    """It is the last part of the path, in its own script."""
    assert page_name(address, ".html").rsplit("-", 1)[0] == slug


def test_pages_that_differ_in_their_query_have_names_of_their_own() -> None:
    """The hash is over the whole address."""
    names = {page_name(f"https://h.org/a?id={n}", ".html") for n in range(1000)}
    assert len(names) == 1000


@given(st.text(), st.text())
@example("é" * 400, "")  # short as written, too long in its canonical form
def test_any_address_gives_a_safe_and_stable_name(path: str, query: str) -> None:
    """One visible component, in NFC, short enough for any file system."""
    try:
        address = str(parse_address(f"https://h.org/{path}?{query}"))
    except AddressError:
        return
    name = page_name(address, ".html")
    assert name == page_name(str(parse_address(address)), ".html")
    assert unicodedata.is_normalized("NFC", name)
    assert len(name.encode()) <= 100
    assert name.count(".") == 1
    assert all(c.isalnum() or unicodedata.combining(c) or c in "-." for c in name)


@given(st.text(), st.text(min_size=1), st.dates())
def test_a_sidecar_holds_any_text(title: str, name: str, day: object) -> None:
    """What is written is read back, whatever characters it has."""
    title = title.encode("utf-8", "replace").decode()
    name = name.encode("utf-8", "replace").decode()
    metadata = Metadata(title=title, published=day)  # type: ignore[arg-type]
    tables = tomllib.loads(sidecar_toml({name: metadata, "none": Metadata()}).decode())
    assert tables == {name: {"title": title, "published": day}}
