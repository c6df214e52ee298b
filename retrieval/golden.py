"""Golden questions: a question, the article that must be found, and what was found."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

FIRST = 5  # citations of an answer that are looked at: as many as a card shows


@dataclass(frozen=True, slots=True)
class GoldenQuestion:
    """A question, and the id of the article that its answer must quote.

    Attributes:
        text: May be a member's own words.
        number: What it is called by; 0 until it is kept.
    """

    text: str
    article: str
    number: int = 0


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

    def without_words(self) -> "Loss":
        """Return it as it is written down: words that a member may have erased stand in one place.

        That is where the question is kept, under its number.
        """
        return replace(self, question=replace(self.question, text=""))


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
