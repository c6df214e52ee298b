"""Draw the pictures of the docs from real output: `python -m docs.pictures`.

Needs the index that `make demo` builds, and Chromium for the cards.
"""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from bot import terminal
from bot.asking.button_ids import ButtonId, Press
from bot.asking.receipt import Receipt, check_quotes, cited_passages
from bot.card import Card, Framing, answer_card, context_card, receipt_card
from bot.cards.context_card import PAGE_OF_PASSAGE
from bot.cards.explanation_card import explanation_card
from bot.cards.moderation_cards import moderators_buttons
from bot.engine import Engine, build_index, open_engine
from bot.terminal import progress_bar
from config.settings import load_settings
from docs.browser import screenshot
from docs.card_page import Shot, card_page
from retrieval.answer import Answer
from retrieval.filters import Filters

QUESTION = "why did the coalition refuse Moscow?"
PRIVATE_QUESTION = "who is Burhan Ghalioun?"
UNANSWERED = "how do I bake rye bread?"
RECEIPT = "k3v9x2m7qd"
WIDTHS = {"phone": 390, "desktop": 720}  # CSS pixels
HERE = Path(__file__).parent
SAMPLE = HERE.parent / "corpus" / "articles"
_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)  # fetched from elsewhere: not from ours


def draw_demo() -> None:
    """Draw the answer to the demo question, as a terminal shows it."""
    console = Console(
        record=True, width=96, force_terminal=True, highlight=False, file=io.StringIO()
    )
    terminal._out = console  # noqa: SLF001  # the one place where output is redirected
    engine = open_engine(load_settings(), Path("data/demo"))
    terminal.print_answer(engine.ask(QUESTION, Filters(), 2), engine.generation)
    svg = console.export_svg(title=f'footnote ask "{QUESTION}" --k 2')
    (HERE / "demo.svg").write_text(_FONTS.sub("", svg), encoding="utf-8")


def draw_cards() -> None:
    """Draw the cards that Discord shows, on a phone and on a desk."""
    with TemporaryDirectory() as folder, progress_bar() as bars:
        settings = load_settings()
        build_index(settings, SAMPLE, Path(folder), bars)
        engine = open_engine(settings, Path(folder))
        cards = _cards(engine) | _moderators_cards(engine)
        for name, (card, shot) in cards.items():
            for device, width in WIDTHS.items():
                page = card_page(card.to_components(), shot, width)
                screenshot(page, width, HERE / f"card-{name}-{device}.png")


def _cards(engine: Engine) -> dict[str, tuple[Card, Shot]]:
    answer = engine.ask(QUESTION, Filters(), 5)
    private = engine.ask(PRIVATE_QUESTION, Filters(), 2)
    silent = engine.ask(UNANSWERED, Filters(), 5)
    receipt = _receipt(answer)
    first = receipt.citations[0]
    button = ButtonId(Press.CONTEXT, RECEIPT, (first.rank, PAGE_OF_PASSAGE))
    article = answer.citations[0].passage.article
    context = context_card(article, (first.start, first.end), first.answer, button)
    checked = receipt_card(receipt, check_quotes(receipt, engine.generation))
    return {
        "answer": (answer_card(answer, _framing(answer, engine)), Shot("/ask")),
        "private": (
            answer_card(private, replace(_framing(private, engine), is_private=True)),
            Shot("/ask", is_private=True),
        ),
        "no-answer": (
            answer_card(silent, replace(_framing(silent, engine), can_tell=True, has_nearest=True)),
            Shot("/ask"),
        ),
        "context": (context, Shot("Context 1", is_private=True)),
        "receipt": (checked, Shot("/receipt", is_private=True)),
    }


def _moderators_cards(engine: Engine) -> dict[str, tuple[Card, Shot]]:
    """Return what only moderators see: buttons under a passage, a question taken apart."""
    explanation = engine.explain(QUESTION, Filters(), 5)
    receipt = _receipt(explanation.answer)
    first, article = receipt.citations[0], explanation.answer.citations[0].passage.article
    button = ButtonId(Press.CONTEXT, RECEIPT, (first.rank, PAGE_OF_PASSAGE))
    context = context_card(article, (first.start, first.end), first.answer, button)
    row = moderators_buttons(RECEIPT, first, ())
    return {
        "moderate": (
            replace(context, rows=(*context.rows, row)),
            Shot("Context 1", is_private=True),
        ),
        "test": (explanation_card(explanation), Shot("/index test", is_private=True)),
    }


def _framing(answer: Answer, engine: Engine) -> Framing:
    indexed = datetime.fromisoformat(engine.generation.manifest.created).date()
    return Framing(answer.query, None, RECEIPT, indexed, engine.generation.coverage)


def _receipt(answer: Answer) -> Receipt:
    return Receipt(
        id=RECEIPT,
        asked_at=datetime.now(UTC),
        question=answer.query,
        query=answer.query,
        confidence=answer.confidence,
        probability=answer.probability,
        reason=answer.reason,
        generation=answer.generation,
        sources=(),
        since=None,
        until=None,
        took_ms=answer.took_ms,
        citations=cited_passages(answer),
    )


if __name__ == "__main__":
    draw_demo()
    draw_cards()
