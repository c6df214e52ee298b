"""Articles are cut into passages that lose nothing and tear no sentence."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.settings import VOCABULARY
from corpus.article import Article, Passage
from corpus.bulk import normalise
from corpus.sources import read_file, scan_folder
from corpus.split import Splitter, sentence_spans
from corpus.tokens import token_counter
from tests.corpus.promises import check_promises
from tests.fakes import FakeEncoder, count_words

WORDS = st.sampled_from(
    ["talks", "Moscow", "U.S.", "“no”", "29", "said", "Jan.", "Mr. Khatib", "…", "a", "\u200b", "é"]
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=40).map(lambda words: " ".join(words) + ".")
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=6).map(" ".join) | st.text(max_size=300)
CODE = st.lists(SENTENCES, min_size=1, max_size=5).map("\n    ".join)
PROSE = PARAGRAPHS.map(normalise).filter(bool)
TEXTS = st.lists(PROSE | CODE, min_size=1, max_size=8).map("\n\n".join)


def article_of(text: str, title: str = "Title") -> Article:
    return Article("a", title, None, None, None, None, text)


def split(text: str, max_tokens: int = 30, max_words: int = 60) -> tuple[Passage, ...]:
    fits = FakeEncoder(max_words).fits
    return Splitter(max_tokens, count_words, lambda _, t: fits(t)).split(article_of(text))


@given(TEXTS, st.integers(3, 40), st.integers(3, 60))
def test_passages_keep_their_promises(text: str, max_tokens: int, max_words: int) -> None:
    """Slices, every sentence covered, none torn that could be whole, none over the limits."""
    fits = FakeEncoder(max_words).fits
    splitter = Splitter(max_tokens, count_words, lambda _, t: fits(t))
    article = article_of(text)
    check_promises(article, splitter.split(article), splitter)


def test_real_captures_keep_their_promises(captures: Path) -> None:
    """The same promises hold over real articles, with tiktoken's count."""
    splitter = Splitter(60, token_counter(VOCABULARY), lambda title, text: len(title + text) < 400)
    for file in scan_folder(captures, 1).files:
        for article in read_file(file, 1).articles:
            passages = splitter.split(article)
            assert len(passages) > 3
            check_promises(article, passages, splitter)


def test_an_article_without_text_has_no_passage() -> None:
    """Nothing in, nothing out."""
    assert split("") == ()


def test_a_passage_ends_with_a_paragraph_when_half_full() -> None:
    """The cut moves back to a paragraph's end, so that a quotation stays in one piece."""
    first = "One two three four five six seven eight nine ten. " * 2
    second = '"He said this. And then that."'
    passages = split(f"{first.strip()}\n\n{second} " + "More words follow here now. " * 4, 25)
    assert passages[0].text == first.strip()
    assert passages[1].text.startswith(second)


@pytest.mark.parametrize(
    "heading",
    ["No compromise", "How do I join?", "You need this:", "The “third way”", "参加方法？"],
)
def test_a_heading_goes_with_its_section(heading: str) -> None:
    """No passage ends in the heading of what follows, be it the question that it answers."""
    body = "Words stand here in a row of nine today."
    passages = split(f"{body}\n\n{heading}\n\n{body} {body}", 18)
    assert [p.text.startswith(heading) for p in passages] == [False, True, False]


def test_a_heading_goes_with_its_section_where_the_encoder_reads_less() -> None:
    """What it cannot read whole is halved, and not right behind a heading either."""
    text = "One two three four.\n\nWho can join?\n\nFive six seven eight nine. Ten more words."
    passages = split(text, 100, max_words=12)
    assert [p.text.startswith("Who can join?") for p in passages] == [False, True]


def test_a_section_begins_a_passage() -> None:
    """Where a quarter of the budget is used; less goes together with what follows."""
    body = "Words stand here in a row of nine today."
    text = f"{body}\n\nMay I ask?\n\n{body}\n\nThe rules\n\nBe kind.\n\nThe roles\n\n{body}"
    assert [p.text.split("\n\n")[0] for p in split(text, 36)] == [body, "May I ask?", "The rules"]


def test_a_list_is_no_row_of_headings() -> None:
    """Three short lines, or more, are not cut apart from what they belong to."""
    body = "Words stand here in a row of nine today."
    items = "iron\n\nwood\n\ncoal"
    assert len(split(f"{body}\n\n{items}\n\n{body}", 40)) == 1


def test_a_line_of_code_is_a_sentence() -> None:
    """So that code is cut between its lines, which keep their indentation in the passage."""
    code = "if it rains:\n    take(umbrella)\nelse:\n    go(out)"
    (whole,) = split(f"Run this.\n\n{code}")
    assert whole.text == f"Run this.\n\n{code}"
    parts = [passage.text for passage in split(code, max_tokens=4)]
    assert parts == ["if it rains:\n    take(umbrella)", "else:\n    go(out)"]


def test_an_items_number_is_no_sentence() -> None:
    """It goes with the words that it counts."""
    text = "1. Be kind.\n\n10. No spam. Ever.\n\n3) Ask first.\n\n12. What may I post?"
    sentences = [text[slice(*span)] for span in sentence_spans(text)]
    assert sentences == [
        "1. Be kind.",
        "10. No spam.",
        "Ever.",
        "3) Ask first.",
        "12. What may I post?",
    ]


def test_a_long_sentence_is_cut_between_words() -> None:
    """A sentence over the budget is cut, and no word of it is."""
    words = [f"word{i}" for i in range(100)]
    passages = split(" ".join(words), 30)
    assert [word for passage in passages for word in passage.text.split()] == words


@pytest.mark.parametrize("part", ["x", "。", "।", "!["])
def test_a_text_without_blanks_is_cut_in_time(part: str) -> None:
    """Half a megabyte without a blank neither hangs nor loses a character."""
    text = part * (500_000 // len(part))
    assert "".join(passage.text for passage in split(text)) == text


def test_repeated_words_are_passages_of_their_own() -> None:
    """The same words twice have two ids, the same ones every time, and others in a copy."""
    sentence = "The same seven words stand here again."
    passages = split(f"{sentence}\n\n{sentence}", 8)
    assert [p.text for p in passages] == [sentence, sentence]
    assert passages == split(f"{sentence}\n\n{sentence}", 8)
    splitter = Splitter(8, count_words, lambda _title, _text: True)
    copies = splitter.split(replace(passages[0].article, id="b"))
    assert len({passage.id for passage in (*passages, *copies)}) == 4


def test_what_no_encoder_reads_is_cut_to_single_characters() -> None:
    """There is nothing less, and the build goes on."""
    splitter = Splitter(8, count_words, lambda _title, _text: False)
    assert [passage.text for passage in splitter.split(article_of("No, no."))] == list("No,no.")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("He said no.", "Yehya agreed."),
        ("Its spokesman said so.", "Élodie agreed."),
        ("She studied art.", '"Why?" they asked.'),
        ("They ate a fig.", "(Nobody knew.)"),
        ("“It will open this month.”", "Ships wait."),
        ("He read it on example.com.", "Nobody replied."),
        ("He works in New York.", "Analysts said so."),
        ("It is in Washington, DC.", "Nobody said so."),
        ("He is King George VI.", "Elizabeth was 25."),
        ("यह एक वाक्य है।", "यह दूसरा है।"),
        ("من هو؟", "هو أحمد."),
    ],
)
def test_a_word_that_looks_like_an_abbreviation_ends_its_sentence(one: str, other: str) -> None:
    """Two sentences must not be bold for one."""
    text = f"{one} {other}"
    assert [text[start:end] for start, end in sentence_spans(text)] == [one, other]


def test_sentences_without_blanks_between_them_are_parted() -> None:
    """A full stop that a closing mark follows may stand amid a sentence."""
    sentences = ["これは記事です。", "天気は「晴れ。」でした。", "你去吗？！", "我去。"]
    text = "".join(sentences)
    assert [text[start:end] for start, end in sentence_spans(text)] == sentences


@given(
    st.lists(
        st.sampled_from(["天気は晴れです。", "え？", "「はい。」と言った！", "यह है।", "New York. "])
    )
)
def test_sentences_of_any_script_cover_the_text(parts: list[str]) -> None:
    """In order, and apart from blanks nothing is left out."""
    text = "".join(parts).strip()
    spans = sentence_spans(text)
    assert spans == sorted(spans)
    shown = "".join(text[start:end] for start, end in spans)
    assert "".join(shown.split()) == "".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "It stands in no. 5 and fig. 2 of the report.",
        "See vol. II for more.",
        "It was no. A12 in the list.",
        "Syria vs. Iraq ended in the 2002 final, where Nadal def. Djokovic.",
        "The work of Smith et al. Nature printed.",
        "It begins at 8 a.m. Monday, e.g. Paris time.",
        "The retired Brig. Gen. Bolduc met Sens. Mark Kelly and Prof. Ada.",
        "A unit of Warner Bros. Discovery came to ST. LOUIS.",
        "IV. The plan",
        "Moscow wants to gather figures on Jan. 26-29 to try.",
        "The U.S. Senate met Mr. Khatib at 5 p.m. on Monday.",
        '"Outside the framework of Geneva... and without it," he said.',
    ],
)
def test_abbreviations_end_no_sentence(text: str) -> None:
    """News is full of full stops that end nothing."""
    assert sentence_spans(text) == [(0, len(text))]
