"""`footnote …` in a process of its own: an encoder that counts words, no pauses between pages."""

import sys
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import bot.articles.fetching
import bot.engine
import corpus.exchange
from bot.cli import main
from corpus.fetch import Limits, WebClient
from corpus.web_address import is_public
from tests.fakes import FakeEncoder

bot.engine.SentenceEncoder = lambda _model: FakeEncoder()  # type: ignore[attr-defined,assignment,return-value]
bot.articles.fetching.WebClient = partial(WebClient, Limits(least_pause_seconds=0))  # type: ignore[assignment,attr-defined]

# This machine's first address stands for the public internet; its others are private, as all are.
corpus.exchange.is_public = lambda ip: ip == "127.0.0.1" or is_public(ip)  # type: ignore[attr-defined]

if __name__ == "__main__":
    main()
