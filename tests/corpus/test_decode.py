"""A web page is read as its own tags say."""

import pytest

from corpus.decode import decode_page
from corpus.extract import ExtractionError, extract

RUSSIAN = "Гавань замёрзла."
CHINESE = "港口在一月结冰。"
POLISH = "Łódź stoi na środku jeziora, więc nikt nie może już do niej dopłynąć."


@pytest.mark.parametrize(
    ("text", "encoding", "tag"),
    [
        (RUSSIAN, "koi8-r", "<meta charset=koi8-r>"),
        (RUSSIAN, "cp1251", '<META content="text/html; charset=windows-1251" http-equiv="a">'),
        (RUSSIAN, "iso8859_5", '<?xml version="1.0" encoding="iso-8859-5"?>'),
        (CHINESE, "gb18030", '<meta charset="GB2312">'),
        ("“Vier” – für 5 €", "cp1252", "<meta charset='iso-8859-1'>"),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_names(text: str, encoding: str, tag: str) -> None:
    """However short it is, and with what browsers take the name for."""
    assert decode_page(f"{tag}<p>{text}".encode(encoding)) == f"{tag}<p>{text}"


@pytest.mark.parametrize("tag", ["", "<meta charset=utf-8>", "<meta charset=punycode>", "<meta x>"])
def test_a_page_that_names_no_such_encoding_is_read_as_it_looks(tag: str) -> None:
    """Also one that names another than it is in."""
    assert POLISH in decode_page(f"{tag}<p>{POLISH}".encode("iso8859_2"))


def test_a_name_that_the_bytes_contradict_is_not_believed() -> None:
    """UTF-8 stays UTF-8, a mark comes first, and bytes that the named encoding lacks speak."""
    named = f"<meta charset=big5><p>{POLISH}"
    for encoding in ("utf-8", "utf-16", "cp1250"):
        assert decode_page(named.encode(encoding)).removeprefix("\ufeff") == named
    cut = f"<meta charset=iso-8859-1><p>{RUSSIAN}".encode()[:-2]
    assert RUSSIAN[:-2] in decode_page(cut + b"\xd0")


def test_an_article_is_read_in_the_encoding_of_its_page() -> None:
    """From the page's beginning to the article's text."""
    page = f"<html><head><meta charset=koi8-r></head><body><article><p>{RUSSIAN * 9}"
    assert RUSSIAN in extract(page.encode("koi8-r"), ".html").text


def test_a_page_that_is_no_text_says_so() -> None:
    """It is not read as letters by chance."""
    with pytest.raises(ExtractionError, match=r"^the (bytes|file).*; save it as UTF-8"):
        extract(b"<html>\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x81\x8d\x8f", ".html")
