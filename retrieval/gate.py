"""Whether a new generation answers golden questions as well as the one that answers now."""

from collections.abc import Callable, Iterable

from corpus.article import Passage
from retrieval.answer import Answer
from retrieval.generation import Generation
from retrieval.golden import FIRST, Finding, GoldenQuestion, Loss

Judge = Callable[[Generation, Generation], tuple[Loss, ...]]  # the live one, the new one
CarryOver = Callable[[Generation, Generation], None]  # likewise
Find = Callable[[Generation, GoldenQuestion], Finding]


def no_questions(_live: Generation, _new: Generation) -> tuple[Loss, ...]:
    """Return that nothing is lost: nobody has named a golden question."""
    return ()


def nothing_to_carry(_live: Generation, _new: Generation) -> None:
    """Return at once: nobody has decided anything about single passages."""


def losses(
    questions: Iterable[GoldenQuestion], find: Find, live: Generation, new: Generation
) -> tuple[Loss, ...]:
    """Return what the new generation loses; it may answer when that is nothing."""
    pairs = ((question, find(live, question)) for question in questions)
    compared = (
        Loss(question, before, find(new, question)) for question, before in pairs if before.passes
    )
    return tuple(loss for loss in compared if not loss.now.passes)


def finding(generation: Generation, question: GoldenQuestion, answer: Answer) -> Finding:
    """Return what an answer of the generation, with `FIRST` citations, has found."""
    rows = generation.rows_of(frozenset({question.article}))
    same = generation.originals[rows]  # a copy shows its reader the same words
    first = answer.citations[:FIRST]
    ranks = (c.rank for c in first if _original_of(generation, c.passage) in same)
    cited = dict.fromkeys(citation.passage.article.id for citation in first)
    is_there = generation.store.article_of_id(question.article) is not None
    return Finding(next(ranks, None), tuple(cited), is_there)


def _original_of(generation: Generation, passage: Passage) -> int | None:
    row = generation.store.row_of_passage(passage.id)
    return None if row is None else int(generation.originals[row])
