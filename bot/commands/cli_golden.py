"""`footnote index questions …` and `index use`: what a new index must still find."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.cli_options import DataDir, load

if TYPE_CHECKING:  # these take their time
    from bot.moderators.golden_questions import GoldenQuestions

app = typer.Typer(
    help="Golden questions: what must stay findable.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("add")
def add(
    question: Annotated[str, typer.Argument(help="As members ask it.")],
    article: Annotated[
        str, typer.Argument(help="The article's id; it must be among the first five passages.")
    ],
    data: DataDir = None,
) -> None:
    """Add a question and its article, and say what it finds now."""
    from bot import terminal
    from bot.cards.golden_words import added_words
    from bot.engine import find_article, open_engine
    from bot.moderators.decisions import decided
    from bot.moderators.examination import examine
    from bot.storage.audit import TERMINAL
    from retrieval.golden import GoldenQuestion

    settings = load(data)
    with terminal.waiting("Loading the model"):
        engine = open_engine(settings, settings.data_dir)
    wanted = find_article(engine.generation, article)
    kept = _questions(settings.data_dir).add(TERMINAL, GoldenQuestion(question.strip(), wanted.id))
    found = examine(engine, kept, decided(settings.data_dir))
    terminal.say(added_words(kept, found))


@app.command("list")
def list_questions(data: DataDir = None) -> None:
    """List the golden questions, each with its article."""
    from bot import terminal

    kept = _questions(data or load().data_dir).all()
    for each in kept:
        terminal.say(f"{each.number}. {each.text} -> {each.article}")
    if not kept:
        typer.echo("There is no golden question yet; add one: footnote index questions add …")


@app.command("remove")
def remove(
    number: Annotated[int, typer.Argument(help="As `index questions list` numbers it.")],
    data: DataDir = None,
) -> None:
    """Forget a golden question."""
    from bot import terminal
    from bot.storage.audit import TERMINAL

    kept = _questions(data or load().data_dir).remove(TERMINAL, number)
    terminal.say(f"Golden question {kept.number} is removed: {kept.text}")


@app.command("run")
def run(data: DataDir = None) -> None:
    """Ask every golden question now; exit status 1 when one fails."""
    from bot import terminal
    from bot.cards.golden_words import outcome
    from bot.engine import open_engine
    from bot.moderators.decisions import decided
    from bot.moderators.examination import examine

    settings = load(data)
    kept = _questions(settings.data_dir).all()
    with terminal.waiting("Loading the model"):
        engine = open_engine(settings, settings.data_dir)
    ruled = decided(settings.data_dir)
    passed = 0
    for each in kept:
        found = examine(engine, each, ruled)
        passed += found.passes
        terminal.say(f"{'pass' if found.passes else 'FAIL'}  {outcome(each, found)}")
    typer.echo(f"{passed} of {len(kept)} pass.")
    if passed < len(kept):
        raise typer.Exit(1)


def use(
    generation: Annotated[
        str, typer.Argument(help="Id or number of the one that waits (see status).")
    ],
    data: DataDir = None,
) -> None:
    """Let a new index answer although golden questions hold it back."""
    from bot.engine import index_folder
    from bot.moderators.adoption import use_anyway
    from bot.storage.audit import TERMINAL
    from bot.storage.own_database import open_own

    data_dir = data or load().data_dir
    chosen = use_anyway(index_folder(data_dir), open_own(data_dir), TERMINAL, generation)
    typer.echo(f"Index {chosen} answers from now on.")


def _questions(data_dir: Path) -> "GoldenQuestions":
    from bot.moderators.golden_questions import GoldenQuestions
    from bot.storage.own_database import open_own

    return GoldenQuestions(open_own(data_dir))
