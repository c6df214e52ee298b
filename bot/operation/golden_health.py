"""Whether the golden questions find their articles now, for `footnote doctor`."""

from pathlib import Path

from bot.cards.card_words import count
from bot.engine import open_engine
from bot.moderators.decisions import decided
from bot.moderators.examination import examine
from bot.moderators.golden_questions import GoldenQuestions
from bot.operation.health import Finding
from bot.storage.own_database import has_own, open_own
from config.settings import Settings


def golden_answers(settings: Settings, data_dir: Path) -> Finding:
    """Return whether the golden questions find their articles; the model is loaded for that."""
    kept = GoldenQuestions(open_own(data_dir)).all() if has_own(data_dir) else []
    engine = open_engine(settings, data_dir)
    ruled = decided(data_dir)
    lost = [each for each in kept if not examine(engine, each, ruled).passes]
    if not kept:
        return Finding("ok", "the model fits the index; there is no golden question to ask")
    if not lost:
        return Finding(
            "ok", f"{count(len(kept), 'golden question')}, and the article of each is found"
        )
    find = "does not find its" if len(lost) == 1 else "do not find their"
    return Finding(
        "warning",
        f"{len(lost)} of {count(len(kept), 'golden question')} {find} article",
        "see what they find: footnote index questions run",
    )
