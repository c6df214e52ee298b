"""How long the query log takes to list, search and count when very much was asked.

    python -m benchmarks.log_scale FOLDER [--size N] [--url ADDRESS] [--json FILE]

Fills a database in FOLDER (or at a SQLAlchemy address) with made-up questions, unless it holds
that many already, and asks it what admins ask: lists in each order, words common and rare, each
filter alone and with words, pages deep in the log, one question whole, statistics of 90 days and of
a year. A million questions take some minutes to write and about 3 GB.
"""

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from math import ceil
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import sqlalchemy as sa

from bot.logbook.day_counts import DayCounts, add_counts, time_class
from bot.logbook.log_search import read_question, search_log
from bot.logbook.log_statistics import first_kept, read_statistics
from bot.logbook.log_tables import FEEDBACK, QUESTIONS, number_at
from bot.logbook.logged import LogQuery, Sort
from bot.query_log import new_receipt_id
from bot.storage.database import as_stored, open_database, sqlite_url

LAST = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = 90
BATCH = 5_000
WORDS, CHANNELS, MEMBERS, ARTICLES, GENERATIONS = 40_000, 40, 20_000, 3_000, 30
PRIVATE, HELPFUL, UNHELPFUL = 0.2, 0.06, 0.02  # shares of questions
CONFIDENCES = {"strong": 60, "partial": 25, "none": 13, "failed": 2}  # of a hundred


@dataclass(frozen=True, slots=True)
class Row:
    """How long one kind of look took, milliseconds.

    Attributes:
        cpu_p95_ms: Of the processor's time: what is left when nobody else uses the machine.
    """

    name: str
    looks: int
    p50_ms: float
    p95_ms: float
    worst_ms: float
    cpu_p95_ms: float


def zipf(rng: random.Random, size: int) -> int:
    """Return a number below `size`, small ones far more often."""
    return int(size ** rng.random()) - 1


def made_up(rng: random.Random, number: int) -> dict[str, Any]:
    """Return a question's row."""
    words = [f"w{zipf(rng, WORDS)}" for _ in range(rng.randint(4, 14))]
    confidence = rng.choices([*CONFIDENCES], [*CONFIDENCES.values()])[0]
    asked_at = datetime.fromtimestamp(number / 1e6, UTC)
    score = round(rng.random(), 4)
    cited = [
        {
            "rank": rank,
            "passage_id": f"a{article}.md#{rank}",
            "article_id": f"a{article}.md",
            "start": 0,
            "end": 900,
            "answer": [40, 160],
            "lead_in": None,
            "sha256": f"{rng.getrandbits(256):064x}",
            "score": score,
            "dense": score,
            "lexical": score,
        }
        for rank, article in enumerate((zipf(rng, ARTICLES) for _ in range(5)), start=1)
    ]
    return {
        "number": number,
        "id": new_receipt_id(),
        "asked_at": as_stored(asked_at),
        "question": " ".join(words) + "?",
        "query": " ".join(words) + "?",
        "confidence": confidence,
        "probability": rng.random(),
        "generation": f"{1 + int(GENERATIONS * _share(number)):06d}-20260101T000000",
        "sources": [],
        "took_ms": rng.lognormvariate(4.5, 0.6),
        "citations": cited if confidence in {"strong", "partial"} else [],
        "member": f"{zipf(rng, MEMBERS):032x}",
        "guild_id": 1,
        "channel_id": zipf(rng, CHANNELS),
        "way": "command",
        "is_private": rng.random() < PRIVATE,
        "helpful": int(rng.random() < HELPFUL),
        "unhelpful": int(rng.random() < UNHELPFUL),
    }


def _share(number: int) -> float:
    """Return how far into the span of days a question stands, from 0 to 1."""
    first = number_at(LAST - timedelta(days=DAYS))
    return (number - first) / (number_at(LAST) - first)


def batches(size: int, rng: random.Random) -> Iterator[list[dict[str, Any]]]:
    """Yield questions in order of time, some at once."""
    step = (number_at(LAST) - number_at(LAST - timedelta(days=DAYS))) // size
    first = number_at(LAST - timedelta(days=DAYS))
    for begin in range(0, size, BATCH):
        numbers = range(begin, min(begin + BATCH, size))
        yield [made_up(rng, first + n * step) for n in numbers]


def fill(database: sa.Engine, size: int) -> None:
    """Write so many questions with feedback and daily counts."""
    for rows in batches(size, random.Random(0)):  # noqa: S311  # the same log each time
        feedback = [
            {
                "receipt_id": row["id"],
                "member": row["member"],
                "given_at": row["asked_at"],
                "is_helpful": bool(row["helpful"]),
            }
            for row in rows
            if row["helpful"] or row["unhelpful"]
        ]
        with database.begin() as connection:
            connection.execute(sa.insert(QUESTIONS), rows)
            if feedback:
                connection.execute(sa.insert(FEEDBACK), feedback)
            add_counts(connection, _counts(rows))


def fill_up(database: sa.Engine, size: int) -> None:
    """Write so many questions, unless it holds as many already."""
    with database.connect() as connection:
        held = connection.execute(sa.select(sa.func.count()).select_from(QUESTIONS)).scalar_one()
    if held < size:
        began = perf_counter()
        fill(database, size)
        print(f"{size:,} questions written in {perf_counter() - began:.0f} s")


def _counts(rows: list[dict[str, Any]]) -> DayCounts:
    counts: DayCounts = Counter()
    for row in rows:
        day = row["asked_at"].date()
        counts["confidence", day, row["confidence"]] += 1
        counts["took", day, time_class(row["took_ms"])] += 1
        for article in {cited["article_id"] for cited in row["citations"]}:
            counts["article", day, article] += 1
    return counts


def looks(database: sa.Engine, rng: random.Random) -> dict[str, Callable[[], object]]:
    """Return what admins do, each with values of its own at every call."""

    def day() -> datetime:
        return LAST - timedelta(days=rng.uniform(1, DAYS))

    def listed(sort: Sort = "newest", after: str | None = None, **wanted: Any) -> Any:  # noqa: ANN401
        return search_log(database, LogQuery(**wanted), sort, after)

    def common() -> str:
        return f"w{rng.randrange(3)}"

    def rare() -> str:
        return f"w{rng.randrange(1_000, WORDS)}"

    def member() -> str:
        return f"{zipf(rng, MEMBERS):032x}"

    def quiet() -> int:
        return rng.randrange(CHANNELS // 2, CHANNELS)

    def shown() -> object:
        found = listed(until=day())
        return read_question(database, found.questions[0].id)

    sorts: tuple[Sort, ...] = ("newest", "oldest", "slowest", "least sure")
    found: dict[str, Callable[[], object]] = {
        f"list, {sort}": lambda sort=sort: listed(sort)  # type: ignore[misc]
        for sort in sorts
    }
    return found | {
        "a page deep in the log": lambda: listed(after=f"0_{number_at(day())}"),
        "a page deep, slowest first": lambda: listed("slowest", f"{rng.uniform(50, 300)}_1"),
        "one day": lambda: listed(since=(d := day()), until=d + timedelta(days=1)),
        "one member": lambda: listed(member=member()),
        "one quiet channel": lambda: listed(channel_id=quiet()),
        "one confidence": lambda: listed(confidence=rng.choice([*CONFIDENCES])),
        "one generation": lambda: listed(generation=made_up(rng, number_at(day()))["generation"]),
        "disliked": lambda: listed(feedback="unhelpful"),
        "slower than most": lambda: listed(slower_ms=rng.uniform(200, 800)),
        "disliked, quiet channel, none": lambda: listed(
            feedback="unhelpful", channel_id=quiet(), confidence="none"
        ),
        "failed, one day, slowest first": lambda: listed(
            "slowest", confidence="failed", since=(d := day()), until=d + timedelta(days=1)
        ),
        "quiet channel, least sure first": lambda: listed("least sure", channel_id=quiet()),
        "a common word": lambda: listed(text=common()),
        "a rare word": lambda: listed(text=rare()),
        "the beginning of words": lambda: listed(text=f"w{rng.randrange(10, 99)}"),
        "two words": lambda: listed(text=f"{common()} {rare()}"),
        "a common word, slowest first": lambda: listed("slowest", text=common()),
        "a common word, one member": lambda: listed(text=common(), member=member()),
        "a common word, quiet channel": lambda: listed(text=common(), channel_id=quiet()),
        "a common word, disliked, none": lambda: listed(
            text=common(), feedback="unhelpful", confidence="none"
        ),
        "a common word, one day": lambda: listed(
            text=common(), since=(d := day()), until=d + timedelta(days=1)
        ),
        "one question whole": shown,
        "statistics of 90 days": lambda: read_statistics(
            database, (LAST - timedelta(days=90)).date(), LAST.date(), first_kept(LAST.date(), 90)
        ),
        "statistics of a year": lambda: read_statistics(
            database, (LAST - timedelta(days=365)).date(), LAST.date(), first_kept(LAST.date(), 90)
        ),
    }


def measure(database: sa.Engine, times: int, show: Callable[[Row], None]) -> list[Row]:
    """Return how long each look took, the looks mixed as people mix them."""
    rng = random.Random(1)  # noqa: S311  # likewise
    taken: dict[str, list[tuple[float, float]]] = defaultdict(list)
    every = looks(database, rng)
    for _ in range(times):
        for name in rng.sample(sorted(every), len(every)):
            began, used = perf_counter(), process_time()
            every[name]()
            took = (perf_counter() - began) * 1000, (process_time() - used) * 1000
            taken[name].append(took)
    lists = [ms for name, some in taken.items() if "statistics" not in name for ms in some]
    rows = [_row(name, taken[name]) for name in every] + [_row("every list and search", lists)]
    for row in rows:
        show(row)
    return rows


def _row(name: str, taken: list[tuple[float, float]]) -> Row:
    wall, cpu = (sorted(times) for times in zip(*taken, strict=True))
    return Row(name, len(taken), at(wall, 0.5), at(wall, 0.95), wall[-1], at(cpu, 0.95))


def at(times: list[float], share: float) -> float:
    """Return the time that a share of them did not exceed."""
    return times[max(0, ceil(share * len(times)) - 1)]


def show_row(row: Row) -> None:
    """Print a row of the table."""
    figures = (row.p50_ms, row.p95_ms, row.worst_ms, row.cpu_p95_ms)
    print(f"{row.name:<34}" + "".join(f"{figure:10.1f}" for figure in figures), flush=True)


def main() -> None:
    """Fill the log, look at it, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--url")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    database = open_database(options.url or sqlite_url(options.folder))
    fill_up(database, options.size)
    print(f"{'milliseconds':<34}{'p50':>10}{'p95':>10}{'worst':>10}{'CPU p95':>10}")
    rows = measure(database, options.times, show_row)
    if options.json:
        options.json.write_text(json.dumps([asdict(row) for row in rows], indent=1))


if __name__ == "__main__":
    main()
