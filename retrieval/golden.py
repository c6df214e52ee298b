"""Golden questions: a question, the article that must be found, and what was found."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FIRST = 5  # citations of an answer that are looked at: as many as a card shows


@dataclass(frozen=True, slots=True)
class GoldenQuestion:
    """A question, and the id of the article that its answer must quote."""

    text: str
    article: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a generation finds for a golden question.

    Attributes:
        rank: Of the first citation from the article, or from a copy of its passage; None when
            there is none among the first `FIRST`.
        cited: Ids of the articles that are quoted, best first.
        is_there: Whether the generation holds the article at all.
    """

    rank: int | None
    cited: tuple[str, ...]
    is_there: bool = True

    @property
    def passes(self) -> bool:
        """Whether a reader of the answer finds the article."""
        return self.rank is not None


@dataclass(frozen=True, slots=True)
class Loss:
    """A golden question that passes in the generation that answers, and not in the new one."""

    question: GoldenQuestion
    before: Finding
    now: Finding


def read_loss(values: Mapping[str, Any]) -> Loss:
    """Return the loss that `dataclasses.asdict` took apart.

    Raises:
        KeyError: It is none; a TypeError likewise.
    """
    before, now = (
        Finding(values[name]["rank"], tuple(values[name]["cited"]), values[name]["is_there"])
        for name in ("before", "now")
    )
    return Loss(GoldenQuestion(**values["question"]), before, now)
