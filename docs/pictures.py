"""Draw the pictures of the docs from real output: `python -m docs.pictures`.

Needs the index that `make demo` builds.
"""

import io
import re
from pathlib import Path

from rich.console import Console

from bot import terminal
from bot.engine import open_engine
from config.settings import load_settings
from retrieval.filters import Filters

QUESTION = "why did the coalition refuse Moscow?"
HERE = Path(__file__).parent
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


if __name__ == "__main__":
    draw_demo()
