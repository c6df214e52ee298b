"""`footnote …` in a process of its own, with the encoder that counts words."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import bot.engine
from bot.cli import main
from tests.fakes import FakeEncoder

bot.engine.SentenceEncoder = lambda _model: FakeEncoder()  # type: ignore[attr-defined,assignment,return-value]

if __name__ == "__main__":
    main()
