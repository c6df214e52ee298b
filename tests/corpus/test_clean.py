"""Saved web pages lose their furniture; texts that were none keep every word."""

import re
from pathlib import Path
from textwrap import fill
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.clean import Cleaned, clean
from corpus.extracted import one_line

BODY = (
    "The harbour of Kessel froze over in January, and forty ships waited outside for a week.",
    "Captain Ilse Brandt said that nobody aboard had been told when the ice would be broken.",
    "How long it lasts",
    "The town council met twice and could not agree on who should pay for the icebreaker.",
    '"We have waited long enough, and we will not wait for another meeting," Brandt said.',
    "An icebreaker from the next port is due to arrive in Kessel on Friday morning.",
)
PAGE = """
  1. Skip to content
  2. Home

Share
Tweet

Ships wait outside frozen Kessel harbour

3 min read
14 January, 2019
By Anna Field
https://news.example/kessel
Ships in the ice off Kessel on 12 January 2019 [Getty]
{}

{}

Advertisement

{}

{}

We have waited long enough, and we will not wait for another meeting

{}

Related stories

  • Old icebreaker sold to a museum
  • Mild winter ends early

{}

We, the reporters of this paper, need your help. Please support our journalism with a gift.

Source: News Agencies

2 Comments

  • rate this

    Comment number 2.

    The council should pay, as councils in other towns always have done before.

  • rate this

    Comment number 1.

    I am a sailor and I say that the captain is right about all of it.

Copyright 2019 The Kessel Paper. All rights reserved.
""".format(*BODY)

ESSAY = """On walking

I have walked the same road every morning for eleven years, and it bends twice before the mill.

We often speak of walking as exercise. It is not exercise; our readers know that it is attention.

More people should walk. The latest path is open. Related paths will follow in the spring."""
QUESTIONS = """Frequently asked questions

How do I sign up?
Send a mail to the desk and ask for an account. Someone will answer you within a day or two.

- Members read
- Moderators add

Download
Get the newest release from the releases page and unpack it wherever you like to keep such things.

    pip install footnote

Contact
Write to the list. Your help is welcome.

Privacy policy
We keep nothing."""
RULES = """Community rules

1. Be kind.
2. No advertising.
3. Search before you post.
4. Report abuse to a moderator
5. Read the pinned messages
6. Sign up with your real name
7. Support other members
8. Comments must stay on topic"""
VERSE = """Rain

The rain falls down
on every town,
the rain falls down
on me.

I walk the street
with both my feet,
the rain falls down
on me."""
TRANSCRIPT = """Interview with the harbour master

Q: When did you start?
A: In 1988. I was nineteen, and nobody else wanted the night watch in those years.

12:45
Q: Did you like it?
A: Yes.

Q: Did you like it?
A: I said yes, and I would say so again to anybody who asked me about it."""
CAPITALS = """AFTER THE WINTER

THE ALLIES MET IN DECEMBER TO HELP BUILD A FLEET . NOBODY MADE AN ATTEMPT TO DEVISE A PLAN .

LAST WEEK THEY STUDIED THE ACCORD, AND SAW THE FIRST OUTLINES OF WHAT THE U.S . WILL SUPPORT ."""
ITEMS = """What to bring to the camp

The camp lasts four days and there is no shop within ten miles, so pack with care and share.

• Tent and pegs
• Sleeping bag
• Two litres of water
• Torch

Everything should fit in one rucksack of at most sixty litres. Label it with your name."""


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def reason_of(found: Cleaned, start: str) -> str:
    return next(d.reason for d in found.dropped if d.text.startswith(start))


def test_a_page_keeps_its_article_and_nothing_else() -> None:
    """Every paragraph and heading stays; menus, captions, appeals and comments go."""
    assert clean(PAGE).kept == BODY


def test_the_head_of_a_page_is_read() -> None:
    """Title, date line, byline and address line become metadata."""
    found = clean(PAGE).inferred
    assert found.title == "Ships wait outside frozen Kessel harbour"
    assert str(found.published) == "2019-01-14"
    assert found.author == "Anna Field"
    assert found.url == "https://news.example/kessel"


def test_every_dropped_block_has_its_reason() -> None:
    """Moderators see why each piece was left out."""
    found = clean(PAGE)
    assert reason_of(found, "1. Skip") == "navigation"
    assert reason_of(found, "Advertisement") == "advertisement"
    assert reason_of(found, "We have waited") == "repeats words of the article"
    assert reason_of(found, "We, the reporters") == "appeal of the publisher"
    assert reason_of(found, "The council should pay").startswith("reader comments")


@pytest.mark.parametrize("layout", ["spaced", "dense"])
def test_the_layout_of_the_capture_does_not_matter(layout: str) -> None:
    """Blocks parted by empty lines, and lines with nothing between them, give the same."""
    lines = [line.strip(" •") for line in PAGE.split("\n") if line.strip()]
    assert clean(("\n\n" if layout == "spaced" else "\n").join(lines)).kept == BODY


def test_a_page_saved_with_broken_lines_is_a_page() -> None:
    """As mail and browsers in a terminal break them: its menus are not its author's."""
    found = clean("\n\n".join(fill(line.strip(" •"), 64) for line in PAGE.split("\n")))
    assert found.kept == BODY


@pytest.mark.parametrize(
    "text", [ESSAY, QUESTIONS, RULES, VERSE, TRANSCRIPT, CAPITALS, ITEMS], ids=lambda t: t[:12]
)
def test_a_text_that_was_no_page_keeps_every_word(text: str) -> None:
    """Essays, questions, rules, verse, transcripts and lists are their author's."""
    found = clean(text)
    assert not found.dropped
    assert words(" ".join([found.inferred.title or "", *found.kept])) == words(text)


def test_a_text_of_which_little_would_be_left_was_no_page() -> None:
    """Six sections under a label that pages have too are six sections, unless readers comment."""
    paragraphs = [
        "The harbour stayed open all year, and the boats went out as they always had done.",
        "Nobody asked the master why he kept a lamp lit, since everybody thought they knew.",
        "In spring nets were mended on the quay, and children carried corks in baskets.",
        "The tide tables hung in a hut, and whoever wanted to know the hour read them there.",
        "A new rope cost more than a ship had cost once, so that old ones were spliced again.",
        "When fog came, bells were rung by whoever stood nearest, for as long as it lasted.",
    ]
    text = "\n\n".join(f"Related\n\n{paragraph}" for paragraph in paragraphs)
    text += "\n\nAdvertisement\n"
    assert [p for p in clean(text).kept if p in paragraphs] == paragraphs
    assert len(clean(f"{text}\nLeave a comment\n").kept) < len(paragraphs)


@pytest.mark.parametrize("line", ["Subscribe to our newsletter!", "The meeting is on Friday", "©"])
def test_a_single_line_stays_whatever_it_says(line: str) -> None:
    """An announcement is never cleaned away, nor taken for a title without a text."""
    assert clean(line).kept == (line,)


def test_the_head_of_a_table_is_no_title() -> None:
    """It would be missing above its rows."""
    rows = ("| Ship | Crew |", "| Wasp | 1 |", "It sails.")
    assert clean("\n".join(rows)).kept == rows


def test_a_single_line_above_furniture_is_text() -> None:
    """It is no title, since nothing would stand below it."""
    found = clean("The meeting is on Friday\n\nCopyright 2019 The Kessel Paper")
    assert found.kept == ("The meeting is on Friday",)
    assert found.inferred.title is None


def test_a_line_of_which_the_article_says_nothing_is_no_title() -> None:
    """Above an article, pages have the names of their papers and sections, too."""
    title = "Ships wait outside frozen Kessel harbour"
    assert clean(PAGE.replace(title, "Daily Gazette Online")).inferred.title is None


def test_a_short_statement_is_no_label() -> None:
    """Sentences that begin like a label of links stay in the article of a page."""
    statement = "Related charges were dropped on Monday."
    assert statement in clean(PAGE.replace(BODY[3], f"{BODY[3]}\n\n{statement}")).kept


def test_a_date_in_a_caption_is_no_date_of_publication() -> None:
    """Only a line that says a date and nothing else counts."""
    page = PAGE.replace("14 January, 2019\n", "")
    assert clean(page).inferred.published is None


def test_a_day_of_change_is_no_day_of_publication() -> None:
    """A page that only says when it was updated stays undated."""
    page = PAGE.replace("14 January, 2019", "Updated 14 January, 2019")
    assert clean(page).inferred.published is None


def test_a_correction_stays() -> None:
    """What corrects an article belongs to it."""
    note = "Correction: An earlier version of this report gave the wrong name for the harbour."
    assert note in clean(PAGE.replace(BODY[5], f"{BODY[5]}\n\n{note}")).kept


def test_comments_without_times_are_comments() -> None:
    """Under a bare heading, short names above texts are readers'."""
    posts = [
        f"Name {i}\nI have sailed by Kessel {i} times and liked it very much." for i in "ABCDE"
    ]
    page = PAGE[: PAGE.index("2 Comments")] + "Comments\n\n" + "\n".join(posts)
    assert clean(page).kept == BODY


LINES = st.lists(
    st.sampled_from(
        [*PAGE.splitlines(), *ESSAY.splitlines(), "", "  • x", "Read more", "1.", "By A B", "…"]
    )
    | st.text(max_size=60),
    max_size=40,
)


@given(LINES)
def test_nothing_kept_is_invented(lines: list[str]) -> None:
    """Every kept paragraph stands in the text, blanks aside."""
    text = "\n".join(lines)
    source = squeezed(one_line(text))
    assert all(squeezed(paragraph) in source for paragraph in clean(text).kept)


@given(LINES)
def test_something_is_kept_of_every_text(lines: list[str]) -> None:
    """Cleaning never leaves an empty article where there was text."""
    text = "\n".join(lines)
    assert clean(text).kept or not one_line(text)


def test_cleaning_again_changes_nothing() -> None:
    """The cleaned article, with its title, is no page any more."""
    once = clean(PAGE)
    again = clean("\n\n".join([once.inferred.title or "", *once.kept]))
    assert again.kept == once.kept
    assert again.inferred.title == once.inferred.title


def test_tens_of_thousands_of_lines_take_seconds() -> None:
    """No step looks at every block for every other."""
    text = "\n".join(
        f"Line {i} of a long report, which goes on for a while." for i in range(30_000)
    )
    started = process_time()
    clean(text)
    assert process_time() - started < 20  # seconds of a slow processor; 2 on a fast one


@pytest.mark.parametrize(
    ("number", "paragraphs", "first", "last"),
    [
        ("000", 24, "The main Syrian opposition alliance", "The UN special envoy to Syria"),
        ("001", 14, "Moscow's proposal to hold", "A new round of UN-backed"),
        ("002", 11, "ISTANBUL", "Syria's government says"),
        ("003", 39, "Syrian National Council rejects", "“This will have a negative impact"),
        ("004", 11, "The Syrian opposition has rejected", "Brahimi is due in Moscow"),
    ],
)
def test_real_captures_keep_all_of_the_article(
    captures: Path, number: str, paragraphs: int, first: str, last: str
) -> None:
    """Standfirst, headings, analysis and last paragraph stay; the count was made by hand."""
    (path,) = captures.glob(f"{number}_*.txt")
    kept = clean(path.read_text(encoding="utf-8")).kept
    assert len(kept) == paragraphs
    assert kept[0].startswith(first)
    assert kept[-1].startswith(last)


def test_real_captures_lose_their_furniture(captures: Path) -> None:
    """Comments, captions, credits, appeals, links and notices are in none of the five."""
    furniture = (
        "skip to|rate this|feel compelled to speak|missile attacks on aleppo have enraged|min read"
        "|[getty]|small favor|your support|file photo|news agencies|ahmed jadallah|jm/ccp"
        "|cow wearing sunglasses|style sheets|p.dw.com"
    ).split("|")
    for path in captures.glob("*.txt"):
        text = "\n".join(clean(path.read_text(encoding="utf-8")).kept).casefold()
        assert [piece for piece in furniture if piece in text] == []


FROZEN = [
    f"The harbour of Kessel froze on day {n}, and the ships waited outside, said the mayor."
    for n in ("one", "two", "three", "four", "five")
]


GUIDE = ["How to get in", "1. Sign up", "2. Download it", "3. Log in", "4. Register"]


@pytest.mark.parametrize(
    ("between", "kept"),
    [
        (["Ice in the harbour", "Ice in the harbour of Kessel (Photo: Reuters)"], []),
        (["Ice on the pier", "Ice in the harbour (Photo: Reuters)"], ["Ice on the pier"]),
        (["Related", "Bakery sells out", "Mill burns down"], []),
        (["Related: bakery sells out", "What comes next"], ["What comes next"]),
        (["Read more about the harbour"], []),
        (["Frost", "Frost"], ["Frost"]),
        (["Advertisement"], []),
        (["Advertising"], ["Advertising"]),
        (GUIDE, GUIDE),
        (["Address", "play.kessel.example"], ["Address", "play.kessel.example"]),
        (["Play all of the videos"], []),
        (["Download"], ["Download"]),
        (["We need you.", "Please support our independent newsroom and become a member."], []),
    ],
)
def test_what_stands_between_paragraphs_goes_and_headings_stay(
    between: list[str], kept: list[str]
) -> None:
    """Pictures, links, adverts and appeals are the page's; a heading is the author's."""
    head = ["Skip to content", "Share on Facebook", "Ships wait outside frozen harbour"]
    foot = "Privacy Policy | Terms of Use | Contact"
    lines = [*head, *FROZEN[:2], *between, *FROZEN[2:], foot]
    assert clean("\n\n".join(lines)).kept == (*FROZEN[:2], *kept, *FROZEN[2:])


def test_a_call_to_the_reader_below_an_article_goes() -> None:
    """It stands where the last sentence is looked for."""
    head = ["Skip to content", "Share on Facebook", "Ships wait outside frozen harbour"]
    call = "Subscribe to our newsletter!"
    lines = [*head, *FROZEN, call, "Privacy Policy | Terms of Use | Contact"]
    assert clean("\n\n".join(lines)).kept == tuple(FROZEN)
