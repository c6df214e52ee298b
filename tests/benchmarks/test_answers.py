"""A text holds an answer whatever marks and quotation signs stand around its words."""

import pytest

from benchmarks.answers import holds


@pytest.mark.parametrize(
    ("text", "answer", "there"),
    [
        ("Brazil's race goes on.", "Brazil", True),
        ("Brazil’s race goes on.", "Brazil", True),
        ("It was “Squid Game”—again.", '"Squid Game"', True),
        ("In São Paulo", "sao paulo", True),
        ("the Brazilian race", "Brazil", False),
        ("a snow man", "snowman", False),
        ("", "Brazil", False),
    ],
)
def test_an_answer_is_held_as_whole_words(text: str, answer: str, there: bool) -> None:
    """Both kinds of apostrophe end a word, and a dash does."""
    assert holds(text, [answer]) is there
    assert holds(text, [answer, "Brazil"]) is (there or holds(text, ["Brazil"]))
