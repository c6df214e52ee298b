"""Earlier questions -> what was said before: each with what is quoted in answer to it."""

from collections.abc import Callable, Iterable, Sequence

from bot.asking.receipt import QUOTES, quoted_words
from bot.conversation import Exchange, resolve
from bot.engine import Engine
from retrieval.filters import Filters


def ask_before(
    engine: Engine, questions: Iterable[str], filters_of: Callable[[Sequence[str]], Filters]
) -> list[Exchange]:
    """Return the questions with what was quoted, as if each had been asked after the others.

    Args:
        engine: Asked.
        questions: Oldest first.
        filters_of: The filters where a question narrows to these outlets.
    """
    exchanges: list[Exchange] = []
    for question in questions:
        resolved = resolve(question, exchanges, engine.generation.coverage.sources)
        answer = engine.ask(resolved.query, filters_of(resolved.sources), QUOTES)
        exchanges.append(Exchange(question, quoted_words(answer)))
    return exchanges
