"""What people see in a terminal keeps the shape of what was written, and steers nothing."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import cast

import pytest
from rich.text import Text

from bot.commands.terminal_why import print_why
from bot.terminal import (
    clean,
    covered,
    facts,
    hanging,
    print_answer,
    print_article,
    print_evaluation,
    say,
    width,
)
from corpus.spoilers import CLOSING, OPENING
from retrieval.answer import Answer
from retrieval.days import TimeSpan
from retrieval.explain import Explanation, Fate
from retrieval.generation import Coverage, Generation
from tests.bot.cards.test_explanation_card import candidate_of
from tests.bot.hostile import citation_of
from tests.bot.test_card import answer_of

STEERING = "a\x07b\x9bc\x1bd\re\u202ef\u2066g\th\x7f"


def over(*outlets: str, first: date | None = None, last: date | None = None) -> Generation:
    """Return a generation of which only what it covers is asked."""
    return cast("Generation", SimpleNamespace(coverage=Coverage(outlets, first, last)))


def printed(answer: Answer, capsys: pytest.CaptureFixture[str]) -> str:
    """Return what a file gets of an answer."""
    print_answer(answer, over("Herald"))
    return capsys.readouterr().out


def test_code_keeps_its_lines_and_indentation() -> None:
    """So that it can be copied from an answer."""
    shown = hanging("1  ", Text("Run:\n\nif x:\n    go()")).plain
    assert shown == "1  Run:\n\n   if x:\n       go()"


def test_wrapped_lines_hang_below_the_first_and_end_without_blanks() -> None:
    """Within the terminal's width, every word once."""
    lines = hanging("12  ", Text("word " * 90)).plain.split("\n")
    assert lines[0].startswith("12  word")
    assert all(line.startswith("    word") for line in lines[1:])
    assert all(width() - 5 < len(line) <= width() for line in lines[:-1])
    assert not any(line.endswith(" ") for line in lines)
    assert " ".join(lines).split()[1:] == ["word"] * 90
    assert hanging("1  ", Text("")).plain == "1  "
    assert hanging("   ", Text("")).plain == ""


def test_what_steers_a_terminal_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    """Of questions, titles, names, addresses and quotations; a line break stays where lines are."""
    assert clean(f"{STEERING}\nx") == "abcdefgh\nx"
    say(f"{STEERING}\nx")
    assert capsys.readouterr().out == "abcd efgh x\n"  # what ends a line is a blank in one
    other = citation_of("x", title=STEERING, source=STEERING).passage.article
    hostile = citation_of(STEERING, title=STEERING, source=STEERING, url=STEERING)
    hostile = replace(hostile, pinned=STEERING, also_in=(other,))
    shown = printed(replace(answer_of(hostile), query=STEERING), capsys)
    assert shown.count("abcdefgh") == 8
    answering = citation_of(f"{STEERING}. Z{STEERING}. {STEERING}.", f"Z{STEERING}.")
    shown += printed(answer_of(answering), capsys)
    assert "abcdefgh. **Zabcdefgh.** abcdefgh." in shown
    near = replace(answer_of(), nearest=(other,), reason="nothing does")
    print_answer(near, over())
    shown += capsys.readouterr().out
    assert "Nearest to it: abcdefgh." in shown
    assert not set("\x07\x9b\x1b\r\u202e\u2066\t\x7f") & set(shown)


def test_an_answer_in_a_file_reads_from_the_question_to_its_places(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With asterisks in place of bold, and one as one."""
    text = "Nobody came. It froze. Ice closed the quay."
    found = citation_of(text, "It froze.", url="https://x.org/a")
    found = replace(found, pinned="why", also_in=(citation_of("x", source="Post").passage.article,))
    later = replace(citation_of("It thawed.", published=date(2020, 2, 1)), rank=2)
    answer = answer_of(found, later, confidence="partial")
    assert printed(replace(answer, reason="close"), capsys) == (
        "\nwhy?\n"
        "partial (close): 2 passages from 1 article, 31 January 2020 to 1 February 2020\n"
        "\n"
        "1  A title\n"
        "   Herald · 31 January 2020 · https://x.org/a\n"
        "   Nobody came. **It froze.** Ice closed the quay.\n"
        "   pinned by a moderator for: why\n"
        "   also in Post: A title\n"
        "\n"
        "2  A title\n"
        "   Herald · 1 February 2020\n"
        "   It thawed.\n"
        "\n"
    )
    (alone,) = [line for line in printed(answer_of(later), capsys).splitlines() if ": " in line]
    assert alone == "strong: 1 passage from 1 article, 1 February 2020"
    undated = answer_of(citation_of("It froze.", published=None))
    assert "strong: 1 passage from 1 article\n" in printed(undated, capsys)
    near = citation_of("x").passage.article
    nothing = replace(answer_of(), reason="no article has '[b]'", nearest=(near,))
    assert "No answer: no article has '[b]'.\nThe articles cover: Herald; undated.\n" in printed(
        nothing, capsys
    )
    print_answer(replace(nothing, nearest=()), over())
    assert "The articles cover: no outlet named; undated.\n" in capsys.readouterr().out


def test_a_sentence_that_the_answer_leans_on_stands_before_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Though the passage begins behind it."""
    whole = citation_of("Nobody came. Ice lay there. It froze. It thawed.", "It froze.")
    passage = replace(whole.passage, start=28, end=48)
    leaning = replace(whole, passage=passage, lead_in=(13, 27))
    assert "   Ice lay there. **It froze.** It thawed.\n" in printed(answer_of(leaning), capsys)


@pytest.mark.parametrize(("answer", "said"), [("It froze.", 1), (None, 0)])
def test_what_is_hidden_is_said_to_be_a_spoiler(
    answer: str | None, said: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """A terminal can hide nothing; what marks its bars for us is not printed."""
    text = f"It froze. It was {OPENING}the butler{CLOSING}." if answer else "a ||b|| c"
    out = printed(answer_of(citation_of(text, answer)), capsys)
    assert out.count("   what stands between || is a spoiler\n") == said
    assert ("It was ||the butler||." in out) == bool(said)


def test_an_article_in_a_file_has_no_line_broken(capsys: pytest.CaptureFixture[str]) -> None:
    """Programs count characters in it; what steers is left out of its head and its text."""
    text = f"{STEERING} {'It froze. ' * 30}\n\nIt thawed."
    article = citation_of(text, title=f"{'Ice ' * 40}end", source=STEERING).passage.article
    print_article(article)
    assert capsys.readouterr().out == (
        f"{'Ice ' * 40}end\nabcdefgh · 31 January 2020\n\n"
        f"abcdefgh {'It froze. ' * 30}\n\nIt thawed.\n"
    )


def test_an_evaluation_says_what_it_was_measured_on(capsys: pytest.CaptureFixture[str]) -> None:
    """Metrics to four places, and one query as one."""
    result = {
        "metrics": {"nDCG@10": 0.81234},
        "ms_per_query": 3.64,
        "articles": 1,
        "passages": 1200,
        "settings": {"max_tokens": 150},
        "folder": "sets/[one]",
        "model": "m",
        "commit": "abc",
    }
    for queries, said in ((1, "1 judged query"), (1234, "1,234 judged queries")):
        print_evaluation({**result, "queries": queries})
        assert capsys.readouterr().out == (
            "nDCG@10    0.8123\n"
            "per query  3.6 ms (median)\n"
            f"{said} of 'sets/[one]', 1 article in 1,200 passages\n"
            "model m; max_tokens 150; commit abc\n"
        )


def test_what_the_articles_cover_is_told_as_far_as_it_is_known() -> None:
    """Outlets and days; a single day once."""
    first, last = date(2020, 1, 31), date(2020, 2, 1)
    assert covered(over("Herald", "Post", first=first, last=last)) == (
        "Herald, Post; 31 January 2020 to 1 February 2020"
    )
    assert covered(over(first=first, last=first)) == "no outlet named; 31 January 2020"
    assert covered(over("Herald")) == "Herald; undated"


def test_a_question_about_a_day_is_not_about_a_span(capsys: pytest.CaptureFixture[str]) -> None:
    """It speaks of the day, and of days only where they are several."""
    found = (candidate_of(1, citation_of("It froze.").passage.article, Fate.QUOTED),)
    first, last = date(2020, 1, 31), date(2020, 2, 1)
    for until, said in ((first, "31 January 2020."), (last, "31 January 2020 to 1 February 2020.")):
        print_why(Explanation(answer_of(), TimeSpan(first, until), found))
        words = " ".join(capsys.readouterr().out.split())
        assert words.endswith(f"90%: strong. The question speaks of {said}")


def test_facts_stand_below_each_other_also_where_they_wrap() -> None:
    """Each value as far from the edge as the widest name needs."""
    shown = facts(("Index", "1"), ("Passages", "word " * 30)).plain.splitlines()
    assert shown[0] == "Index     1"
    assert shown[1].startswith("Passages  word word")
    assert len(shown) > 2
    assert all(line.startswith(" " * 10 + "word") for line in shown[2:])
    assert not any(line.endswith(" ") for line in shown)
