"""What a message claims, for "Find sources"."""

from types import SimpleNamespace
from typing import Any

from bot.ask import claim_in


def message(text: str, *forwards: Any) -> Any:  # noqa: ANN401  # stands for discord.py's
    """Return a message that forwards others."""
    return SimpleNamespace(content=text, message_snapshots=list(forwards))


def test_a_claim_has_words_alone_a_forwarded_messages_too() -> None:
    """Without names and addresses."""
    assert claim_in(message("", message("It froze, see https://a.example/b."))) == "It froze, see"
    assert claim_in(message("<@1> so?", message("It froze."))) == "so? It froze."
    assert claim_in(message("https://a.example/cat.png")) == ""
