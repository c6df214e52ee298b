"""What stands above an article for programs is read in each form that they know, and not quoted."""

from datetime import date

import pytest

from corpus.extract import extract

NIKOLA = """<!--
.. title: Fair: the second
.. slug: fair
.. date: 2019-01-14 10:00:00 UTC
.. tags:
.. link:
-->

"""
PELICAN = """Title: Fair: the second
Date: 2019-01-14 10:00
URL: fairs/second/
Tags:
Summary: It rained,
    and all came.

"""


@pytest.mark.parametrize(
    "header",
    [
        "---\ntitle: 'Fair: the second'\ndate: 2019-01-14\n...\n",
        "---\ntitle: 'Fair: the second'\ndate: 2019-01-14\n---\n",
        NIKOLA,
        PELICAN,
        PELICAN.replace("Title", "title"),
    ],
)
def test_a_header_is_stated_and_not_quoted(header: str) -> None:
    """YAML between rules or dots, Nikola's in a comment, Pelican's without any mark."""
    found = extract(f"{header}All came.\n...\nIt rained.".encode(), ".md")
    assert found.text == "All came. ... It rained."
    assert (found.stated.title, found.stated.published) == ("Fair: the second", date(2019, 1, 14))
    assert found.problems == ()


def test_a_title_by_itself_is_a_header() -> None:
    """Pages of a site have no date."""
    found = extract(b"Title: Fair\n\nAll came.", ".md")
    assert (found.stated.title, found.text) == ("Fair", "All came.")


@pytest.mark.parametrize(
    "text",
    [
        "Title: Fair\nDate: on Saturday\n\nAll came.",
        "Summary: we meet at noon.\n\nAll came.",
        "Title: Fair\nStatus: open to all\n\nAll came.",
        "Title: Fair\nPrize: a pie\n\nAll came.",
        "Title: Fair\nAll came.",
        "---\n\nAll came.\n\n>>> loop\n...\nIt rained.",
        "<!-- .. title: -->\n\nAll came.",
    ],
)
def test_what_readers_are_told_is_no_header(text: str) -> None:
    """Lines with labels may be the article's own: in doubt they are kept."""
    found = extract(text.encode(), ".md")
    assert found.stated.title is None
    for word in text.replace("<!-- .. title: -->", "").replace("---", "").split():
        assert word.strip(">") in found.text


def test_a_path_within_the_site_is_no_address_and_no_mistake() -> None:
    """The program that builds the site needs it; nobody can open it from elsewhere."""
    data = b"---\nurl: /fairs/second/\nlink: https://news.example/fair\n---\nAll came."
    found = extract(data, ".md")
    assert (found.stated.url, found.problems) == ("https://news.example/fair", ())
    assert found.is_whole
