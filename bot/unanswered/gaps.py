"""What the articles leave unanswered: questions grouped by meaning.

A question joins the group whose first question it is nearest to, if that is near enough; else it
begins a group of its own. Questions are taken oldest first. So the same questions always give the
same groups, and a question that comes later moves none that came earlier; which question is the
first of its group does depend on their order.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bot.cards.quoting import one_line

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]
Lack = Literal["none", "partial", "disliked"]

NEAR = 0.7  # cosine of two questions that are taken for one; benchmarks/gaps.py has the figures
_BLOCK = 512  # questions compared with all groups at once
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class LackingQuestion:
    """A question that was answered badly, or not at all.

    Attributes:
        number: Its place in time, in microseconds since 1970.
        query: What was searched for.
        lack: What was wrong; "disliked" only where the answer itself was strong.
        member: A keyed hash.
        answered_since: When a later index was found to answer it; None where none does.
    """

    number: int
    id: str
    question: str
    query: str
    lack: Lack
    member: str
    answered_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that mean the same, oldest first."""

    questions: tuple[LackingQuestion, ...]

    @property
    def id(self) -> str:
        """The id of its first question."""
        return self.questions[0].id

    @property
    def people(self) -> int:
        """How many asked; somebody whose code changed meanwhile counts again."""
        return len({question.member for question in self.questions})

    @property
    def last_asked(self) -> datetime:
        """When it was asked last."""
        return datetime.fromtimestamp(self.questions[-1].number // 1_000_000, UTC)

    @property
    def answered_since(self) -> datetime | None:
        """When the last of its questions was found answered; None while one is not."""
        times = [question.answered_since for question in self.questions]
        return max((time for time in times if time), default=None) if all(times) else None

    @property
    def examples(self) -> tuple[str, ...]:
        """Different wordings, the first one and then the newest."""
        first, *others = self.questions
        by_words: dict[str, str] = {}
        for question in (first, *reversed(others)):
            by_words.setdefault(same_words(question.question), question.question)
        return tuple(by_words.values())[:_EXAMPLES]


def same_words(text: str) -> str:
    """Return what questions of the same words share, whatever their capitals and marks."""
    words = "".join(sign if sign.isalnum() else " " for sign in one_line(text).casefold())
    return " ".join(words.split())


def words_hash(text: str) -> bytes:
    """Return what tells the same words in memory, without holding them."""
    return sha256(same_words(text).encode()).digest()


def find_gaps(questions: Sequence[LackingQuestion], led_by: Integers) -> list[Gap]:
    """Return the gaps: open ones first, among them those of most people, then the most asked.

    Args:
        questions: Oldest first.
        led_by: For each, the place of the first question of its group.
    """
    groups: dict[int, list[LackingQuestion]] = defaultdict(list)
    for question, leader in zip(questions, led_by, strict=True):
        groups[int(leader)].append(question)
    return sorted((Gap(tuple(group)) for group in groups.values()), key=_importance)


def _importance(gap: Gap) -> tuple[bool, int, int, int]:
    newest = gap.questions[-1].number
    return gap.answered_since is not None, -gap.people, -len(gap.questions), -newest


def leaders(vectors: Floats, near: float = NEAR) -> Integers:
    """Return, for each vector, the row of the first vector of its group.

    Args:
        vectors: Of unit length, shape (n, dimension), in the order in which they are taken.
        near: The least cosine to the first of a group with which a vector joins it. Of two
            groups that are equally near, the older counts.
    """
    found = np.empty(len(vectors), np.int64)
    first: list[int] = []  # rows that begin a group
    for start in range(0, len(vectors), _BLOCK):
        block = vectors[start : start + _BLOCK]
        _join(start, _nearest(block, vectors, first), block @ block.T, near, found)
        stop = start + len(block)
        first += [row for row in range(start, stop) if found[row] == row]
    return found


def _nearest(block: Floats, vectors: Floats, first: list[int]) -> Iterable[tuple[int, float]]:
    """Yield, for each vector of a block, the row of the nearest group before it, and how near."""
    if not first:
        return ((0, -2.0) for _ in block)
    cosines = block @ vectors[first].T
    return zip(np.array(first)[cosines.argmax(axis=1)], cosines.max(axis=1), strict=True)


def _join(
    start: int,
    before: Iterable[tuple[int, float]],
    within: Floats,
    near: float,
    found: Integers,
) -> None:
    """Let the vectors of a block join groups from before it, or ones that begin within it."""
    begun: list[int] = []  # places in the block
    for place, (row, cosine) in enumerate(before):
        best, best_row = cosine, row
        if begun:
            mine = within[place, begun]
            if mine.max() > best:
                best, best_row = float(mine.max()), start + begun[int(mine.argmax())]
        if best < near:
            best_row = start + place
            begun.append(place)
        found[start + place] = best_row


def lacks(gap: Gap) -> Iterator[tuple[Lack, int]]:
    """Yield what was wrong with a gap's answers, with how often, worst first."""
    kinds: tuple[Lack, ...] = ("none", "partial", "disliked")
    for kind in kinds:
        if number := sum(question.lack == kind for question in gap.questions):
            yield kind, number
