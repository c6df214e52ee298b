"""The bot bears a small crowd, and the benchmark of large ones counts right."""

from pathlib import Path

import pytest

from benchmarks.discord_load.bot_process import ROOT
from benchmarks.discord_load.crowd import Asked, Crowd, by_mention, questions_from
from benchmarks.discord_load.figures import amiss, figures_of, memory_growth
from tests.bot.running import running
from tests.conftest import SAMPLE, Index
from tests.discord_server import DiscordServer
from tests.discord_server.raw import raw_bot


@pytest.fixture
def sample(tmp_path: Path) -> Index:
    """Return an index of the sample articles."""
    index = Index(SAMPLE, tmp_path / "index", max_tokens=180)
    index.build()
    return index


@pytest.mark.anyio
async def test_a_crowd_is_answered_once_each_and_told_in_time(
    discord_server: DiscordServer, sample: Index, tmp_path: Path
) -> None:
    """50 questions of 10 members over 3 channels: none lost, none twice, none turned away."""
    crowd = Crowd(discord_server, members=10, channels=3)
    async with running(discord_server, sample, tmp_path):
        asked = await crowd.ask(questions_from(SAMPLE, 50, seed=1))
    figures = figures_of(asked)
    assert figures.holds, figures
    assert figures.asked == 50
    assert {each.interaction is None for each in asked} == {True, False}
    assert discord_server.pings == []
    assert discord_server.violations == []


@pytest.mark.anyio
async def test_what_goes_wrong_is_counted(discord_server: DiscordServer) -> None:
    """A question without an answer is lost; two replies, and a reply without a receipt, show."""
    crowd = Crowd(discord_server, members=1, channels=1)
    ada, channel = crowd.members[0], crowd.channels[0]
    path = f"/channels/{channel.id}/messages"
    async with raw_bot(discord_server) as bot:
        said = await ada.say(channel, "why?", mention_bot=True)
        reference = {"message_reference": {"message_id": str(said.id)}}
        await bot.request("POST", path, {"content": "/receipt a"} | reference)
        await bot.request("POST", path, {"content": "I am busy"} | reference)
    twice = Asked(1.0, lambda: [each for each in channel.from_bot() if each.reply_to is said])
    lost = Asked(None, list)
    figures = figures_of([twice, lost])
    assert (figures.asked, figures.lost, figures.answered_twice, figures.turned_away) == (
        2,
        1,
        1,
        1,
    )
    assert not figures.holds
    told = amiss([twice, lost])
    assert ["I am busy" in line for line in told] == [True, False]


@pytest.mark.anyio
async def test_nobody_waits_for_ever(
    discord_server: DiscordServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mention that nobody answers is given up."""
    monkeypatch.setattr("benchmarks.discord_load.crowd.PATIENCE_SECONDS", 0.05)
    crowd = Crowd(discord_server, members=1, channels=1)
    asked = await by_mention(crowd.members[0], crowd.channels[0], "why?")
    assert asked.full_seconds is None
    assert figures_of([asked]).lost == 1


def test_growth_is_measured_once_the_bot_is_warm() -> None:
    """The last round's memory by the third's."""
    assert memory_growth([100.0, 150.0, 200.0]) is None
    assert memory_growth([100.0, 150.0, 200.0, 210.0]) == pytest.approx(1.05)


def test_questions_are_words_of_the_articles() -> None:
    """The same ones each time, of six to fourteen words."""
    questions = questions_from(SAMPLE, 30, seed=1)
    assert questions == questions_from(SAMPLE, 30, seed=1)
    assert all(6 <= len(question.split()) <= 14 for question in questions)
    whole = " ".join(
        " ".join(path.read_text(encoding="utf-8").split()) for path in SAMPLE.glob("*.md")
    )
    assert all(question in whole for question in questions)


def test_the_bot_is_started_where_its_code_is() -> None:
    """The process must run this checkout's code."""
    assert (ROOT / "bot" / "serve.py").is_file()
