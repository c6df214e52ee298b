"""From a file that an enemy wrote to what Discord is sent: nothing pings, acts or is refused."""

import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.asking.button_ids import ButtonId, Press
from bot.card import Card, Framing, answer_card, context_card
from bot.cards.quoting import seen
from bot.cards.shown import pieces
from bot.engine import Engine
from corpus.list_lines import close_up
from retrieval.answer import Answer
from retrieval.filters import NO_FILTERS
from tests.bot.hostile import hostile_text, title, url
from tests.bot.test_card import quotes_of, require_limits
from tests.conftest import Index
from tests.discord_server.api_description import ApiDescription
from tests.discord_server.call import Call

RECEIPT = "ab12cd34ef"

written = st.fixed_dictionaries(
    {
        "title": title,
        "source": st.none() | title,
        "url": url,
        "text": st.lists(hostile_text, min_size=1, max_size=4).map(
            lambda parts: "The harbour froze. " + " Why did it freeze?\n\n".join(parts)
        ),
    }
)


@settings(max_examples=30)
@given(st.lists(written, min_size=1, max_size=4), st.none() | hostile_text)
def test_whatever_articles_hold_discord_takes_the_answer_and_shows_their_words(
    api_description: ApiDescription | None,
    articles: list[dict[str, Any]],
    question: str | None,
) -> None:
    """The real index, search and cards; only the encoder is a fake."""
    with TemporaryDirectory() as folder:
        engine = indexed(Path(folder), articles)
        answer = engine.ask(question or "Why did the harbour freeze?", NO_FILTERS, 5)
        texts = [shown(each.passage.article.text) for each in answer.citations]
        cards = list(cards_of(answer, engine))
    for card in cards:
        require_limits(card)
        require_harmless(card)
        if api_description is not None:
            assert [f for body in bodies(card) for f in faults(api_description, body)] == []
    for quote in quotes_of(cards[0]) if answer.confidence != "none" else []:
        assert any(seen(quote).removeprefix("… ").removesuffix(" …") in text for text in texts)


def shown(text: str) -> str:
    """Return what is seen of an article that is quoted."""
    return seen(close_up(text, (0, len(text))))


def indexed(folder: Path, articles: Sequence[dict[str, Any]]) -> Engine:
    """Return what answers from these articles."""
    (folder / "articles").mkdir()
    lines = [json.dumps({"id": str(n), **article}) for n, article in enumerate(articles)]
    (folder / "articles" / "all.jsonl").write_text("\n".join(lines), encoding="utf-8")
    index = Index(folder / "articles", folder / "index")
    index.build()
    return Engine(index.folder.open_current(), index.encoder)


def cards_of(answer: Answer, engine: Engine) -> list[Card]:
    """Return the answer's card, and a page of context for each of its citations."""
    coverage = engine.generation.coverage
    framing = Framing(answer.query, None, RECEIPT, date(2026, 1, 31), coverage)
    pages = (
        context_card(
            cited.passage.article,
            (cited.passage.start, cited.passage.end),
            cited.answer,
            ButtonId(Press.CONTEXT, RECEIPT, (cited.rank, 0)),
        )
        for cited in answer.citations
    )
    return [answer_card(answer, framing), *pages]


def require_harmless(card: Card) -> None:
    """Check that only our own links, to the articles' site, and our own dates act."""
    for markdown in (card.text, card.plain()):
        for piece in pieces(markdown):
            assert piece.kinds <= {"text", "bold", "link", "time"}
            assert "link" not in piece.kinds or re.match(
                "https?://news[.]example/", piece.target or ""
            )


def bodies(card: Card) -> list[dict[str, Any]]:
    """Return what Discord is sent of a card: its components, or plain words in their place."""
    calm: dict[str, Any] = {"allowed_mentions": {"parse": []}}
    return [
        {"flags": 1 << 15, "components": card.to_components()} | calm,
        {"content": card.plain()} | calm,
    ]


def faults(description: ApiDescription, body: dict[str, Any]) -> list[str]:
    """Return what Discord's description of its API finds wrong with a message."""
    return description.faults(Call("POST", "", "/channels/1/messages", {}, {}, body))
