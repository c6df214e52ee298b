"""Members who ask, each the next question as soon as the last one is answered."""

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from tests.discord_server import Channel, DiscordServer, Member, Message, NothingHappenedError
from tests.discord_server.interactions import Interaction

PATIENCE_SECONDS = 300.0  # then a question counts as lost
SHORTEST, LONGEST = 6, 14  # words of a question
# How members ask: three times in five by the command, once privately, once by a mention.
WAYS = ("command", "command", "command", "private", "mention")


def questions_from(articles: Path, n: int, seed: int) -> list[str]:
    """Return `n` runs of an article's own words: most find something, and the cards are long."""
    rng = random.Random(seed)  # noqa: S311  # not for secrets
    texts = [path.read_text(encoding="utf-8").split("---", 2)[2] for path in articles.glob("*.md")]
    words = [text.split() for text in sorted(texts)]
    return [_run(rng, rng.choice(words)) for _ in range(n)]


def _run(rng: random.Random, words: Sequence[str]) -> str:
    start = rng.randrange(len(words) - LONGEST)
    return " ".join(words[start : start + rng.randint(SHORTEST, LONGEST)])


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what came of it.

    Attributes:
        full_seconds: Until the whole answer stood there; None if none came in time.
        answers: Gives the answers that stand there now: there should be one.
        interaction: None for a mention, which has no first response.
    """

    full_seconds: float | None
    answers: Callable[[], list[Message]]
    interaction: Interaction | None = None

    @property
    def first_seconds(self) -> float | None:
        """Return how long the first response took."""
        return self.interaction.first_response_seconds if self.interaction else None

    def __str__(self) -> str:
        what = str(self.interaction) if self.interaction else "a mention"
        answers = [each.text[:80] for each in self.answers()]
        return f"{what}: first response {self.first_seconds} s, answers {answers}"

    @property
    def is_turned_away(self) -> bool:
        """Return whether the bot was too busy to look: such an answer has no receipt."""
        return any("/receipt " not in each.text for each in self.answers())


class Crowd:
    """Members and channels of one guild."""

    def __init__(self, server: DiscordServer, members: int, channels: int) -> None:
        guild = server.guild("Load")
        self.channels = [guild.text_channel(f"questions-{n}") for n in range(channels)]
        self.members = [guild.member(f"member-{n}") for n in range(members)]

    async def ask(self, questions: Sequence[str]) -> list[Asked]:
        """Return what came of the questions; all members ask at once, each one by one."""
        n = len(self.members)
        shares = (self._ask_in_turn(i, questions[i::n]) for i in range(n))
        return [asked for share in await asyncio.gather(*shares) for asked in share]

    async def ask_alone(self, questions: Sequence[str]) -> list[Asked]:
        """Return what came of commands asked one after the other, with nobody else about."""
        channel, member = self.channels[0], self.members[0]
        return [await by_command(member, channel, each, is_private=False) for each in questions]

    async def _ask_in_turn(self, i: int, questions: Sequence[str]) -> list[Asked]:
        member, channel = self.members[i], self.channels[i % len(self.channels)]
        ways = islice(cycle(WAYS), i, None)  # not everybody begins with the same
        return [
            await _ask(way, member, channel, question)
            for way, question in zip(ways, questions, strict=False)
        ]


async def _ask(way: str, member: Member, channel: Channel, question: str) -> Asked:
    if way == "mention":
        return await by_mention(member, channel, question)
    return await by_command(member, channel, question, is_private=way == "private")


async def by_command(member: Member, channel: Channel, question: str, *, is_private: bool) -> Asked:
    """Return what came of `/ask`."""
    interaction = await member.ask_command(
        "ask", channel=channel, question=question, private=is_private
    )
    try:
        await interaction.answered(PATIENCE_SECONDS)
    except NothingHappenedError:
        return Asked(None, lambda: interaction.answers, interaction)
    return Asked(interaction.age_seconds, lambda: interaction.answers, interaction)


async def by_mention(member: Member, channel: Channel, question: str) -> Asked:
    """Return what came of a mention, which is answered by a reply."""
    began = time.monotonic()
    mention = await member.say(channel, question, mention_bot=True)

    def answers() -> list[Message]:
        return [each for each in channel.from_bot(mention) if each.reply_to is mention]

    try:
        await channel.answer_to(mention, PATIENCE_SECONDS)
    except NothingHappenedError:
        return Asked(None, answers)
    return Asked(time.monotonic() - began, answers)
