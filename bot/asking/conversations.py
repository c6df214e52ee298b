"""What each person asked last in each channel: never mixed, and soon forgotten."""

from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import RLock
from time import monotonic

from bot.conversation import Exchange
from bot.logbook.erasures import Wanted, always

MINUTES = 30  # after which a question begins a new conversation
_TURNS = 8  # questions kept of one conversation
_CONVERSATIONS = 5_000  # in memory; the one that was silent for longest goes first


@dataclass(frozen=True, slots=True)
class Place:
    """Whose conversation it is, and where.

    Attributes:
        channel_id: A thread is a channel of its own.
        is_private: What somebody asked in private is never carried into what others see.
    """

    member_id: int
    guild_id: int | None
    channel_id: int | None
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with what was quoted.

    Attributes:
        receipt: The answer's, where one was kept.
        author_id: Whose words the question is made of, where not the asker's.
    """

    exchange: Exchange
    receipt: str | None
    author_id: int | None = None


class Conversations:
    """The latest turns of every conversation. Safe to use from several threads."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = RLock()
        self._turns: OrderedDict[Place, tuple[float, deque[Turn]]] = OrderedDict()

    def of(self, place: Place) -> Sequence[Turn]:
        """Return the turns so far, oldest first; none when they are too long ago."""
        with self._lock:
            self._forget_old()
            _, turns = self._turns.get(place, (0.0, ()))
            return tuple(turns)

    def add(self, place: Place, turn: Turn, is_wanted: Wanted = always) -> None:
        """Note a turn, if it still may be kept."""
        with self._lock:
            if not is_wanted():
                return
            turns = deque(self.of(place), _TURNS)
            turns.append(turn)
            self._turns[place] = self._clock(), turns
            self._turns.move_to_end(place)
            if len(self._turns) > _CONVERSATIONS:
                self._turns.popitem(last=False)

    def forget(self, member_id: int) -> None:
        """Forget what a member asked, in every channel, and what others asked in their words."""
        with self._lock:
            for place, (_, turns) in list(self._turns.items()):
                authors = {turn.author_id for turn in turns}
                if member_id in {place.member_id, *authors}:
                    self._turns.pop(place)

    def _forget_old(self) -> None:
        """Forget every conversation that is over, whoever asks next: nobody may come back to it."""
        while self._turns:
            last, _ = next(iter(self._turns.values()))
            if self._clock() - last <= MINUTES * 60:
                return
            self._turns.popitem(last=False)
