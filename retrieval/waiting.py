"""A generation that golden questions hold back: kept aside until somebody decides.

It lies beside the others, and a mark within its folder says that it is not to answer. The folder
gets its place together with the mark, and taking it up is naming it in CURRENT, as for any other:
there is no instant at which it could be taken for one that may answer.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from corpus.durable import write_durably
from retrieval.golden import Loss, read_loss

_MARK = "HELD-BACK"  # no part of the generation: its checksums do not cover it


def mark(folder: Path, losses: Sequence[Loss]) -> None:
    """Say that the generation in `folder` is not to answer, since it would lose these.

    Raises:
        OSError: It could not be written; the mark is as it was.
    """
    values = [asdict(loss.without_words()) for loss in losses]
    text = json.dumps(values, ensure_ascii=False, indent=1)
    write_durably(folder / _MARK, text.encode())


def unmark(folder: Path) -> None:
    """Say that the generation in `folder` may answer."""
    (folder / _MARK).unlink(missing_ok=True)


def is_marked(folder: Path) -> bool:
    """Return whether the generation in `folder` is not to answer."""
    return (folder / _MARK).exists()


def read_mark(folder: Path) -> tuple[Loss, ...]:
    """Return what the generation in `folder` would lose, without the questions' words.

    Nothing when that cannot be read.
    """
    try:
        return tuple(read_loss(values) for values in json.loads((folder / _MARK).read_bytes()))
    except (OSError, ValueError, KeyError, TypeError):
        return ()
