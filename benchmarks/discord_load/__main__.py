"""Let a crowd ask the bot, round after round, and see what it bears.

    python -m benchmarks.discord_load [--questions 1000] [--members 200] [--channels 20]
                                      [--rounds 10] [--alone 50] [--json FILE]

`footnote serve` answers from the sample articles with the real model, over a loopback Discord that
keeps Discord's limits (five messages in five seconds a channel). In each round all members ask at
once, each the next question when the last one is answered: so a full answer waits for those of
everybody else, and a first response must not. Before that, `--alone` questions are asked one by
one. A round of 1,000 takes a minute or two on two cores. Ends with status 1 if a question was lost,
answered twice or turned away, or if the first response took too long, or if memory grew.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.discord_load.bot_process import ROOT, bot_process, complaints, resident_mb
from benchmarks.discord_load.crowd import Asked, Crowd, questions_from
from benchmarks.discord_load.figures import (
    MEMORY_GROWTH_MAX,
    Figures,
    amiss,
    figures_of,
    memory_growth,
)
from bot.engine import build_index
from config.settings import load_settings
from retrieval.intake import Silence
from tests.discord_server import DiscordServer

ARTICLES = ROOT / "corpus" / "articles"
SETTLE_SECONDS = 2.0  # after a round, for an answer that comes a second time


@dataclass(frozen=True, slots=True)
class Load:
    """How large a crowd asks how much."""

    questions: int  # a round
    members: int
    channels: int
    rounds: int
    alone: int  # questions asked one by one, before the crowd comes


@dataclass(slots=True)
class Run:
    """What is known of a run so far.

    Attributes:
        resident: Memory after each round, in MB.
        complaints: Warnings and errors that the bot noted.
    """

    alone: Figures | None = None
    asked: list[Asked] = field(default_factory=list)
    resident: list[float] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


async def measure(load: Load, data: Path, log: Path) -> Run:
    """Return what the bot did under a load."""
    run = Run()
    async with DiscordServer() as server:
        server.limit("POST", "/channels/{channel_id}/messages", requests=5, seconds=5)
        crowd = Crowd(server, load.members, load.channels)
        async with bot_process(server, data, log) as process:
            alone = await crowd.ask_alone(_questions(load.alone, 0))
            run.alone = figures_of(alone)
            _tell("alone", alone)
            for number in range(1, load.rounds + 1):
                asked = await crowd.ask(_questions(load.questions, number))
                await asyncio.sleep(SETTLE_SECONDS)
                run.asked += asked
                run.resident.append(resident_mb(process.pid))
                _tell(f"round {number}", asked, f"; {run.resident[-1]:.0f} MB")
        assert server.pings == [], server.pings[:3]
        assert server.unknown_requests == [], server.unknown_requests[:3]
    run.complaints = complaints(log)
    return run


def _tell(when: str, asked: Sequence[Asked], more: str = "") -> None:
    """Print the figures of some questions at once, and what went wrong with which."""
    print("\n".join([f"{when}: {figures_of(asked)}{more}", *amiss(asked)]), flush=True)


def _questions(n: int, seed: int) -> list[str]:
    return questions_from(ARTICLES, n, seed)


def report(run: Run, to: Path | None) -> bool:
    """Print what a run showed, and return whether all holds that must."""
    figures, growth = figures_of(run.asked), memory_growth(run.resident)
    print(f"all rounds: {figures}")
    print(f"the bot complained {len(run.complaints)} times", *run.complaints[:10], sep="\n")
    if growth is not None:
        print(f"memory after the last round / after the third: {growth:.3f}")
    if to:
        whole = {
            "alone": asdict(run.alone) if run.alone else None,
            "crowd": asdict(figures),
            "resident_mb": run.resident,
            "memory_growth": growth,
        }
        to.write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")
    return figures.holds and (growth is None or growth <= MEMORY_GROWTH_MAX)


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    for name, default in (
        ("questions", 1000),
        ("members", 200),
        ("channels", 20),
        ("rounds", 10),
        ("alone", 50),
    ):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--json", type=Path, default=None)
    options = vars(parser.parse_args())
    to = options.pop("json")
    with TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        build_index(load_settings(), ARTICLES, data, Silence())
        run = asyncio.run(measure(Load(**options), data, Path(folder) / "bot.log"))
    sys.exit(0 if report(run, to) else 1)


if __name__ == "__main__":
    main()
