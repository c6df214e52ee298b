"""Whether a sentence leans on the one before it: its "they" or "it" stands for nothing in it."""

import re
from collections.abc import Sequence

from corpus.article import Passage, Span

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|\d[\d.,]*")
_OPENING = 3  # words within which a pronoun comes before anything that it could stand for
_PRONOUNS = frozenset(
    "he she him her his hers himself herself it its they them their theirs itself".split()
)
_ARTICLES = frozenset("the a an some many several one two three its his her their".split())
_POINTERS = frozenset("this that these those such".split())
_PHRASES = re.compile(
    r"\W*(?:(?:but|and|yet|so|still)\s+)?"
    r"(?:both(?! of)|neither(?! of)|the (?:two|former|latter|pair|trio)|the other)\b",
    re.IGNORECASE,
)
# "this week" points at the calendar, "those who" at whoever follows.
_POINTS_ELSEWHERE = frozenset(
    "week month year morning afternoon evening night summer winter spring autumn fall season time"
    " century decade weekend day who which whose with of as".split()
)
_EMPTY_IT = re.compile(
    r"\bit(?:[’']s| is| was| has been| will be| would be| seems| seemed| appears| appeared"
    r"| turns out| turned out| took| takes)\b[^.;]*?\b(?:that|who|which|to|whether|until|when)\b",
    re.IGNORECASE,
)
# What may open a sentence and names nobody.
_OPENERS = frozenset(
    "when while after before as although though since if once because despite in on at by for with"
    " during under from through upon among unlike like until to of and but so yet or nor still then"
    " also later now here there today tomorrow yesterday however meanwhile instead moreover"
    " nevertheless nonetheless otherwise afterwards again perhaps maybe indeed thus therefore hence"
    " soon once only even just not yes no what why how who where all most".split()
)
_NO_NAMES = frozenset(
    "i mr mrs ms dr sir monday tuesday wednesday thursday friday saturday sunday january february"
    " march april may june july august september october november december".split()
)


def lead_in(passage: Passage, answer: Span, before: Span | None) -> Span | None:
    """Return the span of the sentence that the answering one leans on, or None.

    Args:
        passage: With the answering sentence in it.
        answer: The answering sentence.
        before: The article's last sentence before the passage.
    """
    text = passage.article.text
    if not leans_back(text[answer[0] : answer[1]]):
        return None
    place = passage.sentences.index(answer)
    return passage.sentences[place - 1] if place else before


def leans_back(sentence: str) -> bool:
    """Return whether the sentence has a pronoun whose referent must stand before it.

    "They refused." and "But in 2015 his party lost." do; "When he arrived, Annan spoke." and
    "It is said that Annan spoke." do not. English only.
    """
    words = [(match.group(), match.start()) for match in _WORD.finditer(sentence)]
    if not words:
        return False
    if _PHRASES.match(sentence) or _points_back([word.lower() for word, _ in words]):
        return True
    pronoun = _first_pronoun(words)
    if pronoun is None or not _opens_clause(sentence, words, pronoun):
        return False
    word, start = words[pronoun]
    return not (word.lower() == "it" and _EMPTY_IT.match(sentence, start))


def _points_back(words: Sequence[str]) -> bool:
    """Return whether "this" or "such" opens the sentence and points at what came before."""
    opening = words[1:] if words[0] in {"and", "but", "so", "yet", "still"} else words
    if not opening or opening[0] not in _POINTERS:
        return False
    return len(opening) == 1 or opening[1] not in _POINTS_ELSEWHERE


def _first_pronoun(words: Sequence[tuple[str, int]]) -> int | None:
    """Return the place of the first pronoun, or None when a name or no pronoun comes first."""
    for place, (word, _) in enumerate(words):
        if word.lower() in _PRONOUNS:
            return place
        if _may_be_meant(word, place):
            return None
    return None


def _may_be_meant(word: str, place: int) -> bool:
    """Return whether a pronoun behind the word may stand for it."""
    lower = word.lower()
    if place == 0:
        return lower not in _OPENERS and lower not in _ARTICLES and not lower.endswith("ly")
    return word[0].isupper() and lower not in _NO_NAMES


def _opens_clause(sentence: str, words: Sequence[tuple[str, int]], pronoun: int) -> bool:
    """Return whether nothing that the pronoun may stand for comes before it in its clause.

    The clause is the sentence, or what follows the comma of an opening "In 2015, …". A name right
    behind that comma is whom "When he arrived, …" means.
    """
    start, first = words[pronoun][1], 0
    if words[0][0].lower() in _OPENERS:
        comma = sentence.rfind(",", 0, start)
        first = sum(place < comma for _, place in words)
        following = sentence.find(",", start)
        after = [word for word, place in words if place > following >= 0]
        if comma < 0 and any(word[0].isupper() for word in after[:2]):
            return False
    return pronoun - first < _OPENING
