"""Which names of a question stand nowhere in the best articles: those tell of somebody else."""

import re

import numpy as np

from retrieval.generation import Generation
from retrieval.names import Mention, names_in
from retrieval.search import Ranking
from retrieval.terms import UNKNOWN

_BEST = 5  # passages whose articles are looked at
_ROOT = 5  # letters that "Japan" and "Japanese" share
_LONGEST_ABBREVIATION = 4  # letters: "US" may be written out where it is spoken of
_OPENS = re.compile(r"(?:^|[.?!:][\"”’)]*\s)\W*$")


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
        place = text.find(mention.name, place)
        if not _is_doubtful(mention, text[:place]):
            names.append(mention.name)
        place += len(mention.name)
    return names


def _is_doubtful(mention: Mention, before: str) -> bool:
    capitalised = [word for word in mention.name.split() if word[0].isupper()]
    if all(word.isupper() and len(word) <= _LONGEST_ABBREVIATION for word in capitalised):
        return True
    is_one_word = " " not in mention.name
    has_digit = any(character.isdigit() for character in mention.name)
    return has_digit or (is_one_word and bool(_OPENS.search(before)))


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
