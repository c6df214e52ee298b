"""Which person in what was quoted a question points at: "why did he refuse?", "who said that?".

Rules, not a fitted model: conversations with judged questions of this kind were too few to fit.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.asking.question_words import Turn, Word
from bot.asking.typed import as_read

_HE_OR_SHE = re.compile(r"\b(?:he|him|his|she|hers?)\b", re.IGNORECASE)
_SAID_THAT = re.compile(
    r"\b(?:said|say|says|told|wrote|claim(?:s|ed)?|call(?:s|ed)) (?:that|this|so|it)\b"
    r"|\bsays who\b|\b(?:that|this) (?:was )?(?:said|quote|statement)\b",
    re.IGNORECASE,
)
_SAYING = frozenset(
    "said says told tells added adds replied explained announced argued claimed claims warned"
    " insisted stressed tweeted wrote".split()
)
_TITLES = frozenset(
    "mr mrs ms dr sir president minister chairman chairwoman leader chief spokesman spokeswoman"
    " spokesperson ambassador envoy senator professor general judge secretary director".split()
)
_LONGEST_NAME = 3  # words; longer runs of capitals are headings
_BEFORE_SUBJECTS = frozenset("did does do has have had is was will would can could should".split())


def person_meant(question: str, asked: Turn, quoted: Sequence[Turn], turns: Sequence[Turn]) -> Turn:
    """Return the name of the person in what was quoted that the question means, or nothing.

    Args:
        question: As it was typed.
        asked: Its content words.
        quoted: What was quoted last.
        turns: Earlier questions. When one of them names a person, "he" is that one.
    """
    text = as_read(question)
    is_he = _HE_OR_SHE.search(text) and not any(word.is_name for word in asked)
    if not _SAID_THAT.search(text) and not (is_he and not any(map(_names_a_person, turns))):
        return ()
    people = [name for words in quoted for name in _names(words) if _is_person(name)]
    counts = Counter(name[-1].key for name in people)
    known = {word.key for turn in (asked, *turns) for word in turn}
    meant = max(people, key=lambda name: counts[name[-1].key], default=())
    return tuple(word for word in meant if word.key not in known and word.can_be_carried)


def _names(words: Turn) -> Iterator[Turn]:
    """Yield the runs of neighbouring names, the first word of a sentence in front of one too."""
    run: list[Word] = []
    for word in words:
        if run and word.place != run[-1].place + 1:
            yield from _without_opening(run)
            run = []
        if word.is_name or (word.place == 0 and word.text[0].isupper()):
            run.append(word)
    yield from _without_opening(run)


def _without_opening(run: Sequence[Word]) -> Iterator[Turn]:
    """Yield the run unless it is only a sentence's first word, which has its capital anyway."""
    if len(run) > 1 or (run and run[0].is_name):
        yield tuple(run[-_LONGEST_NAME:])


def _is_person(name: Turn) -> bool:
    """Return whether the words around the name show a person: a title, or that it speaks."""
    before, after = name[0].before, name[-1].after
    return before != "the" and (before in _TITLES | _SAYING or after in _SAYING)


def _names_a_person(turn: Turn) -> bool:
    """Return whether a question may be about a person: a full name, or one that does something."""
    return any(len(name) > 1 or name[0].before in _BEFORE_SUBJECTS for name in _names(turn))
