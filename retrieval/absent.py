"""Which names of a question stand nowhere in the best articles, and which words in none at all.

What lacks the name tells of somebody else, and what lacks the word may not answer.
"""

import re

import numpy as np

from retrieval.asked import FUNCTION_WORDS
from retrieval.generation import Generation
from retrieval.names import find_names
from retrieval.ranking import Ranking
from retrieval.terms import UNKNOWN, TermIndex

_BEST = 5  # passages whose articles are looked at
_WORD = re.compile(r"[\w'’-]+")
_ROOT = 5  # letters that "Japan" and "Japanese" share
_LONGEST_ABBREVIATION = 4  # letters: "US" may be written out where it is spoken of
_OPENS = re.compile(r"(?:\A|[.?!:][\"”’)]*\s)\W*\Z")
_REACH = 20  # characters before a name, in which a sentence may begin
_AND = re.compile(r" (?:and|&) ")
_OPENERS = FUNCTION_WORDS | frozenset(
    "what when where why how whose whom did do does tell give show name explain describe".split()
)

# Words that say how things stand to each other, and not what is asked about.
_LITTLE = frozenset(
    "about above across after against ago along already although always amid among around away"
    " back because before behind below beneath beside besides between beyond both despite down"
    " during each either else ever every except few further here however inside instead just least"
    " less like maybe more most near neither never nor now off often once only onto other others"
    " out outside over own per perhaps quite rather really same several since soon still such than"
    " then though through throughout till together too toward towards under underneath unless until"
    " up upon via very whether while within without yet".split()
)


def absent_names(generation: Generation, ranking: Ranking) -> tuple[str, ...]:
    """Return the names in the query of which the best passages' articles have no word.

    A capital at a sentence's beginning makes no name, nor do a few capitals alone. An article has
    its title's words and its outlet's name, and a name any word that begins as one of its own.
    """
    names = list(dict.fromkeys(_named(ranking.query.text)))
    if not names:
        return ()
    words = _words_of_best(generation.terms, ranking)
    absent = [n for n in names if not _is_among(generation.lexical.terms(n), words)]
    if not absent:
        return ()
    rows = ranking.rows[:_BEST]
    outlets = " ".join(generation.passage(int(row)).article.source or "" for row in rows).lower()
    return tuple(name for name in absent if name.lower() not in outlets)


def absent_words(generation: Generation, ranking: Ranking) -> tuple[str, ...]:
    """Return the words of the query, as it has them, of which no article has any form.

    Words that only ask or join are none of them, nor is any where a time is asked about: articles
    are of that time without naming it.
    """
    if ranking.query.span or not ranking.query.terms.unknown:
        return ()
    text, lexical = ranking.query.text, generation.lexical
    asked = zip(lexical.query_terms(text), ranking.query.terms.sequence.tolist(), strict=True)
    absent = {term for term, known_as in asked if known_as == UNKNOWN}
    words = (word for word in dict.fromkeys(_WORD.findall(text)) if word.lower() not in _LITTLE)
    return tuple(w for w in words if (terms := lexical.terms(w)) and absent.issuperset(terms))


def _named(text: str) -> list[str]:
    place, names = 0, []
    for mention in find_names(text):
        for part in _AND.split(mention.name):
            name = _without_opener(part)
            place = max(place, text.find(name, place))
            if name and not _is_doubtful(name, text, place):
                names.append(name)
            place += len(name)
    return names


def _without_opener(name: str) -> str:
    """Return the name without the word that a question begins with: "Did Ada" -> Ada."""
    words = name.split(" ")
    while words and words[0].lower() in _OPENERS:
        words.pop(0)
    return " ".join(words)


def _is_doubtful(name: str, text: str, place: int) -> bool:
    words = [word for word in name.split(" ") if word[:1].isupper()]
    if all(word.isupper() and len(word) <= _LONGEST_ABBREVIATION for word in words):
        return True
    if any(character.isdigit() for character in name):
        return True
    opens = _OPENS.search(text, max(0, place - _REACH), place)
    return " " not in name and opens is not None


def _is_among(terms: list[str], words: set[str]) -> bool:
    """Return whether one of the terms, or one of its root, is among the words, or there is none."""
    if not terms or not words.isdisjoint(terms):
        return True
    roots = tuple(term[:_ROOT] for term in terms if len(term) >= _ROOT)
    return any(word.startswith(roots) for word in words)


def _words_of_best(index: TermIndex, ranking: Ranking) -> set[str]:
    """Return the terms of the best passages' articles and their titles."""
    words: set[str] = set()
    for article in np.unique(index.article_of_passage[ranking.rows[:_BEST]]).tolist():
        first, last = index.article_start[article], index.article_start[article + 1]
        start, end = index.sentence_start[index.passage_start[[first, last]]]
        ids = np.union1d(index.terms[start:end], index.title_of(article))
        words.update(index.vocabulary[number] for number in ids.tolist())
    return words
