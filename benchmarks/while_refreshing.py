"""Ask at a steady pace while the index is refreshed, beside the same pace in quiet.

    python -m benchmarks.while_refreshing [--rounds 5] [--articles 300] [--json FILE]

In each round, first in quiet, then while every article has changed and a refresh embeds them all
in a process of its own, as from Discord. A question's time counts from when it was due, until the
engine has answered it in its thread; so whatever holds the bot up counts too. Each round's median
is compared with that of the quiet before and after it, since the machine may be shared. Every
article tells its edition: an answer must be from one edition, that of the generation it names.
"""

import argparse
import asyncio
import json
import random
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import monotonic, perf_counter

import numpy as np

from bot.articles.article_sources import ArticleSource
from bot.articles.library import Library
from bot.articles.refresh import Refresher, Request
from bot.asking.live import LiveEngine
from bot.serve import open_parts
from bot.storage.database import open_database, sqlite_url
from config.settings import load_settings
from retrieval.build import BuildReport
from retrieval.filters import Filters
from retrieval.intake import Silence

PACE_SECONDS = 0.25  # between two questions: four a second are a busy server
QUIET_QUESTIONS = 60
WORDS = (
    "harbour ice ship bridge baker rye bread council vote storm river mayor school teacher road"
    " winter coal train strike market price wheat judge court letter doctor fever garden stone"
).split()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was answered.

    Attributes:
        ms: From when it was due.
        editions: Those that the citations are from.
    """

    ms: float
    generation: str
    editions: frozenset[int]


@dataclass(frozen=True, slots=True)
class Round:
    """What was asked in quiet, and then beside a refresh, which took so long."""

    quiet: list[Asked]
    busy: list[Asked]
    refresh_seconds: float


def write_edition(folder: Path, edition: int, articles: int) -> None:
    """Write the articles of an edition: the same titles, other texts."""
    folder.mkdir(exist_ok=True)
    for number in range(articles):
        title, text = an_article(number, edition)
        (folder / f"{number}.md").write_text(f"---\ntitle: {title}\n---\n{text}\n")


def an_article(number: int, edition: int) -> tuple[str, str]:
    """Return an article's title and text; each sentence tells the edition."""
    title = random.Random(number).sample(WORDS, 4)  # noqa: S311  # the same each time
    words = random.Random(f"{number} {edition}")  # noqa: S311
    sentences = (" ".join([*words.sample(title, 2), *words.choices(WORDS, k=7)]) for _ in range(10))
    text = " ".join(f"In edition {edition} {sentence}." for sentence in sentences)
    return " ".join(title), text


async def ask_at_pace(
    live: LiveEngine, chances: random.Random, articles: int, is_over: Callable[[int], bool]
) -> list[Asked]:
    """Ask until it is over; that is told how many were asked, before each one."""
    asked: list[Asked] = []
    due = monotonic()
    while not is_over(len(asked)):
        await asyncio.sleep(max(0.0, due - monotonic()))
        title, _ = an_article(chances.randrange(articles), 0)
        asked.append(await asyncio.to_thread(_ask, live, f"What is said of {title}?", due))
        due += PACE_SECONDS
    return asked


def _ask(live: LiveEngine, query: str, due: float) -> Asked:
    answer = live.engine.ask(query, Filters(), 5)
    texts = (citation.passage.article.text for citation in answer.citations)
    editions = frozenset(int(text.split()[2]) for text in texts)
    return Asked((monotonic() - due) * 1000, answer.generation, editions)


async def run(library: Library, folder: Path, rounds: int, articles: int) -> list[Round]:
    """Return what was asked; the index must hold edition 0, and ends with the last one.

    The last round has no refresh: it is the quiet after.
    """
    chances = random.Random(1)  # noqa: S311  # which question, not what
    ask = partial(ask_at_pace, library.live, chances, articles)
    editions = {library.live.engine.generation.id: 0}
    done: list[Round] = []
    await ask(_enough)  # warm
    for edition in range(1, rounds + 1):
        quiet = await ask(_enough)
        write_edition(folder, edition, articles)
        began = perf_counter()
        refresh = asyncio.create_task(library.refresh(Request("the benchmark")))
        busy = await ask(partial(_is_done, refresh))
        editions[(await refresh).generation] = edition
        done.append(Round(quiet, busy, perf_counter() - began))
    done.append(Round(await ask(_enough), [], 0.0))
    require_unmixed(done, editions)
    return done


def require_unmixed(rounds: list[Round], editions: Mapping[str, int]) -> None:
    """Stop if an answer is not from the one edition that its generation holds."""
    for each in rounds:
        for asked in (*each.quiet, *each.busy):
            assert asked.editions <= {editions[asked.generation]}, f"a mixture: {asked}"


def _enough(asked: int) -> bool:
    return asked >= QUIET_QUESTIONS


def _is_done(refresh: "asyncio.Task[BuildReport]", _asked: int) -> bool:
    return refresh.done()


def figures_of(rounds: list[Round]) -> dict[str, float]:
    """Return what a round's p50 was as a share of that of the quiet around it, and more."""
    quiets = [[asked.ms for asked in each.quiet] for each in rounds]
    busy = [[asked.ms for asked in each.busy] for each in rounds[:-1]]
    around = [before + after for before, after in pairwise(quiets)]
    ratios = sorted(median(b) / median(q) for b, q in zip(busy, around, strict=True))
    in_quiet, beside = ([ms for times in each for ms in times] for each in (quiets, busy))
    answered = [asked for each in rounds for asked in (*each.quiet, *each.busy)]
    return {
        "rounds": len(busy),
        "questions in quiet": len(in_quiet),
        "questions beside a refresh": len(beside),
        "of all, with citations": sum(bool(asked.editions) for asked in answered),
        "seconds a refresh, median": median(each.refresh_seconds for each in rounds[:-1]),
        "ms in quiet, p50": median(in_quiet),
        "ms in quiet, p99": float(np.percentile(in_quiet, 99)),
        "ms beside a refresh, p50": median(beside),
        "ms beside a refresh, p99": float(np.percentile(beside, 99)),
        "ms beside a refresh, longest": max(beside),
        "p50 beside / in quiet, median of rounds (at most 1.5)": median(ratios),
        "p50 beside / in quiet, least": ratios[0],
        "p50 beside / in quiet, most": ratios[-1],
    }


def prepare(data: Path, folder: Path, articles: int) -> None:
    """Make an index of edition 0."""
    write_edition(folder, 0, articles)
    refresher = Refresher(load_settings(), data, open_database(sqlite_url(data)))
    refresher.add_source("the benchmark", ArticleSource("news", "folder", str(folder)))
    refresher.refresh(Request("the benchmark"), Silence())


def main() -> None:
    """Measure, print, and keep the figures when asked to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        data, folder = Path(temporary) / "data", Path(temporary) / "articles"
        prepare(data, folder, options.articles)
        library = open_parts(load_settings(), data).library
        figures = figures_of(asyncio.run(run(library, folder, options.rounds, options.articles)))
    for name, value in figures.items():
        print(f"{value:12,.3f}  {name}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
