"""What a sentence stands under: the heading, or the question, that says what it is about.

"How do I reset my password?" is not the answer to that; what follows it is, though it may not
have a word of it.
"""

import numpy as np

from corpus.article import Passage
from corpus.headings import begins_paragraph, is_heading, is_question, is_row
from retrieval.arrays import Booleans, Integers


def places_above(passage: Passage) -> Integers:
    """Return the place of what each sentence stands under; its own where that is nothing.

    A heading reaches to the next one, a question in a paragraph to the paragraph's end, and the
    first row of a table to its last. Shape (sentences,).
    """
    text, above = passage.article.text, list[int]()
    current: int | None = None
    table: int | None = None
    is_section = False
    for place, span in enumerate(passage.sentences):
        begins, heads = begins_paragraph(text, span[0]), is_heading(text, span)
        if not is_row(text, span):
            table = None
        elif heads and begins:
            table = place
        if table is not None:
            above.append(table)
            continue
        if heads and not begins and current is not None:
            above.append(current)  # a heading of several sentences is known by its first
            continue
        if heads or is_question(text, span):
            current, is_section = place, heads
        elif begins and not is_section:
            current = None
        above.append(place if current is None else current)
    return np.array(above, np.int64)


def may_answer(passage: Passage) -> Booleans:
    """Return which sentences may answer: no heading or question, unless there is nothing else.

    Shape (sentences,).
    """
    text, spans = passage.article.text, passage.sentences
    answers = np.array([not (is_heading(text, s) or is_question(text, s)) for s in spans], np.bool_)
    return answers if answers.any() else np.ones(len(spans), np.bool_)
