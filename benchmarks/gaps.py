"""How well questions are grouped by meaning, and how long it takes: `python -m benchmarks.gaps`.

The wordings in `gap_questions.txt` were written for this, several to a question, with questions on
the same subject among them that ask something else. Where the CAsT turns lie in `../shared`, their
stand-alone questions of one conversation are further pairs that ask different things.
"""

import json
import time
from collections.abc import Iterator
from itertools import combinations, groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.unanswered.gaps import NEAR, leaders
from config.settings import load_settings
from retrieval.encode import Encoder, SentenceEncoder

QUESTIONS = Path(__file__).with_name("gap_questions.txt")
TURNS = Path("../shared/eval/cast_query_rewrites/turns.jsonl")
MANY = 10_000  # unanswered questions
CUTS = (0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85)

Floats = NDArray[np.float32]


def main() -> None:
    """Print how pairs are told apart at several cuts, and the time for many questions."""
    encoder = SentenceEncoder(load_settings().encoder.model)
    groups = [part.splitlines() for part in QUESTIONS.read_text().strip().split("\n\n")]
    texts = [text for group in groups for text in group]
    truth = np.array([n for n, group in enumerate(groups) for _ in group])
    vectors = embed(encoder, texts)
    others = [embed(encoder, topic) for topic in conversations()]
    print(f"{len(texts)} wordings of {len(groups)} questions, {len(others)} conversations")
    for cut in CUTS:
        print(f"{'*' if cut == NEAR else ' '} {cut:.2f} {figures(vectors, truth, others, cut)}")
    began = time.perf_counter()
    embed(encoder, (texts * 3)[:200])
    print(f"embedding: {(time.perf_counter() - began) / 200 * 1000:.1f} ms a question")
    for name, many in (("all different", different()), ("ten to a gap", alike())):
        began = time.perf_counter()
        number = len(set(leaders(many)))
        took = time.perf_counter() - began
        print(f"grouping {MANY:,} questions, {name}: {number:,} gaps in {took:.1f} s")


def figures(vectors: Floats, truth: NDArray[np.int64], others: list[Floats], cut: float) -> str:
    """Return what a cut does to pairs: joined rightly, joined wrongly."""
    found = leaders(vectors, cut)
    pairs = list(combinations(range(len(vectors)), 2))
    same = [truth[a] == truth[b] for a, b in pairs]
    joined = [found[a] == found[b] for a, b in pairs]
    right = sum(s and j for s, j in zip(same, joined, strict=True))
    text = f"of pairs that ask the same {right / sum(same):.0%} joined; of joined pairs"
    text += f" {right / max(sum(joined), 1):.0%} ask the same; {len(set(found))} groups"
    if others:
        text += f"; of different ones in a conversation {wrongly_joined(others, cut):.1%} joined"
    return text


def wrongly_joined(conversations_: list[Floats], cut: float) -> float:
    """Return the share of pairs of different questions that are joined."""
    joined = total = 0
    for vectors in conversations_:
        found = leaders(vectors, cut)
        pairs = [found[a] == found[b] for a, b in combinations(range(len(found)), 2)]
        joined += sum(pairs)
        total += len(pairs)
    return joined / total


def conversations() -> Iterator[list[str]]:
    """Yield the different questions of each conversation; none where the set is not here."""
    if not TURNS.is_file():
        return
    turns = [json.loads(line) for line in TURNS.read_text().splitlines()]
    for _, topic in groupby(turns, key=lambda turn: turn["_id"].split("_")[0]):
        yield list(dict.fromkeys(turn["manual_rewrite"] for turn in topic))


def embed(encoder: Encoder, texts: list[str]) -> Floats:
    """Return a unit vector a text."""
    return np.array([encoder.encode_query(text) for text in texts], np.float32)


def different() -> Floats:
    """Return as many vectors as there may be questions, no two of them near."""
    return _unit(np.random.default_rng(7).normal(size=(MANY, 384)))


def alike() -> Floats:
    """Return vectors of which about ten each are near."""
    chosen = np.random.default_rng(8).integers(0, MANY // 10, MANY)
    return _unit(different()[chosen] + np.random.default_rng(9).normal(0, 0.01, (MANY, 384)))


def _unit(vectors: NDArray[np.floating]) -> Floats:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


if __name__ == "__main__":
    main()
