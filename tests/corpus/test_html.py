"""A page's article is read, with what its tags state, and no reader's comment."""

from datetime import date

import pytest

from corpus.extract import ExtractionError, extract
from corpus.page_lines import lines_around

BODY = "".join(
    f"<p>Paragraph {n} tells how the harbour of Kessel froze over, and how many ships waited.</p>"
    for n in ("one", "two", "three", "four")
)
PAGE = f"""<html><head><title>Frozen harbour</title>
<meta property="og:title" content="Ships wait outside frozen harbour">
<meta property="og:site_name" content="The Kessel Paper">
<meta name="author" content="Anna Field">
<meta property="article:published_time" content="2019-01-14T09:00:00Z">
<link rel="canonical" href="https://news.example/kessel">
</head><body><nav><ul><li><a href="/">Home</a></li><li><a href="/s">Sport</a></li></ul></nav>
<article><h1>Ships wait outside frozen harbour</h1>{BODY}
<p>Subscribe to our newsletter!</p>
<blockquote class="twitter-tweet"><p>We have waited long enough at Kessel.</p></blockquote>
<p>The last paragraph tells that an icebreaker is due to arrive on Friday morning.</p></article>
<div id="comments"><p>I am a sailor and I say that the captain is right about all of it.</p></div>
</body></html>"""


def test_a_page_gives_its_article() -> None:
    """Body and embedded posts stay; menu, title, call to subscribe and comments go."""
    text = extract(PAGE.encode(), ".html").text
    assert text.startswith("Paragraph one tells")
    assert "We have waited long enough" in text
    assert text.endswith("on Friday morning.")
    assert "Subscribe" not in text
    assert "sailor" not in text


def test_what_the_page_states_is_metadata() -> None:
    """Title, source, author, date and address come from its tags."""
    stated = extract(PAGE.encode(), ".html").stated
    assert stated.title == "Ships wait outside frozen harbour"
    assert stated.source == "The Kessel Paper"
    assert stated.author == "Anna Field"
    assert stated.published == date(2019, 1, 14)
    assert stated.url == "https://news.example/kessel"


def test_a_date_in_running_text_is_not_the_articles() -> None:
    """A page that states no date stays undated."""
    page = f"<html><body><article>{BODY}<p>It was so on 3 May 2011 too.</p></article></body></html>"
    assert extract(page.encode(), ".html").stated.published is None


def test_what_was_dropped_can_be_looked_over() -> None:
    """The call to subscribe is named with its reason."""
    dropped = {d.text: d.reason for d in extract(PAGE.encode(), ".html").dropped}
    assert dropped["Subscribe to our newsletter!"] == "call to the reader"


@pytest.mark.parametrize(
    ("attributes", "shown"),
    [
        ("", ["1. Always be kind.", "2. No adverts.", "9. No spam."]),
        ("start=3", ["3. Always be kind.", "4. No adverts.", "9. No spam."]),
        ("reversed", ["3. Always be kind.", "2. No adverts.", "9. No spam."]),
        ("start=x", ["1. Always be kind.", "2. No adverts.", "9. No spam."]),
        ("type=a", ["- Always be kind.", "- No adverts.", "- No spam."]),
    ],
)
def test_items_keep_the_numbers_that_a_browser_shows(attributes: str, shown: list[str]) -> None:
    """A member asks what rule 2 is; letters are not written out."""
    items = "<li>Always be kind.</li><li><p>No adverts.</p></li><li value=9><b>No</b> spam.</li>"
    page = f"<html><body><article>{BODY}<ol {attributes}>{items}</ol>{BODY}</article></body></html>"
    text = extract(page.encode(), ".html").text
    assert [p for p in text.split("\n\n") if not p.startswith("Paragraph")] == shown
    assert list(lines_around(page.encode(), text, ())) == []


CODE = "def dig(hole):\n    if deep:\n        stop()\n\n    return  hole"


@pytest.mark.parametrize(
    "markup",
    [
        f"<pre><code>{CODE}\n</code></pre>",
        f"<div class=mw-highlight><pre><i>{CODE.replace('deep', '</i>deep')}</pre></div>",
        f"<pre class=code>{CODE.replace(chr(10), '<br>').replace('    ', chr(9))}</pre>",
    ],
)
def test_code_keeps_its_lines_and_indentation(markup: str) -> None:
    """So that it can be copied; without its empty lines it is one paragraph."""
    page = f"<html><body><article>{BODY}{markup}<p>That is all.</p>{BODY}</article></body></html>"
    text = extract(page.encode(), ".html").text
    assert f"\n\n{CODE.replace(chr(10) * 2, chr(10))}\n\nThat is all.\n\n" in text
    assert list(lines_around(page.encode(), text, ())) == []


def test_a_page_that_has_the_marks_for_code_keeps_them() -> None:
    """Nobody could tell whose they are."""
    markup = f"<p>The mark \u2420 stands for a blank.</p><pre><code>{CODE}</code></pre>"
    page = f"<html><body><article>{BODY}{markup}{BODY}</article></body></html>"
    assert "\n\nThe mark \u2420 stands for a blank.\n\n" in extract(page.encode(), ".html").text


def test_items_that_are_links_get_no_numbers() -> None:
    """A paper's most read would pass for its article."""
    links = "".join(f'<li><a href="/{n}">Ship {n} waits</a></li>' for n in range(5))
    page = f"<html><body><article>{BODY}<ol>{links}</ol>{BODY}</article></body></html>"
    assert "2. Ship" not in extract(page.encode(), ".html").text


def test_numbers_that_a_page_writes_itself_are_not_doubled() -> None:
    """Some lists hide their marks."""
    page = f"<html><body><article>{BODY}<ol><li>1) Be kind.</li></ol>{BODY}</article></body></html>"
    assert "\n\n- 1) Be kind.\n\n" in extract(page.encode(), ".html").text


def read(*blocks: str) -> list[str]:
    """Return the paragraphs of an article between two others."""
    page = f"<html><body><article>{BODY}{''.join(blocks)}{BODY}</article></body></html>"
    return extract(page.encode(), ".html").text.split("\n\n")[4:-4]


@pytest.mark.parametrize("ordered", [True, False])
def test_steps_of_a_guide_are_no_calls_to_the_reader(ordered: bool) -> None:
    """They bid to sign up, to log in and to download; an appeal beside them still goes."""
    steps = ["Sign up on the website", "Download the launcher", "Log in", "Follow us on the map"]
    kind = "ol" if ordered else "ul"
    items = "".join(f"<li>{step}</li>" for step in steps)
    marks = [f"{n}. " if ordered else "- " for n in range(1, 5)]
    shown = [f"{mark}{step}" for mark, step in zip(marks, steps, strict=True)]
    assert read(f"<{kind}>{items}</{kind}><p>Subscribe to our newsletter!</p>") == shown


def test_short_sections_keep_their_headings_and_what_they_say() -> None:
    """A server's address, its version, a telephone number, days of changes, a short answer."""
    blocks = [
        "Address", "play.kessel.example", "Version", "1.20.4", "Contact", "Write to the list.",
        "Phone", "12 34 56", "2024-03-01", "Bees are back.", "Is it free?", "Yes", "Now?", "Yes",
    ]  # fmt: skip
    assert read(*(f"<p>{block}</p>" for block in blocks)) == blocks


def test_a_list_under_a_label_of_links_is_the_articles() -> None:
    """Lists of links are left out before; what a label stands above otherwise are links."""
    mods = "<h2>Recommended mods</h2><ul><li>Sodium, an old one</li><li>Lithium</li></ul>"
    assert read(mods) == ["Recommended mods", "- Sodium, an old one", "- Lithium"]
    assert read("<p>Recommended mods</p><p>Sodium is old</p><p>It is good.</p>") == ["It is good."]


def test_a_row_that_begins_like_a_label_is_a_row() -> None:
    """And the line below a table's head is no part of the page."""
    table = "<tr><th>Tags</th><th>Use</th></tr><tr><td>Topics</td><td>two</td></tr>"
    page = f"<html><body><article>{BODY}<table>{table}</table>{BODY}</article></body></html>"
    found = extract(page.encode(), ".html")
    assert "\n\nTags | Use\n\nTopics | two\n\n" in found.text
    assert found.dropped == ()


def test_a_page_of_few_words_is_read_a_block_a_line() -> None:
    """Words in bold are no blocks; what is left out of such a page parts nothing either."""
    page = (
        "<html><head><title>Hours</title></head><body><p>We are open from nine to five.</p>"
        "<script>var a = 1</script><ol><li>On Sundays we are <b>closed</b>.</li></ol></body></html>"
    )
    text = extract(page.encode(), ".html").text
    assert text == "We are open from nine to five.\n\n1. On Sundays we are closed."
    old = "<b>RULES</b><br><br>1. Be kind.<br>2. No griefing,<br>anywhere.<br>Ask if in doubt."
    page = f"<html><head><title>Kessel</title></head><body><font>{old}</font></body></html>"
    text = extract(page.encode(), ".html").text
    assert text == "RULES\n\n1. Be kind.\n\n2. No griefing, anywhere.\n\nAsk if in doubt."


def test_a_sentence_goes_on_behind_a_line_break() -> None:
    """A small letter goes on with it; any other begins anew."""
    assert read("<p>Nobody who waits<br>in the <b>ice</b> waits long.<br>So it is said.</p>") == [
        "Nobody who waits in the ice waits long.",
        "So it is said.",
    ]


def test_cells_keep_their_lists_code_and_strokes() -> None:
    """Without a mark of ours or of trafilatura's."""
    rows = (
        "<tr><td>a | b</td><td><ul><li>one</li><li>two</li></ul></td></tr>"
        "<tr><td><pre><code>x = 1</code></pre></td><td><ol><li>first</li></ol></td></tr>"
    )
    assert read(f"<table>{rows}</table>") == ["a | b | one two", "x = 1 | 1. first"]


def test_code_beside_the_numbers_of_its_lines_is_code() -> None:
    """Such a table is no table; its numbers are not of the code."""
    numbers = "<td class=linenos><pre>1\n2</pre></td>"
    code = "<td class=code><div><pre><span></span>def f():\n    return 1\n</pre></div></td>"
    table = f"<table class=highlighttable><tr>{numbers}{code}</tr></table>"
    page = f"<html><body><article>{BODY}{table}<p>So it is.</p>{BODY}</article></body></html>"
    shown = "\n\ndef f():\n    return 1\n\nSo it is.\n\n"
    assert shown in extract(page.encode(), ".html").text


def test_a_page_laid_out_in_a_table_is_no_row() -> None:
    """Its paragraphs and lists are those of any page."""
    article = f"<h1>Rules</h1>{BODY * 3}<ul><li>Be kind to all</li></ul>{BODY}"
    cells = f"<td><a href=/>Home</a></td><td>{article}</td>"
    page = f"<html><body><table><tr>{cells}</tr></table></body></html>"
    paragraphs = extract(page.encode(), ".html").text.split("\n\n")
    assert "- Be kind to all" in paragraphs
    assert not any("|" in paragraph for paragraph in paragraphs)


def test_what_joins_letters_stays() -> None:
    """Persian words and some emoji are others without it; in the title too."""
    words, title = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\U0001f468\u200d\U0001f467"
    page = (
        f"<html><head><title>A {title} in Kessel</title></head><body><article>{BODY}"
        f"<p>{words} <b>x</b>{title}.</p>{BODY}</article></body></html>"
    )
    found = extract(page.encode(), ".html")
    assert f"\n\n{words} x{title}.\n\n" in found.text
    assert found.stated.title == f"A {title} in Kessel"


def test_a_table_is_read_as_in_other_formats() -> None:
    """A row a paragraph, without the lines that part its cells and its head in plain text."""
    table = (
        "<table><thead><tr><th>Ship</th><th>Cargo</th><th>Crew</th></tr></thead><tbody>"
        "<tr><td>Wasp</td><td>8</td><td>1</td></tr><tr><td>Ox</td><td></td><td>3</td></tr>"
        "<tr><td>Mule</td><td>40</td><td></td></tr></tbody></table>"
    )
    page = f"<html><body><article>{BODY}{table}{BODY}</article></body></html>"
    shown = "\n\nShip | Cargo | Crew\n\nWasp | 8 | 1\n\nOx | | 3\n\nMule | 40\n\n"
    assert shown in extract(page.encode(), ".html").text


@pytest.mark.parametrize("url", ["javascript:alert(1)", "http://user:word@evil.example/a"])
def test_an_address_that_nobody_may_open_is_not_stated(url: str) -> None:
    """The one that the page was found at stands in for it."""
    page = PAGE.replace("https://news.example/kessel", url)
    assert extract(page.encode(), ".html").stated.url is None


def test_what_lies_too_deep_is_missed_aloud() -> None:
    """The parser gives up without a word; a moderator is to know that there was more."""
    nested = "".join(f"<div>{BODY.replace('one', f'{n}')}" for n in range(300))
    found = extract(f"<html><body><article>{nested}</article></body></html>".encode(), ".html")
    assert "Paragraph 200 tells" in found.text
    (problem,) = found.problems
    assert problem.startswith("what lies in over 256 tags")
    assert extract(PAGE.encode(), ".html").problems == ()


def test_a_page_without_an_article_says_so() -> None:
    """An empty page is an error with a remedy."""
    with pytest.raises(ExtractionError, match="no article found on the page; save"):
        extract(b"<html><body></body></html>", ".html")


def test_a_page_too_large_is_refused_at_once() -> None:
    """The limit is in the message."""
    with pytest.raises(ExtractionError, match="21 MB, at most 20 MB"):
        extract(b"<p>" + b"x" * 21_000_000, ".htm")
