"""Finding the gaps of the log, in moments when nobody waits for an answer."""

import asyncio
from functools import partial

import numpy as np
import sqlalchemy as sa

from bot.asking.desk import Desk
from bot.unanswered.gap_log import read_lacking
from bot.unanswered.gaps import (
    Floats,
    Gap,
    Integers,
    LackingQuestion,
    find_gaps,
    leaders,
    words_hash,
)

_AT_ONCE = 4  # questions embedded before one that somebody asks has its turn


class GapFinder:
    """Groups what is kept; of what is not kept any longer nothing stays here but until next time.

    Vectors are kept in memory alone, under a hash of their words, so that only new questions have
    to be embedded.
    """

    def __init__(self, database: sa.Engine, desk: Desk) -> None:
        self._database = database
        self._desk = desk
        self._vectors: dict[bytes, Floats] = {}
        self._grouped: tuple[list[bytes], Integers] = [], np.zeros(0, np.int64)
        self._turn = asyncio.Lock()

    async def find(self) -> list[Gap]:
        """Return the gaps as they are now, those first that matter most."""
        async with self._turn:  # a second admin needs the same vectors
            await asyncio.to_thread(self._desk.answerer.log.settle)  # what was asked just now
            questions = await asyncio.to_thread(read_lacking, self._database)
            keys = await asyncio.to_thread(lambda: [words_hash(each.query) for each in questions])
            await self._embed(keys, questions)
            if keys != self._grouped[0]:
                self._grouped = keys, await asyncio.to_thread(self._group, keys)
            return await asyncio.to_thread(find_gaps, questions, self._grouped[1])

    async def _embed(self, keys: list[bytes], questions: list[LackingQuestion]) -> None:
        texts = {key: question.query for key, question in zip(keys, questions, strict=True)}
        self._vectors = {key: v for key, v in self._vectors.items() if key in texts}
        new = [key for key in texts if key not in self._vectors]
        for start in range(0, len(new), _AT_ONCE):
            some = new[start : start + _AT_ONCE]
            work = partial(self._encode, [texts[key] for key in some])
            self._vectors |= zip(some, await self._desk.run_idle(work), strict=True)

    def _encode(self, texts: list[str]) -> list[Floats]:
        encoder = self._desk.answerer.live.engine.encoder
        return [encoder.encode_query(text) for text in texts]

    def _group(self, keys: list[bytes]) -> Integers:
        return leaders(np.array([self._vectors[key] for key in keys], np.float32))
