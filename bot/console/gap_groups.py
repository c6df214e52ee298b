"""Grouping what went unanswered, with the console's own model."""

from threading import Lock

import numpy as np
import sqlalchemy as sa

from bot.console.asker import Asker
from bot.unanswered.gap_log import read_lacking
from bot.unanswered.gaps import Floats, Gap, find_gaps, leaders, words_hash

MOST = 2_000  # questions, the newest: they take a few seconds when they are first grouped


class GapGroups:
    """Keeps the vectors of the questions that are kept, so that only new ones take time.

    Under a hash of their words, since the words of a question that is erased must go at once.
    """

    def __init__(self, database: sa.Engine, asker: Asker) -> None:
        self._database = database
        self._asker = asker
        self._vectors: dict[bytes, Floats] = {}
        self._lock = Lock()

    def find(self) -> list[Gap]:
        """Return the gaps as they are now, those first that matter most.

        Raises:
            FootnoteError: There is no index, or another model made it.
        """
        with self._lock:
            questions = read_lacking(self._database, MOST)
            keys = [words_hash(question.query) for question in questions]
            texts = dict(zip(keys, (question.query for question in questions), strict=True))
            known = self._vectors
            self._vectors = {
                key: known[key] if key in known else self._asker.encode(text)
                for key, text in texts.items()
            }
            vectors = np.array([self._vectors[key] for key in keys], np.float32)
            return find_gaps(questions, leaders(vectors))
