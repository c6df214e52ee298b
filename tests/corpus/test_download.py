"""A file at a given address is fetched in one request, within limits."""

import pytest

from corpus.download import download
from corpus.web_errors import AddressError, OversizeError, StatusError, UnusableError
from tests.corpus.site import Site, redirect, serve, status

pytestmark = pytest.mark.anyio


async def test_a_file_comes_as_it_is_and_robots_txt_is_not_asked(site: Site) -> None:
    """Whoever sent it wants it read."""
    site.pages["/a.pdf"] = serve(b"%PDF-", "application/pdf")
    assert await download(f"{site.address}/a.pdf", 5, allow_private=True) == b"%PDF-"
    assert [path for path, _ in site.asked] == ["/a.pdf"]


async def test_more_than_was_allowed_is_not_taken(site: Site) -> None:
    """Whatever size was claimed."""
    site.pages["/a"] = serve(b"x" * 6)
    with pytest.raises(OversizeError):
        await download(f"{site.address}/a", 5, allow_private=True)


async def test_private_networks_are_not_asked(site: Site) -> None:
    """Unless that is allowed."""
    with pytest.raises(AddressError, match="private network"):
        await download(f"{site.address}/a", 5)
    assert site.asked == []


async def test_redirects_are_not_followed(site: Site) -> None:
    """Who gives a file's address gives the file's own."""
    site.pages["/a"] = redirect("/b")
    site.pages["/b"] = serve(b"words")
    with pytest.raises(UnusableError, match="a way elsewhere"):
        await download(f"{site.address}/a", 5, allow_private=True)
    assert site.paths() == ["/a"]


@pytest.mark.parametrize("code", [404, 500])
async def test_a_bad_status_is_an_error(site: Site, code: int) -> None:
    """An attachment's address ends with its message."""
    site.pages["/a"] = status(code)
    with pytest.raises(StatusError):
        await download(f"{site.address}/a", 5, allow_private=True)
