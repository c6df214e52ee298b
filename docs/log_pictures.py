"""Draw the pictures of `/log`: `python -m docs.log_pictures`.

Needs Chromium and pngquant (Debian's packages).
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import sqlalchemy as sa

from bot.cards.layout import Card
from bot.engine import Engine, build_index, open_engine
from bot.logbook.log_cards import page_card
from bot.logbook.log_chart import DAYS, chart_card, titles_of
from bot.logbook.log_filters import LogFilters
from bot.logbook.log_reading import PAGE_SIZE, Found
from bot.logbook.log_search import count_log, search_log
from bot.logbook.log_statistics import read_statistics
from bot.storage.database import open_database, sqlite_url
from bot.terminal import progress_bar
from bot.unanswered.gap_cards import ShownGap, gaps_card
from bot.unanswered.gap_log import note_answered, read_lacking
from bot.unanswered.gaps import find_gaps, leaders
from config.settings import load_settings
from docs.browser import screenshot, shrink
from docs.card_page import Shot, card_page
from docs.console_log import fill
from docs.pictures import SAMPLE
from retrieval.filters import Filters

HERE = Path(__file__).parent
WIDTH = 390  # CSS pixels, a phone's
ANSWERED = "which of the parties signed the ceasefire?"  # as if articles had come that tell


def main() -> None:
    """Draw them from a month of questions."""
    with TemporaryDirectory() as folder, progress_bar() as bars:
        settings, data = load_settings(), Path(folder)
        build_index(settings, SAMPLE, data, bars)
        engine, database = open_engine(settings, data), open_database(sqlite_url(data))
        fill(database, engine, datetime.now(UTC))
        for command, card in _cards(database, engine):
            files = {file.address: file.content for file in card.files}
            page = card_page(
                card.to_components(), Shot(command, is_private=True, files=files), WIDTH
            )
            path = HERE / f"{command.strip('/').replace(' ', '-')}.png"
            screenshot(page, WIDTH, path)
            shrink(path)


def _cards(database: sa.Engine, engine: Engine) -> Iterator[tuple[str, Card]]:
    filters = LogFilters({"text": "moscow", "feedback": "unhelpful"})
    page = search_log(database, filters.query(), limit=PAGE_SIZE // 2)
    found = Found(page, count_log(database, filters.query()))
    yield "/log search", page_card(found, filters, is_first=True)
    yield "/log unanswered", _gaps(database, engine)
    today = datetime.now(UTC).date()
    statistics = read_statistics(database, first := today - timedelta(days=DAYS - 1), today, first)
    yield "/log chart", chart_card(statistics, titles_of(statistics, engine.generation))


def _gaps(database: sa.Engine, engine: Engine) -> Card:
    answered = [q.id for q in read_lacking(database) if q.question == ANSWERED]
    note_answered(database, answered, engine.generation.id)
    questions = read_lacking(database)
    vectors = np.array([engine.encoder.encode_query(q.query) for q in questions], np.float32)
    gaps = find_gaps(questions, leaders(vectors))
    shown = [
        ShownGap(gap, engine.nearest(gap.questions[0].query, Filters()))
        for gap in (gaps[0], gaps[1], gaps[-1])
    ]
    return gaps_card(shown, 0, len(shown))


if __name__ == "__main__":
    main()
