"""Questions that lack an answer are grouped by meaning, always the same way."""

from dataclasses import replace
from datetime import UTC, datetime
from unittest.mock import patch

import numpy as np
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from bot.logbook.log_tables import QUESTIONS
from bot.unanswered.gap_log import note_answered, note_unanswered, read_lacking, read_open
from bot.unanswered.gaps import Floats, Gap, LackingQuestion, find_gaps, lacks, leaders, same_words
from tests.bot.logging_questions import ASKING, WrittenLog, asked

NEAR = 0.6987  # no two vectors of small whole numbers are exactly so near
vectors = st.lists(
    st.lists(st.integers(0, 4), min_size=3, max_size=3).filter(any), max_size=40
).map(lambda rows: _unit(np.array(rows, np.float32).reshape(len(rows), 3)))


def _unit(rows: Floats) -> Floats:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9))


def lacking(number: int, question: str, **known: object) -> LackingQuestion:
    facts: dict[str, object] = {"query": question, "lack": "none", "member": "ada"}
    return LackingQuestion(number * 1_000_000, f"q{number}", question, **(facts | known))  # type: ignore[arg-type]


@given(vectors, st.integers(1, 50))
def test_grouping_is_that_of_one_question_after_another(found: Floats, block: int) -> None:
    """However many are compared at once: each joins the nearest first one, or begins a group."""
    firsts: list[int] = []
    expected = []
    for row, vector in enumerate(found):
        cosines = [float(vector @ found[first]) for first in firsts]
        if cosines and max(cosines) >= NEAR:
            best = max(cosines)
            expected.append({firsts[n] for n, c in enumerate(cosines) if abs(c - best) < 1e-6})
        else:
            firsts.append(row)
            expected.append({row})
    with patch("bot.unanswered.gaps._BLOCK", block):
        grouped = leaders(found, NEAR)
    assert all(e in es for e, es in zip(grouped, expected, strict=True))


@given(vectors, st.integers(0, 40))
def test_later_questions_move_no_earlier_ones(found: Floats, known: int) -> None:
    """Groups only grow."""
    assert list(leaders(found[:known], NEAR)) == list(leaders(found, NEAR)[:known])


@given(st.lists(st.integers(0, 6), max_size=30))
def test_every_question_is_in_one_gap(led_by: list[int]) -> None:
    """And the gaps that most people asked come first."""
    rows = np.array([min(n, led) for n, led in enumerate(led_by)], np.int64)
    questions = [lacking(n, "why?", member=f"m{n % 3}") for n in range(len(led_by))]
    gaps = find_gaps(questions, rows)
    assert sorted(q.number for gap in gaps for q in gap.questions) == [q.number for q in questions]
    assert [gap.people for gap in gaps] == sorted((gap.people for gap in gaps), reverse=True)


def test_a_gap_tells_how_many_asked_and_how() -> None:
    """Different wordings once each, the first one first."""
    day = datetime(2026, 3, 1, tzinfo=UTC)
    texts = ("Why did the harbour freeze?", "why did the harbour freeze", "harbour ice?", "Frost?")
    questions = [lacking(n, text, member=f"m{n % 2}") for n, text in enumerate(texts)]
    gap = Gap(tuple(questions))
    assert gap.people == 2
    assert gap.examples == (texts[0], texts[3], texts[2])
    assert gap.last_asked.timestamp() == 3
    assert gap.answered_since is None
    told = [lacking(n, "why?", answered_since=day.replace(hour=n)) for n in range(3)]
    assert Gap(tuple(told)).answered_since == day.replace(hour=2)
    assert Gap((*told, lacking(9, "why?"))).answered_since is None


def test_answered_gaps_come_last() -> None:
    """Whoever looks for work sees the open ones."""
    day = datetime(2026, 3, 1, tzinfo=UTC)
    questions = [lacking(0, "a", answered_since=day), lacking(1, "a", answered_since=day)]
    questions.append(lacking(2, "b"))
    gaps = find_gaps(questions, np.array([0, 0, 2]))
    assert [gap.id for gap in gaps] == ["q2", "q0"]


def test_the_same_words_are_the_same_question() -> None:
    """Whatever their capitals and marks."""
    assert same_words("  Why did\nthe “harbour” FREEZE?? ") == "why did the harbour freeze"


def test_what_lacks_an_answer_is_read_from_the_log(database: sa.Engine) -> None:
    """Unanswered, partly answered, disliked; no press of a button, no strong answer."""
    log = WrittenLog(database)
    for n, confidence in enumerate(("strong", "none", "partial", "strong")):
        log.keep(asked(f"q{n}", minute=n, confidence=confidence), ASKING)  # type: ignore[arg-type]
    log.give_feedback("q0", ["bob"], is_helpful=False)
    log.give_feedback("q2", ["bob"], is_helpful=False)
    log.keep(asked("more", minute=9, confidence="none"), replace(ASKING, way="button"))
    found = read_lacking(database)
    assert [(q.id, q.lack) for q in found] == [
        ("q0", "disliked"), ("q1", "none"), ("q2", "partial"),
    ]  # fmt: skip
    assert [q.id for q in read_lacking(database, most=3)] == ["q1", "q2"]  # the press counts too
    assert dict(lacks(Gap(tuple(found)))) == {"none": 1, "partial": 1, "disliked": 1}


def test_what_a_later_index_answers_is_known_until_it_does_not(database: sa.Engine) -> None:
    """And is forgotten with its question."""
    log = WrittenLog(database)
    for n in range(3):
        log.keep(asked(f"q{n}", minute=n, confidence="none", generation="000001"), ASKING)
    assert read_open(database, "000001", 9) == []
    assert read_open(database, "000002", 2) == ["q2", "q1"]
    assert note_answered(database, ["q0", "q1", "gone"], "000002") == ["q0", "q1"]
    assert note_answered(database, ["q1"], "000002") == []
    assert [bool(q.answered_since) for q in read_lacking(database)] == [True, True, False]
    note_unanswered(database, ["q0"])
    with database.begin() as connection:
        connection.execute(sa.delete(QUESTIONS).where(QUESTIONS.c.id == "q1"))
    assert [(q.id, q.answered_since) for q in read_lacking(database)] == [
        ("q0", None),
        ("q2", None),
    ]
    with database.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM answered_since")).scalar() == 0
