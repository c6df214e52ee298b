"""`footnote index test`: why each passage ranks where it does."""

from typing import Annotated

import typer

from bot.commands.cli_options import AsJson, DataDir, load, print_json, require_words


def explain_question(
    question: Annotated[
        str, typer.Argument(callback=require_words, help="What members would ask.")
    ],
    k: Annotated[int, typer.Option("--k", min=1, max=50, help="How many passages at most.")] = 5,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Say why each passage is quoted where it is, or not at all."""
    from bot import terminal
    from bot.asking.options import make_filters
    from bot.commands import as_json as documents
    from bot.commands.terminal_why import print_why
    from bot.conversation import resolve
    from bot.engine import open_engine
    from bot.moderators.decisions import decided

    settings = load(data)
    with terminal.waiting("Loading the model"):
        engine = open_engine(settings, settings.data_dir)
    resolved = resolve(question, [], engine.generation.coverage.sources)
    filters = make_filters(engine.generation, resolved.sources, None, None)
    explanation = engine.explain(resolved.query, decided(settings.data_dir, filters), k)
    if as_json:
        print_json(documents.explanation_document(explanation, engine.generation))
    else:
        print_why(explanation)
