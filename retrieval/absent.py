"""Which names of a question stand nowhere in the best articles: those tell of somebody else."""

import re

import numpy as np

from retrieval.asked import FUNCTION_WORDS
from retrieval.generation import Generation
from retrieval.names import names_in
from retrieval.search import Ranking
from retrieval.terms import UNKNOWN

_BEST = 5  # passages whose articles are looked at
_ROOT = 5  # letters that "Japan" and "Japanese" share
_LONGEST_ABBREVIATION = 4  # letters: "US" may be written out where it is spoken of
_OPENS = re.compile(r"(?:\A|[.?!:][\"”’)]*\s)\W*\Z")
_REACH = 20  # characters before a name, in which a sentence may begin
_AND = re.compile(r" (?:and|&) ")
_OPENERS = FUNCTION_WORDS | frozenset(
    "what when where why how whose whom did do does tell give show name explain describe".split()
)


def absent_names(generation: Generation, ranking: Ranking) -> tuple[str, ...]:
    """Return the names in the query of which the best passages' articles have no word.

    A capital at a sentence's beginning makes no name, nor do a few capitals alone. An article has
    its title's words and its outlet's name, and a name any word that begins as one of its own.
    """
    index = generation.terms
    rows = ranking.rows[:_BEST]
    articles = np.unique(index.article_of_passage[rows])
    text = ranking.query.text
    absent = []
    for name in dict.fromkeys(_named(text)):
        terms = generation.lexical.terms(name)
        if terms and not _has_any(generation, articles.tolist(), terms):
            absent.append(name)
    if not absent:
        return ()
    outlets = " ".join(generation.passage(int(row)).article.source or "" for row in rows).lower()
    return tuple(name for name in absent if name.lower() not in outlets)


def _named(text: str) -> list[str]:
    place, names = 0, []
    for mention in names_in(text):
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


def _has_any(generation: Generation, articles: list[int], terms: list[str]) -> bool:
    """Return whether one of the articles has one of the terms, or a word of the same root."""
    postings = generation.terms.postings
    for number in generation.terms.ids(terms).tolist():
        if number != UNKNOWN:
            first, last = postings.start[number : number + 2]
            if np.isin(articles, postings.articles[first:last]).any():
                return True
    roots = tuple(term[:_ROOT] for term in terms if len(term) >= _ROOT)
    words = (word for article in articles for word in _words(generation, article))
    return any(word.startswith(roots) for word in words)


def _words(generation: Generation, article: int) -> set[str]:
    """Return the terms of an article and its title."""
    index = generation.terms
    first, last = index.article_start[article], index.article_start[article + 1]
    edges = index.sentence_start[index.passage_start[[first, last]]]
    title = index.title_terms[index.title_start[article] : index.title_start[article + 1]]
    ids = np.union1d(index.terms[edges[0] : edges[1]], title)
    return {index.vocabulary[number] for number in ids.tolist()}
