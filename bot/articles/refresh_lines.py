"""A refresh told line by line, so that another process can follow it."""

import json
from collections.abc import Callable
from dataclasses import asdict
from time import monotonic
from typing import Any

from corpus.sources import Problem
from retrieval.build import BuildReport
from retrieval.golden import read_loss

_EVERY_SECONDS = 0.5  # a line for each step would be thousands


class Lines:
    """Progress as JSON, a line each, and the report as the last one."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self._write = write
        self._phase = ""
        self._total = self._done = 0
        self._told = 0.0

    def start(self, phase: str, total: int) -> None:
        """Begin a phase of `total` steps."""
        self._phase, self._total, self._done = phase, total, 0
        self._tell()

    def advance(self, steps: int = 1) -> None:
        """Count steps of the phase begun last."""
        self._done += steps
        if self._done >= self._total or monotonic() - self._told >= _EVERY_SECONDS:
            self._tell()

    def report(self, report: BuildReport) -> None:
        """Write what came of it."""
        self._write(json.dumps({"report": asdict(report)}))

    def _tell(self) -> None:
        self._told = monotonic()
        line = {"phase": self._phase, "done": self._done, "total": self._total}
        self._write(json.dumps(line))


def read_report(values: dict[str, Any]) -> BuildReport:
    """Return the report that `Lines.report` wrote."""
    names = ("added", "changed", "removed", "fresh")
    lists = {name: tuple(values.get(name, ())) for name in names}  # an older one lacks some
    problems = tuple(Problem(**problem) for problem in values["problems"])
    losses = tuple(read_loss(loss) for loss in values.get("losses", ()))
    return BuildReport(**{**values, **lists, "problems": problems, "losses": losses})
