"""Golden questions asked as a member would ask them, before a new generation may answer."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

import sqlalchemy as sa

from bot.asking.options import make_filters
from bot.conversation import resolve
from bot.engine import Engine, make_reranker
from bot.moderators.carried_over import hide_what_was
from bot.moderators.decisions import Decisions
from bot.moderators.golden_questions import GoldenQuestions
from config.settings import RerankSettings
from retrieval.build import Builder
from retrieval.filters import Filters
from retrieval.gate import finding, losses
from retrieval.generation import Generation
from retrieval.golden import FIRST, Finding, GoldenQuestion, Loss


def examine(engine: Engine, question: GoldenQuestion, decided: Filters) -> Finding:
    """Return what the engine finds for a golden question, as a member would be answered.

    Args:
        engine: On the generation that is examined.
        question: Asked without any before it.
        decided: What moderators hid and pinned.
    """
    generation = engine.generation
    resolved = resolve(question.text, [], generation.coverage.sources)
    filters = make_filters(generation, resolved.sources, None, None)
    filters = replace(filters, without=decided.without, pins=decided.pins)
    answer = engine.ask(resolved.query, filters, FIRST)
    return finding(generation, question, answer)


def gated(builder: Builder, database: sa.Engine, rerank: RerankSettings) -> Builder:
    """Return the builder with the community's golden questions at its gate.

    Whatever passes it hides what the community has hidden.
    """

    def judge(live: Generation, new: Generation) -> tuple[Loss, ...]:
        questions = GoldenQuestions(database).all()
        if not questions:
            return ()
        decided = Decisions(database).applied()  # once, so that both are asked alike
        reranker = make_reranker(rerank)

        def find(generation: Generation, question: GoldenQuestion) -> Finding:
            return examine(Engine(generation, builder.encoder, reranker), question, decided)

        return losses(_counted(questions, builder), find, live, new)

    return replace(builder, judge=judge, carry_over=partial(hide_what_was, database))


def _counted(questions: list[GoldenQuestion], builder: Builder) -> Iterable[GoldenQuestion]:
    """Yield the questions, and show how far they are."""
    builder.progress.start("Questions", len(questions))
    for question in questions:
        yield question
        builder.progress.advance()
