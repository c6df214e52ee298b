"""Golden questions are few, short, and each kept once."""

from pathlib import Path

import pytest

from bot.moderators.golden_questions import QUESTION_MAX, GoldenQuestionError, GoldenQuestions
from retrieval.golden import GoldenQuestion
from tests.bot.databases import database_in


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", f"has 1 to {QUESTION_MAX} characters, this one 0"),
        ("w" * (QUESTION_MAX + 1), f"this one {QUESTION_MAX + 1}; shorten it"),
        ("why?", "that is golden question 1 already"),
        ("who?", "no more than 2 may be"),
    ],
)
def test_a_question_that_is_one_too_many_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, reason: str
) -> None:
    """Each is asked at every refresh, so there is a limit to them; those that are kept stay."""
    monkeypatch.setattr("bot.moderators.golden_questions.QUESTIONS_MAX", 2)
    golden = GoldenQuestions(database_in(tmp_path))
    for kept in ("why?", "w" * QUESTION_MAX):
        golden.add("mod", GoldenQuestion(kept, "frost.md"))
    with pytest.raises(GoldenQuestionError, match=reason):
        golden.add("mod", GoldenQuestion(text, "frost.md"))
    assert [each.number for each in golden.all()] == [1, 2]
