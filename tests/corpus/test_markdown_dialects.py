"""Texts from Discord, Obsidian and Notion show what a reader saw there, and none of their marks."""

from time import process_time

import pytest

from corpus.extract import extract
from corpus.spoilers import CLOSING, OPENING

ID = "123456789012345678"
RULES = f"""# Server rules
Welcome to **Harbour Town**! 🎉

**1. Be kind.** *Zero tolerance.*
**2. No spam.** Nobody pings <@&{ID}>.
**3. Stay on topic.** Art goes to <#{ID}>
> Moderators have the last word
__4. Spoilers__ are ||hidden|| <:sad:{ID}> <a:wave:{ID}>
Type </appeal list:{ID}>, `<t:0>` or `||a||`
-# Changed <t:1700000000:D>, last <t:1700000000>, at <t:1700000000:t> by <@{ID}>
"""
SHOWN = [
    "Welcome to Harbour Town! 🎉",
    "1. Be kind. Zero tolerance.",
    f"2. No spam. Nobody pings <@&{ID}>.",
    f"3. Stay on topic. Art goes to <#{ID}>",
    "Moderators have the last word",
    f"4. Spoilers are {OPENING}hidden{CLOSING} :sad: :wave:",
    "Type /appeal list, <t:0> or ||a||",
    f"Changed 14 November 2023, last 14 November 2023, 22:13 UTC, at 22:13 UTC by <@{ID}>",
]


@pytest.mark.parametrize("suffix", [".md", ".txt"])
def test_a_text_from_discord_is_read_as_discord_shows_it(suffix: str) -> None:
    """Each line by itself, times in words; what only Discord can name stays as it is."""
    found = extract(RULES.encode(), suffix)
    assert (found.inferred.title, found.text.split("\n\n")) == ("Server rules", SHOWN)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("**Rules**", "Rules"),
        ("__**The rules**__", "The rules"),
        ("### Rules of *ours*", "Rules of ours"),
        ("**Note:** read all of it.", None),
    ],
)
def test_the_first_line_of_a_text_from_discord_may_be_its_title(
    head: str, title: str | None
) -> None:
    """Not many write a heading of the first level there."""
    found = extract(f"{head}\n**1.** Be kind.\n**2.** No spam.".encode(), ".txt")
    assert found.inferred.title == title
    assert found.text.endswith("1. Be kind.\n\n2. No spam.")


@pytest.mark.parametrize(
    "text",
    [
        f"A page about Discord says that <#{ID}> is a channel.",
        "Members may** enter.\n\n** With a ticket. 2**3**4 is 4096, and **bold** is bold.",
        "# 1 of 3 was a hash.\n\n# 2 of 3 was another one.",
    ],
)
def test_another_text_keeps_its_signs(text: str) -> None:
    """One mark, or none that is sure, makes no text of Discord's."""
    assert extract(text.encode(), ".txt").text == text


@pytest.mark.parametrize("seconds", ["999999999999", "-999999999999"])
def test_a_moment_that_no_calendar_has_stays_as_it_is(seconds: str) -> None:
    """It is no reason to lose the article."""
    text = f"It ends <t:{seconds}:F>, says <@{ID}>."
    assert extract(text.encode(), ".md").text == text


def test_a_note_of_obsidian_shows_its_words() -> None:
    """Links by what they are called; what its author noted for himself is nobody's answer."""
    text = (
        "# Raid\n\n> [!warning]- Read first\n> Bring healers, see [[Healing#Potions|potions]].\n\n"
        "> [!note]\n> Be early.\n\n![[map.png]]\n\n![[Loot]] and [[Bosses#Kessel]] ==matter== %%ask"
        "\nBob%% here. ^hp\n\n`[[a]] == b` and a == b, c == d\n\n```\n[[x]] %%y%%\n```\n"
    )
    assert extract(text.encode(), ".md").text.split("\n\n") == [
        "Read first",
        "Bring healers, see potions.",
        "Note",
        "Be early.",
        "Loot and Bosses Kessel matter here.",
        "[[a]] == b and a == b, c == d",
        "[[x]] %%y%%",
    ]


def test_a_callout_of_notion_is_markdown_within() -> None:
    """Its tags are taken for HTML otherwise, in which marks are words."""
    text = "# Conduct\n\n<aside>\n💡 **Short:** be kind.\n\n</aside>\n\nMore."
    assert extract(text.encode(), ".md").text == "💡 Short: be kind.\n\nMore."


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (
            "Rules:\n**1. Be kind** here\n**2. No spam**",
            ["Rules:", "1. Be kind here", "2. No spam"],
        ),
        ("Rules\n**Be kind.** Or\nelse.\n**Be kin** or", ["Rules", "Be kind. Or else. Be kin or"]),
        (
            "Created: May 1\nLast edited: today\nby Ada",
            ["Created: May 1", "Last edited: today by Ada"],
        ),
        ("Q: May I?\nA: No.", ["Q: May I?", "A: No."]),
        ("18:00 Quiz\n20:00 Finals", ["18:00 Quiz", "20:00 Finals"]),
        (
            "It ends at\n18:00 sharp, says Ada.",
            ["It ends at 18:00 sharp, says Ada."],
        ),
        ("Do\n✅ this\n❌ not that\n• or this", ["Do", "✅ this", "❌ not that", "• or this"]),
        ("1️⃣ One\n2️⃣ Two\n3 of us", ["1️⃣ One", "2️⃣ Two 3 of us"]),
    ],
)
def test_lines_that_begin_anew_are_paragraphs(written: str, shown: list[str]) -> None:
    """Rules, properties, questions and times, of which no sentence is wrapped so."""
    assert extract(written.encode(), ".md").text.split("\n\n") == shown


WRAPPED = f"""**What one writes.** A channel is known by a number, as in <#{ID}>, which
every member sees as a name. So it is with roles and with people, whose marks
Discord shows. **Nobody** writes them by hand, but whoever reads what was kept of
**Kessel** meets <@{ID}> and wonders who was meant.
"""


@pytest.mark.parametrize("suffix", [".md", ".txt"])
@pytest.mark.parametrize("code", ["", "a\nb\n" * 9])
def test_a_wrapped_text_with_marks_of_discord_keeps_its_sentences(suffix: str, code: str) -> None:
    """Nobody wraps what he writes there, so its lines say nothing; those of code never do."""
    shown = WRAPPED.replace("\n", " ").replace("**", "").strip()
    text = f"{WRAPPED}\n```\n{code}```\n"
    assert extract(text.encode(), suffix).text == f"{shown}\n\n{code}".strip()


def test_one_sentence_on_two_lines_wraps_no_text() -> None:
    """The others still stand by themselves."""
    text = (
        f"We want everybody to have a good time here in this\nserver.\nBe kind to others\n"
        f"No spam in the channels please\nAsk <@{ID}> or <@{ID}>"
    )
    assert len(extract(text.encode(), ".md").text.split("\n\n")) == 4


@pytest.mark.parametrize("suffix", [".md", ".txt"])
def test_lines_from_discord_may_end_or_begin_with_blanks(suffix: str) -> None:
    """Discord shows them one by one all the same."""
    text = f"Ask <@{ID}>. \nOr <#{ID}>.\t\n  Or nobody.\nOr me."
    shown = [f"Ask <@{ID}>.", f"Or <#{ID}>.", "Or nobody.", "Or me."]
    assert extract(text.encode(), suffix).text.split("\n\n") == shown


@pytest.mark.parametrize(
    ("behind", "shown"),
    [
        ("==May== and [[Page]].", ["May and Page."]),
        (f"Ask <@{ID}>.\nOr me.", [f"Ask <@{ID}>.", "Or me."]),
        ("> [!tip]\n> Be early.", ["Tip", "Be early."]),
    ],
)
def test_marks_behind_a_block_of_code_are_seen(behind: str, shown: list[str]) -> None:
    """Though none stands before it."""
    text = f"```\ngo()\n```\n\n{behind}"
    assert extract(text.encode(), ".md").text.split("\n\n") == ["go()", *shown]


@pytest.mark.parametrize(
    ("before", "code", "behind"),
    [
        ("1. Run:\n\n", "   ```sh\n   [[ -f x ]] && a==b==c || [[x]]\n   ```", "\n"),
        ("Run:\n\n", "    [[x]] %%y%% ==z==", "\n\n"),
        ("Run:\n\n", "\t[[x]] %%y%% ==z==", "\n\n"),
        ("> Run:\n>\n", "> ~~~\n> [[x]] ==z==\n> ~~~~", "\n\n"),
        ("", "```\n> [!NOTE]\n> Text.\n<aside>\n</aside>\n```", "\n"),
        ("Run:\n\n", f"```\n<t:0> a||b||c <:sad:{ID}>\n-# d\n```", f"\n<@{ID}> <@{ID}>\n"),
    ],
)
def test_blocks_of_code_keep_every_sign(before: str, code: str, behind: str) -> None:
    """Wherever they stand: in lists, in quotations, or by their indentation alone."""
    text = f"# Notes\n\n[[Page]] is first.\n\n{before}{code}{behind}[[Page]] again."
    shown = extract(text.encode(), ".md").text
    lines = [line.lstrip("> \t") for line in code.split("\n") if "```" not in line]
    if not before:
        lines = code.split("\n")[1:-1]
    assert all(line in shown for line in lines if "~~~" not in line)
    assert shown.startswith("Page is first.")
    assert shown.endswith("Page again.")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("See it in [[1]](https://kessel.example/1).", "See it in [1]."),
        ("Write `[[x]]` or `` a ` [[x]] ``; [[y]].", "Write [[x]] or a ` [[x]]; y."),
        ("[[x]]: [[ -f y ]] tests, [[:alpha:]] is a class.", None),
        ("[[x]]: if a==b and c==d, then a ===b=== c.", None),
        ("[[x]] costs 100%% of it.\n\nAnd 50%% of that.", None),
        (f"Channels are written `<#{ID}>`: a||b||c.", f"Channels are written <#{ID}>: a||b||c."),
        ("In C++, a||b||c and x<y::z>; [[nodiscard]] int f();", None),
        ("| a || b |\n\nis a row.", None),
        ("Without a note, ==x== and %%y%% and z ^2", None),
        ("> [!TIP]\n> Without one, ==x== and %%y%%.", "Tip\n\nWithout one, ==x== and %%y%%."),
        ("See [[Rules.pdf]], ![[map.webp]]and ![[Patch 1.20]].", "See Rules.pdf, and Patch 1.20."),
    ],
)
def test_marks_that_are_none_stay(written: str, shown: str | None) -> None:
    """A link is one of Markdown's, a shell tests, a comparison is no highlight."""
    if shown is None:
        shown = written.replace("[[x]]", "x").replace("[[nodiscard]]", "nodiscard")
    assert extract(f"# Title\n\n{written}".encode(), ".md").text == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("It was ||the butler||.", "It was <the butler>."),
        (
            "(||the **butler**||) ||He fled.|| **||Far away||**",
            "(<the butler>) <He fled.> <Far away>",
        ),
        ("||In two\nlines||, and ||one||", "<In two lines>, and <one>"),
        (
            "| who | how |\n|---|---|\n| ||the butler|| | poison |",
            "who | how\n\n<the butler> | poison",
        ),
        (
            "`||code||`, a||b||c, a norm ||x||, $||y_n||$",
            "||code||, a||b||c, a norm ||x||, $||y_n||$",
        ),
        ("f(||work(1), ||work(2))\n\n||no\n\nend||", "f(||work(1), ||work(2))\n\n||no\n\nend||"),
        (f"<#{ID}> ||a|| and x||y||z, ||<:sad:{ID}>||", f"<#{ID}> <a> and x<y>z, <:sad:>"),
        (f"<#{ID}>\n||**First.**\nThen.||", f"<#{ID}>\n\n<First.\n\nThen.>"),
    ],
)
def test_a_spoiler_is_known_as_one(written: str, shown: str) -> None:
    """In a text from Discord all that it hides; elsewhere bars that stand like brackets."""
    text = extract(f"# Title\n\n{written}".encode(), ".md").text
    assert text.replace(OPENING, "<").replace(CLOSING, ">") == shown


@pytest.mark.parametrize(
    "trick",
    [
        "[[",
        "[[a",
        "%%",
        "%% ",
        "==a",
        "||a",
        "||a||",
        " ||a",
        "`",
        "```\n",
        "<t:1",
        "> [!a",
        "**a",
        "-# ",
        "a\n",
        "[[a]]",
        "` `` ``` ",
        "- ```\n",
        "> ",
    ],
)
def test_hostile_marks_take_time_in_proportion(trick: str) -> None:
    """Half a minute would be a refresh that hangs."""
    began = process_time()
    text = f"<#{ID}> <#{ID}> [[a]] Words.\n\n{trick * 50_000}"
    extract(text.encode(), ".txt")
    assert process_time() - began < 5
