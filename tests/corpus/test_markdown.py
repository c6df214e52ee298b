"""Markdown is an author's own: only its marks and front matter are taken off."""

from datetime import date
from time import process_time

import pytest

from corpus.extract import ExtractionError, extract
from tests.corpus.proportion import check_proportion

TEXT = """---
title: The case
author: [Ann Lee, Bo Ek]
source: The Kessel Paper
date: 2019-01-14
url: https://news.example/case
---
# The case

Hello *world*, see [the docs](https://docs.example) and `code x`.
The next line of it.

## Share this

1. Subscribe to our newsletter!
2. Read ![a picture](c.png)

```py
def f():
    return "[not](a link)"
```

> 3 min read

| A | B |
|---|---|
| 1 | 2 |
"""


def test_every_word_shown_is_in_the_article() -> None:
    """Headings, items, code, quotations and tables stay, even if they read like furniture."""
    assert extract(TEXT.encode(), ".md").text.split("\n\n") == [
        "Hello world, see the docs and code x. The next line of it.",
        "Share this",
        "1. Subscribe to our newsletter!",
        "2. Read a picture",
        'def f():\n    return "[not](a link)"',
        "3 min read",
        "A | B",
        "1 | 2",
    ]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("```py\nif x:\n\n\tgo()  # now\n```", "if x:\n    go()  # now"),
        ("Do:\n\n        if x:\n            go()", "Do:\n\nif x:\n    go()"),
        ("1. Do:\n\n   ~~~\n   if x:\n     go()\n   ~~~", "1. Do:\n\nif x:\n  go()"),
        ("```\n  a  b\n```\n\n![c\nd](e.png)", "a b\n\nc d"),
        ("Words.\n```\n \n\n```", "Words."),
    ],
)
def test_code_keeps_its_lines_and_indentation(written: str, shown: str) -> None:
    """So that it can be copied; without its empty lines it is one paragraph."""
    assert extract(written.encode(), ".md").text == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2. Be kind.\n4. No adverts.", ["2. Be kind.", "4. No adverts."]),
        ("1) a\n   1. b\n2) c\n   1. d", ["1) a", "1. b", "2) c", "1. d"]),
        ("1. a\n1. b\n1. c", ["1. a", "2. b", "3. c"]),
        ("1. a\n\n   b\n   - c\n2. d", ["1. a", "b", "c", "2. d"]),
        ("1. a\n\nOr:\n\n1. b", ["1. a", "Or:", "1. b"]),
    ],
)
def test_items_keep_their_numbers(written: str, shown: list[str]) -> None:
    """A member asks what rule 4 is; a list of the same numbers is counted, as everywhere."""
    assert extract(written.encode(), ".md").text.split("\n\n") == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**Given by:** Aune\n**Level**: 14 and\nup", ["Given by: Aune", "Level: 14 and up"]),
        ("Ash Lane 3  \nKessel\\\nOpen", ["Ash Lane 3", "Kessel", "Open"]),
        (
            "The ferry had been  \nlate for **three**\n**days**",
            ["The ferry had been late for three days"],
        ),
        ("| A | B |\n|---|---|\n| **x**<br>y | |", ["A | B", "x y"]),
    ],
)
def test_a_line_broken_to_begin_anew_is_a_paragraph(written: str, shown: list[str]) -> None:
    """Such as one that says first what it is; a sentence that goes on is not broken."""
    assert extract(written.encode(), ".md").text.split("\n\n") == shown


def test_front_matter_is_stated() -> None:
    """Title, source, author, date and address come from the header."""
    stated = extract(TEXT.encode(), ".md").stated
    assert stated.title == "The case"
    assert stated.author == "Ann Lee, Bo Ek"
    assert stated.source == "The Kessel Paper"
    assert stated.published == date(2019, 1, 14)
    assert stated.url == "https://news.example/case"


def test_the_first_heading_is_the_title_that_was_not_stated() -> None:
    """It is inferred, so a sidecar goes before it, and it leaves the text."""
    found = extract(b"# On walking\n\nIt is attention.", ".md")
    assert (found.stated.title, found.inferred.title) == (None, "On walking")
    assert found.text == "It is attention."


@pytest.mark.parametrize(
    ("heading", "text"),
    [("On Walking ", "It is attention."), ("Of attention", "Of attention\n\nIt is attention.")],
)
def test_a_heading_that_is_not_the_stated_title_is_text(heading: str, text: str) -> None:
    """The first of the article; the title again is not said twice."""
    found = extract(f"---\ntitle: On walking\n---\n# {heading}\n\nIt is attention.".encode(), ".md")
    assert (found.stated.title, found.text) == ("On walking", text)


@pytest.mark.parametrize(
    ("author", "read"),
    [
        ("[Ann Lee, [Bo Ek, [Cy]]]", "Ann Lee, Bo Ek, Cy"),
        ("[{name: Ann Lee, url: x}, {mail: y}]", "Ann Lee"),
        ("{name: [Ann Lee, Bo Ek]}", "Ann Lee, Bo Ek"),
        (f"[{', '.join(f'A{n}' for n in range(60))}]", ", ".join(f"A{n}" for n in range(50))),
        ("[[[[[Ann]]]]]", None),
        ("[]", None),
    ],
)
def test_authors_may_be_a_list_with_more_in_it(author: str, read: str | None) -> None:
    """Their names are taken, as far as people go."""
    found = extract(f"---\nauthor: {author}\n---\nSome words.".encode(), ".md")
    assert found.stated.author == read
    assert found.is_whole is bool(read)


def test_a_comment_above_the_first_heading_is_nothing() -> None:
    """Notes to programs often stand there."""
    found = extract(b"<!-- lint: off -->\n\n# On walking\n\nIt is attention.", ".md")
    assert (found.inferred.title, found.text) == ("On walking", "It is attention.")


def test_a_date_that_is_none_leaves_the_article_undated() -> None:
    """The article goes through, and the problem says what to write."""
    found = extract(b"---\ndate: 32 May\n---\nSome words.", ".md")
    assert found.stated.published is None
    (problem,) = found.problems
    assert problem.startswith("front matter's published '32 May' cannot be used: use YYYY-MM-DD;")
    assert not found.is_whole


def test_broken_front_matter_is_a_problem_not_a_failure() -> None:
    """And no part of the text, whatever stands in it."""
    for front in ("---\ntitle: [a\n---", "---\ntitle: Syria: talks\nsource: Herald\n---"):
        found = extract(f"{front}\nSome words.\n\n---\n\nMore.".encode(), ".md")
        assert "front matter cannot be read" in found.problems[0]
        assert found.text == "Some words.\n\nMore."
        assert not found.is_whole


def test_front_matter_is_taken_as_it_is_written() -> None:
    """A version is no number and "No" no falsehood; what says nothing is not there."""
    found = extract(b"---\ntitle: 1.10\nsource: No\nauthor: ~\nurl: null\n---\nSome words.", ".md")
    assert (found.stated.title, found.stated.source) == ("1.10", "No")
    assert (found.stated.author, found.stated.url, found.problems) == (None, None, ())


def test_a_slip_in_front_matter_is_shown_with_its_line() -> None:
    """A title with a colon is the commonest one."""
    found = extract(b"---\ndate: 2015-01-05\ntitle: Rules: new\n---\nSome words.", ".md")
    assert ": 'title: Rules: new'); mend it, a value with a colon needs quo" in found.problems[0]
    found = extract(b"---\ntitle: Rules\ndate: 2015-13-45\n---\nSome words.", ".md")
    assert found.stated.title == "Rules"
    assert "published '2015-13-45' cannot be used: use YYYY-MM-DD" in found.problems[0]


NOTHING = '""'


def test_an_address_that_nobody_can_open_is_a_problem() -> None:
    """It would be no link, and nobody would know why."""
    found = extract(b"---\nurl: herald.example/a\n---\nSome words.", ".md")
    assert found.stated.url is None
    assert "url 'herald.example/a' cannot be used: write an address with htt" in found.problems[0]


def _folded(leaf: str) -> str:
    """Return a value that unfolds to 10 to the power of 9 leaves."""
    lines = [f"a0: &a0 [{', '.join([leaf] * 10)}]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    return "\n".join((*lines, "title: *a8"))


@pytest.mark.parametrize(
    "front",
    [
        f"---\n{_folded('x')}\n---",
        f"---\n{_folded(NOTHING)}\n---",
        f"---\n{_folded('[]')}\n---",
        f"---\n{_folded('x')}\nauthor: !!omap [a: *a8]\n---",
        "---\ntitle: &a [*a]\n---",
        "---\ntitle: &a {name: *a}\n---",
        f"---\ntitle: {'[' * 200_000}\n---",
        f"---\ntitle: {'[' * 50_000}{']' * 50_000}\n---",
        f"---\n{'- ' * 50_000}\n---",
        f"---\ntitle: 0x{'f' * 6000}\n---",
        f"+++\ntitle = 0x{'f' * 6000}\n+++",
    ],
)
def test_hostile_front_matter_costs_no_time_and_no_article(front: str) -> None:
    """What is folded, endless or deep leaves the text as it is, and the process alive."""
    began = process_time()
    found = extract(f"{front}\nSome words.".encode(), ".md")
    assert (found.text, process_time() - began < 2) == ("Some words.", True)
    assert all(len(problem) < 400 for problem in found.problems)


def test_front_matter_may_be_toml_and_lines_may_end_as_on_windows() -> None:
    """Broken or not, it is no part of the text."""
    found = extract(b"+++\r\ntitle = 'A'\r\ndate = 2015-01-05\r\n+++\r\nSome words.\r\n", ".md")
    assert (found.stated.title, found.stated.published) == ("A", date(2015, 1, 5))
    assert found.text == "Some words."
    broken = extract(b"---\r\ntitle: [a\r\n---\r\nSome words.", ".md")
    assert broken.text == "Some words."
    assert not broken.is_whole


def test_words_between_two_rules_are_text() -> None:
    """An article may begin with a rule."""
    found = extract(b"---\n\nFirst words.\n\n---\n\nMore.", ".md")
    assert found.text == "First words.\n\nMore."
    assert found.is_whole


def test_html_in_it_shows_what_a_browser_shows() -> None:
    """A line break parts words, a tag within a line does not, and programs are no words."""
    text = (
        "One<br>two and <b>bo</b>ld `<br>`.\n\n<p>Hello &amp; <b>bo</b>ld</p><p>Bye</p>\n\n"
        "<script>\nlet x\n\nlet y\n</script>\n\n<STYLE>p {}</STYLE>\n\n<!-- a\n\nb -->\n\nEnd."
    )
    paragraphs = ["One two and bold <br>.", "Hello & bold", "Bye", "End."]
    assert extract(text.encode(), ".md").text.split("\n\n") == paragraphs


@pytest.mark.parametrize("trick", ["<!--", "<script>", "<style", "<br", "---\n", "+++\n"])
def test_hostile_markup_takes_time_in_proportion(trick: str) -> None:
    """Half a minute would be a refresh that hangs."""
    check_proportion(lambda count: extract(f"Words.\n\n{trick * count}".encode(), ".md"))


@pytest.mark.parametrize(
    "boxes",
    [
        "> " * 120,
        "+ " * 12,
        "".join(f"{'  ' * n}- one\n" for n in range(60)),
        "> - " * 9,
        "1. > " * 9,
    ],
)
def test_what_stands_deep_is_read_and_so_is_all_below(boxes: str) -> None:
    """The parser drops what is deeper than twenty boxes, and of a list all that follows it."""
    text = extract(f"{boxes}deep\n\nEnd.".encode(), ".md").text
    assert text.endswith("deep\n\nEnd.")
    assert text.count("one") == boxes.count("one")


def test_front_matter_alone_is_no_article() -> None:
    """The message says where the text belongs."""
    with pytest.raises(ExtractionError, match="nothing stands below the front matter; put"):
        extract(b"---\ntitle: x\n---\n", ".md")
