"""What each person asked last in each channel."""

from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking.conversations import MINUTES, Conversations, Place, Turn
from bot.conversation import Exchange
from bot.logbook.erasures import Erasures


class Clock:
    """Shows what the test sets."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


PLACES = [Place(m, g, c) for m in (1, 2) for g, c in ((1, 10), (1, 11), (2, 10), (None, 12))]


@given(st.lists(st.sampled_from(PLACES), max_size=40))
def test_conversations_are_never_mixed(said: list[Place]) -> None:
    """Per person, per server, per channel."""
    conversations = Conversations(Clock())
    for n, place in enumerate(said):
        conversations.add(place, Turn(Exchange(str(n)), None))
    for place in PLACES:
        own = [str(n) for n, other in enumerate(said) if other == place]
        assert [turn.exchange.question for turn in conversations.of(place)] == own[-8:]


def test_what_a_member_asked_before_they_were_forgotten_is_not_noted_afterwards() -> None:
    """Nobody else is forgotten, and what they ask later is noted."""
    erasures, conversations = Erasures(), Conversations()
    before = {place: erasures.wanted(monotonic(), place.member_id) for place in PLACES}
    erasures.note(1)
    conversations.forget(1)
    for place in PLACES:
        conversations.add(place, Turn(Exchange("before"), None), before[place])
    later = Turn(Exchange("later"), None)
    conversations.add(PLACES[0], later, erasures.wanted(monotonic(), 1))
    assert conversations.of(PLACES[0]) == (later,)
    assert [len(conversations.of(place)) for place in PLACES] == [1, 0, 0, 0, 1, 1, 1, 1]


def test_a_conversation_in_a_members_words_is_forgotten_with_them() -> None:
    """Whoever found sources for their message; what others asked stays."""
    conversations = Conversations()
    for place in PLACES:
        author = 9 if place == PLACES[-1] else None
        conversations.add(place, Turn(Exchange("theirs"), None, author))
        conversations.add(place, Turn(Exchange("and then?"), None))
    conversations.forget(9)
    assert [len(conversations.of(place)) for place in PLACES] == [2] * (len(PLACES) - 1) + [0]


def test_an_old_conversation_is_over() -> None:
    """After half an hour a question begins anew."""
    clock = Clock()
    conversations = Conversations(clock)
    conversations.add(PLACES[0], Turn(Exchange("first"), "r1"))
    clock.now = MINUTES * 60
    assert len(conversations.of(PLACES[0])) == 1
    clock.now += 1
    assert conversations.of(PLACES[0]) == ()
    conversations.add(PLACES[0], Turn(Exchange("second"), "r2"))
    assert conversations.of(PLACES[0]) == (Turn(Exchange("second"), "r2"),)


def test_what_is_over_stays_in_memory_no_longer_than_until_anybody_asks() -> None:
    """Whose conversation it was may never ask again."""
    clock = Clock()
    conversations = Conversations(clock)
    for place in PLACES:
        conversations.add(place, Turn(Exchange("a secret"), None))
        clock.now += 60
    clock.now = MINUTES * 60 + 150
    assert conversations.of(Place(3, 1, 10)) == ()
    assert list(conversations._turns) == PLACES[3:]


def test_the_one_that_was_silent_for_longest_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not the one that began first."""
    monkeypatch.setattr("bot.asking.conversations._CONVERSATIONS", 2)
    conversations = Conversations(Clock())
    for place in (PLACES[0], PLACES[1], PLACES[0], PLACES[2]):
        conversations.add(place, Turn(Exchange("why?"), None))
    assert [len(conversations.of(place)) for place in PLACES[:3]] == [2, 0, 1]
