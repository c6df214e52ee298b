"""The generations that are kept: which one answers, which waits, which were before."""

import re
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from corpus.durable import sync_folder, sync_tree, write_durably
from retrieval import locks, waiting
from retrieval.generation import Generation
from retrieval.manifest import REMEDY, GenerationError

_CURRENT = "CURRENT"
_ASIDE = ".new-"  # a generation being written; nobody reads it
_ID = re.compile(r"\d{6}-\d{8}T\d{6}")  # a number that counts up, then when it was made


class IndexFolder:
    """The generations in one folder, one of which is current."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def current(self) -> str | None:
        """Return the id of the generation that answers, or None before the first build."""
        try:
            name = (self.path / _CURRENT).read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise GenerationError(f"'{self.path / _CURRENT}' cannot be read; {REMEDY}") from error
        if not _ID.fullmatch(name):
            found = f"'{self.path / _CURRENT}' names {name[:40]!r}, which is no generation"
            raise GenerationError(f"{found}; {REMEDY}")
        return name

    def current_or_none(self) -> str | None:
        """Return the id of the generation that should answer; None too if that cannot be read."""
        try:
            return self.current()
        except GenerationError:
            return None

    def open_current(self) -> Generation:
        """Return the generation that answers.

        Raises:
            GenerationError: There is none, or it is damaged.
        """
        name = self.current()
        if name is None:
            found = f"no index in '{self.path}'"
            raise GenerationError(f"{found}; make one with `footnote index build --articles DIR`")
        try:
            return self.open(name)
        except GenerationError:
            newer = self.current()
            if newer is None or newer == name:
                raise
            return self.open(newer)  # a build ended meanwhile, and cleaned the other away

    def open(self, name: str) -> Generation:
        """Return a generation, whether or not it answers.

        Raises:
            GenerationError: It is not there, or it is damaged.
        """
        return Generation(self.path / name)

    def history(self) -> list[str]:
        """Return the ids of the generations that may answer, newest first."""
        current = self.current_or_none()
        return [n for n in self._made() if n == current or not waiting.is_marked(self.path / n)]

    def waiting(self) -> str | None:
        """Return the id of the generation that golden questions hold back, or None."""
        newest = next(iter(self._made()), None)
        return newest if newest and newest not in self.history() else None

    def open_waiting(self) -> Generation | None:
        """Return the generation that waits; None when none does, or it is damaged."""
        name = self.waiting()
        try:
            return self.open(name) if name else None
        except GenerationError:
            return None

    def _made(self) -> list[str]:
        if not self.path.is_dir():
            return []
        return sorted((p.name for p in self.path.iterdir() if _ID.fullmatch(p.name)), reverse=True)

    def switch_to(self, name: str) -> None:
        """Let generation `name` answer from now on: durable, and all or nothing.

        Raises:
            GenerationError: It is not kept, or it is damaged.
        """
        if name not in self.history():
            kept = ", ".join(self.history()) or "none"
            raise GenerationError(f"no index {name!r} is kept; kept: {kept}")
        self._let_answer(name)

    def use_waiting(self, name: str) -> None:
        """Let the generation that waits answer from now on: durable, and all or nothing.

        Raises:
            GenerationError: Another one waits, or none; or it is damaged.
        """
        if name != self.waiting():
            found = f"{self.waiting()} does" if self.waiting() else "none does"
            raise GenerationError(f"generation {name!r} does not wait to be used; {found}")
        self._let_answer(name)

    def _let_answer(self, name: str) -> None:
        self.open(name)  # which verifies it
        if current := self.current_or_none():
            waiting.unmark(self.path / current)  # a kill can leave the mark behind
        write_durably(self.path / _CURRENT, f"{name}\n".encode())
        waiting.unmark(self.path / name)

    def earlier(self) -> list[str]:
        """Return the ids of the generations before the current one, newest first.

        Raises:
            GenerationError: None is kept.
        """
        current = self.current_or_none()
        older = [name for name in self.history() if current is None or name < current]
        if not older:
            raise GenerationError("no earlier generation is kept, so nothing was changed")
        return older

    def lock(self, holder: str = "the terminal") -> AbstractContextManager[None]:
        """Return a context that holds the index for writing.

        Args:
            holder: Who holds it, for whom else wants to.

        Raises:
            FolderBusyError: Somebody else holds it; the message says who, and since when.
        """
        return locks.held(self.path, holder)

    @contextmanager
    def aside(self) -> Iterator[tuple[str, Path]]:
        """Give the id and the folder for a new generation; adopt it when the block succeeds.

        Whatever happens inside, no reader sees the folder before it is complete.
        """
        self._clear_remains()  # of a build that was killed: we hold the lock
        name = f"{self._next_number():06}-{datetime.now(UTC):%Y%m%dT%H%M%S}"
        folder = self.path / f"{_ASIDE}{name}"
        folder.mkdir()
        try:
            yield name, folder
            sync_tree(folder)
            folder.rename(self.path / name)
            sync_folder(self.path)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _next_number(self) -> int:
        """Return a number above all that are kept: order never depends on the clock."""
        return max((int(name.split("-")[0]) for name in self._made()), default=0) + 1

    def prune(self, keep: int, before: str | None = None) -> None:
        """Delete all but the current and the newest other generations: `keep` in all.

        The one that waits stays besides; those that waited before it go, and so do the remains
        of builds that were killed.

        Args:
            keep: At least 1.
            before: What answered before the current one. It is kept rather than newer ones:
                somebody may have gone back to it, and away from them.
        """
        current = self.current_or_none()
        kept = self.history()
        others = sorted((name for name in kept if name != current), key=lambda n: n != before)
        passed_over = [name for name in self._made() if name not in {*kept, self.waiting()}]
        for name in (*others[keep - 1 :], *passed_over):
            self._delete(name)
        self._clear_remains()

    def discard_waiting(self) -> None:
        """Delete the generation that waits, if one does, and what kills left behind."""
        if name := self.waiting():
            self._delete(name)
        self._clear_remains()

    def _delete(self, name: str) -> None:
        """Delete a generation: out of sight at once, whatever happens meanwhile."""
        remains = self.path / f"{_ASIDE}{name}"
        (self.path / name).rename(remains)
        shutil.rmtree(remains, ignore_errors=True)

    def _clear_remains(self) -> None:
        for remains in self.path.glob(f"{_ASIDE}*"):
            if remains.is_dir():
                shutil.rmtree(remains, ignore_errors=True)
            else:
                remains.unlink(missing_ok=True)
