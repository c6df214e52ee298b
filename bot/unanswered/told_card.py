"""What a member reads who wished to be told: their question with a fresh answer."""

from datetime import datetime

from bot.asking.receipt import Receipt
from bot.card import Card, Framing, answer_card
from retrieval.answer import Answer
from retrieval.generation import Generation

HEADING = "You wished to be told: the articles answer this now"


def told_card(answer: Answer, receipt: Receipt, generation: Generation) -> Card:
    """Return the answer to a question of before; it has no receipt, since nobody asked anew."""
    framing = Framing(
        question=receipt.question,
        resolved=answer.query if answer.query != receipt.question else None,
        receipt=None,
        indexed=datetime.fromisoformat(generation.manifest.created).date(),
        coverage=generation.coverage,
        heading=HEADING,
    )
    return answer_card(answer, framing)
