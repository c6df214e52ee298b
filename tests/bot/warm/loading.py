"""What every refresh loads by itself, loaded before a process is forked to be one."""

from importlib import import_module

from config.settings import VOCABULARY
from corpus.split import sentence_spans
from corpus.tokens import token_counter

_IMPORTED_LATE = (
    "bot.articles.refresh",
    "bot.commands.cli_index",
    "bot.commands.terminal_index",
    "corpus.markdown",
)


def load_refresh() -> None:
    """Import and read it all; no thread begins."""
    for module in _IMPORTED_LATE:
        import_module(module)
    token_counter(VOCABULARY)
    sentence_spans("The ice broke. A ship came.")
