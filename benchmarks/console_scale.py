"""How long the console's pages take over HTTP when very much was asked.

    python -m benchmarks.console_scale FOLDER [--size N] [--times N] [--json FILE]

Fills a log in FOLDER as `benchmarks.log_scale` does, unless it holds that many questions already,
lets a console run over it on loopback, logs in, and opens what admins open: lists in each order, by
words common and rare, under filters, page after page; one question; the overview, and its charts,
each drawn anew.
"""

import argparse
import json
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from pathlib import Path
from statistics import median
from threading import Thread
from time import perf_counter

import httpx
import sqlalchemy as sa

from benchmarks.log_scale import CHANNELS, DAYS, LAST, WORDS, at, fill_up, zipf
from bot.console.login_links import new_login_link
from bot.console.parts import Parts
from bot.console.server import listening, server
from bot.logbook.chart_words import TITLES
from bot.logbook.log_tables import QUESTIONS
from bot.storage.database import open_database, sqlite_url
from config.settings import load_settings

LIST_MS, CHART_MS = 300.0, 1_000.0  # at most, for 95 of 100


@dataclass(frozen=True, slots=True)
class Row:
    """How long one kind of page took, milliseconds."""

    name: str
    times: int
    p50_ms: float
    p95_ms: float
    most_ms: float


@contextmanager
def logged_in(folder: Path, days_ago: Callable[[], int]) -> Iterator[httpx.Client]:
    """Give somebody logged in to a console over FOLDER, whose overview ends so many days ago."""
    database = open_database(sqlite_url(folder))
    parts = Parts.open(load_settings(), folder, database)
    parts = replace(parts, clock=lambda: LAST - timedelta(days=days_ago()))
    listener = listening("127.0.0.1", 0)
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    running = server(parts)
    thread = Thread(target=running.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        with httpx.Client(base_url=url, headers={"origin": url}, timeout=60) as client:
            client.post(new_login_link(database, url, "benchmark"))
            yield client
    finally:
        running.should_exit = True
        thread.join()


def pages(database: sa.Engine, rng: random.Random) -> dict[str, Callable[[], str]]:
    """Return what admins open, each with an address of its own at every call."""

    def day() -> str:
        return f"{LAST - timedelta(days=rng.uniform(1, DAYS)):%Y-%m-%d}"

    def common() -> str:
        return f"w{zipf(rng, 30)}"

    def rare() -> str:
        return f"w{rng.randrange(1_000, WORDS)}"

    def quiet() -> int:
        return rng.randrange(CHANNELS // 2, CHANNELS)

    ids = _some_ids(database, rng)
    lists = {
        "newest first": lambda: "",
        "oldest first": lambda: "sort=oldest",
        "slowest first": lambda: "sort=slowest",
        "least sure first": lambda: "sort=least+sure",
        "a common word": lambda: f"text={common()}",
        "a rare word": lambda: f"text={rare()}",
        "two words": lambda: f"text={common()}+{rare()}",
        "a word, disliked": lambda: f"text={common()}&feedback=unhelpful",
        "no answer": lambda: "confidence=none",
        "disliked": lambda: "feedback=unhelpful",
        "up to a day": lambda: f"until={day()}",
        "a quiet channel, slow": lambda: f"channel={quiet()}&slower=300",
    }
    found = {name: _prefixed("/questions?", address) for name, address in lists.items()}
    return found | {
        "one question": lambda: f"/questions/{rng.choice(ids)}",
        "feedback": lambda: "/feedback",
        "audit": lambda: "/audit",
    }


def charts(rng: random.Random) -> dict[str, Callable[[], str]]:
    """Return the overview's own addresses, for each of its spans."""
    named = {f"chart: {name}": f"/charts/{name}.svg?days=" for name in TITLES}
    named["overview"] = "/?days="
    return {
        name: _prefixed(address, lambda: str(rng.choice([30, 90, 365])))
        for name, address in named.items()
    }


def _prefixed(prefix: str, rest: Callable[[], str]) -> Callable[[], str]:
    return lambda: prefix + rest()


def _some_ids(database: sa.Engine, rng: random.Random) -> Sequence[str]:
    """Return ids of questions from all over the log."""
    with database.connect() as connection:
        ends = sa.select(sa.func.min(QUESTIONS.c.number), sa.func.max(QUESTIONS.c.number))
        first, last = connection.execute(ends).one()
        at = [rng.randrange(first, last + 1) for _ in range(50)]
        query = sa.select(QUESTIONS.c.id).order_by(QUESTIONS.c.number).limit(1)
        return [connection.execute(query.where(QUESTIONS.c.number >= n)).scalar_one() for n in at]


def measure(client: httpx.Client, addresses: dict[str, Callable[[], str]], times: int) -> list[Row]:
    """Return how long each kind of page took, and all of them together."""
    taken: dict[str, list[float]] = {name: [] for name in addresses}
    for _ in range(times):
        for name, address in addresses.items():
            began = perf_counter()
            client.get(address()).raise_for_status()
            taken[name].append((perf_counter() - began) * 1_000)
    every = [ms for each in taken.values() for ms in each]
    return [row(name, each) for name, each in taken.items()] + [row("together", every)]


def row(name: str, taken: Sequence[float]) -> Row:
    """Return the figures of some times."""
    ordered = sorted(taken)
    return Row(name, len(ordered), median(ordered), at(ordered, 0.95), ordered[-1])


def main() -> None:
    """Measure, print, and say whether the limits hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    rng = random.Random(2)  # noqa: S311  # the same addresses each time
    database = open_database(sqlite_url(options.folder))
    fill_up(database, options.size)
    with logged_in(options.folder, lambda: rng.randrange(DAYS)) as client:
        lists = measure(client, pages(database, rng), options.times)
        drawn = measure(client, charts(rng), options.times)
    print(f"{'milliseconds':<28}{'p50':>9}{'p95':>9}{'most':>9}")
    for each in (*lists, *drawn):
        print(f"{each.name:<28}{each.p50_ms:9.1f}{each.p95_ms:9.1f}{each.most_ms:9.1f}")
    print(f"lists within {LIST_MS:.0f} ms: {lists[-1].p95_ms < LIST_MS};", end=" ")
    print(f"charts within {CHART_MS:.0f} ms: {drawn[-1].p95_ms < CHART_MS}")
    if options.json:
        rows = [asdict(each) for each in (*lists, *drawn)]
        options.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
