"""What a sentence stands under: the heading, or the question, that says what it is about.

"How do I reset my password?" is not the answer to that; what follows it is, though it may not
have a word of it.
"""

import numpy as np

from corpus.article import Passage, Span
from corpus.split import begins_paragraph, is_heading, is_question
from retrieval.arrays import Booleans, Integers


def places_above(passage: Passage) -> Integers:
    """Return the place of what each sentence stands under; its own where that is nothing.

    A heading, or a question that is a paragraph, reaches to the next one; a question in a
    paragraph to the paragraph's end. Shape (sentences,).
    """
    text, above = passage.article.text, []
    current, is_section = None, False
    for place, span in enumerate(passage.sentences):
        if _introduces(text, span):
            current, is_section = place, _is_paragraph(text, span)
            above.append(place)
            continue
        if begins_paragraph(text, span[0]) and not is_section:
            current = None
        above.append(place if current is None else current)
    return np.array(above, np.int64)


def may_answer(passage: Passage) -> Booleans:
    """Return which sentences may answer: no heading or question, unless there is nothing else.

    Shape (sentences,).
    """
    text, spans = passage.article.text, passage.sentences
    answers = np.array([not _introduces(text, span) for span in spans], np.bool_)
    return answers if answers.any() else np.ones(len(spans), np.bool_)


def _introduces(text: str, span: Span) -> bool:
    return is_heading(text, span) or is_question(text, span)


def _is_paragraph(text: str, span: Span) -> bool:
    start, end = span
    return begins_paragraph(text, start) and text[end : end + 2] in ("", "\n\n")
