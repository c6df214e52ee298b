"""A question as it reaches the bot, before anything is looked for."""

from dataclasses import dataclass, field
from time import monotonic

from bot.asking.conversations import Place
from bot.logbook.log_writing import Way

LONGEST = 1_000  # characters that are read; the model reads fewer


@dataclass(frozen=True, slots=True)
class Question:
    """A question as a member asked it.

    Attributes:
        replied_to: Receipt of the answer that it replies to.
        heading: Stands over the answer.
        began: When it was asked, by `monotonic`.
        built_on: Receipts of the questions whose words the answer may carry on.
        read: How many of its characters are read, if not all.
        author_id: Whose words they are, where somebody else asks what stands behind them.
    """

    text: str
    place: Place
    way: Way
    is_private: bool = False
    source: str | None = None
    since: str | None = None
    until: str | None = None
    replied_to: str | None = None
    heading: str | None = None
    began: float = field(default_factory=monotonic)
    built_on: tuple[str, ...] = ()
    read: int | None = None
    author_id: int | None = None

    @property
    def members(self) -> tuple[int, ...]:
        """Who asks, and whose words they are, by Discord's ids."""
        author = () if self.author_id is None else (self.author_id,)
        return (self.place.member_id, *author)
