"""Answer strings of the development sets, and where a text holds one."""

import gzip
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

_NOT_WORD = re.compile(r"[^\w]+")


def read_answers(folder: Path) -> dict[str, tuple[str, ...]]:
    """Return the answer strings by query id; queries without any are left out.

    Generic ones ("true", plain numbers), where a set marks them, stand everywhere by chance
    and are left out too.
    """
    answers = {}
    for row in _rows(folder):
        texts = row.get("answers") or ([row["answer"]] if row.get("answer") else [])
        usable = tuple(text for text in texts if plain(text).strip())
        if usable and not row.get("generic_answer"):
            answers[row["_id"]] = usable
    return answers


def _rows(folder: Path) -> Iterable[Mapping[str, Any]]:
    packed = folder / "answers.jsonl.gz"
    path = packed if packed.exists() else folder / "answers.jsonl"
    with gzip.open(path) if path == packed else path.open("rb") as stream:
        yield from (json.loads(line) for line in stream)


def holds(text: str, answers: Iterable[str]) -> bool:
    """Return whether the text holds one of the answers as whole words, case apart."""
    within = plain(text)
    return any(plain(answer) in within for answer in answers)


def plain(text: str) -> str:
    """Return the words in lower case, without accents and marks, one blank around each."""
    taken_apart = unicodedata.normalize("NFKD", text).lower()
    bare = "".join(c for c in taken_apart if not unicodedata.combining(c))
    return f" {_NOT_WORD.sub(' ', bare).strip()} "
