"""Judged conversations: questions with what was said before, and a rewrite that stands alone."""

import gzip
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.asking.question_words import content_words
from bot.conversation import Exchange, nearest

LABEL = "Utterance:"  # stands in front of some rewrites
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Turn:
    """A question in its conversation.

    Attributes:
        earlier: The questions before it, oldest first.
        rewrite: As a person wrote it to stand alone.
        answers: What was answered to the earlier questions, where that is known.
    """

    turn_id: str
    conversation: str
    earlier: tuple[str, ...]
    text: str
    rewrite: str
    answers: tuple[str, ...] = ()

    @property
    def exchanges(self) -> list[Exchange]:
        """What was said before; an answer's sentences stand where the bot's quotes would."""
        if not self.answers:
            return [Exchange(text) for text in self.earlier]
        pairs = zip(self.earlier, self.answers, strict=True)
        return [Exchange(text, tuple(_SENTENCE_END.split(answer))) for text, answer in pairs]

    @property
    def looked_at(self) -> list[Exchange]:
        """Those of the exchanges that count."""
        return nearest(self.exchanges)

    @property
    def leans(self) -> bool:
        """Whether the rewrite says anything else."""
        return _plain(self.text) != _plain(self.rewrite)

    @property
    def added(self) -> frozenset[str]:
        """The keys of the content words that only the rewrite has; none where it says the same."""
        return content_keys(self.rewrite) - content_keys(self.text) if self.leans else frozenset()

    @property
    def within_reach(self) -> frozenset[str]:
        """Those of the added words that stand in an earlier question."""
        return self.added & frozenset().union(*map(content_keys, self.earlier))


def read_turns(path: Path) -> list[Turn]:
    """Return the turns of a file in CAsT's words."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Turn(
            row["_id"],
            row["_id"].rsplit("_", 1)[0],
            tuple(row["history"]),
            row["text"],
            row["manual_rewrite"].removeprefix(LABEL).strip(),
        )
        for row in rows
    ]


def read_tasks(folder: Path) -> list[Turn]:
    """Return the turns of an evaluation set with histories."""
    with gzip.open(folder / "tasks.jsonl.gz", "rt", encoding="utf-8") as stream:
        return [_task(json.loads(line)) for line in stream]


def _task(row: dict[str, Any]) -> Turn:
    def said_by(speaker: str) -> tuple[str, ...]:
        return tuple(said["text"] for said in row["history"] if said["speaker"] == speaker)

    conversation = row["_id"].split("<")[0]
    earlier, answers = said_by("user"), said_by("agent")
    texts = row["question"], row["human_rewrite"]
    return Turn(row["_id"], conversation, earlier, *texts, answers)


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())


def content_keys(text: str) -> frozenset[str]:
    """Return the keys of the words that say what a text is about."""
    return frozenset(word.key for word in content_words(text))


def halves(turns: Sequence[Turn]) -> tuple[list[Turn], list[Turn]]:
    """Return the turns of a random half of the conversations, and those of the others."""
    parts = parts_of(turns, 2)
    return parts[0], parts[1]


def parts_of(turns: Sequence[Turn], n: int) -> list[list[Turn]]:
    """Return the turns in `n` parts; a conversation stays whole."""
    names = np.random.default_rng(1).permutation(sorted({turn.conversation for turn in turns}))
    part_of = {str(name): place % n for place, name in enumerate(names)}
    return [[turn for turn in turns if part_of[turn.conversation] == part] for part in range(n)]
