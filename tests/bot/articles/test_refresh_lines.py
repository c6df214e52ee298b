"""A refresh is told line by line, and not step by step."""

import json

from bot.articles.refresh_lines import Lines


def test_the_first_and_the_last_step_are_told_and_few_between() -> None:
    """A line for each of many quick steps would be read for longer than they took."""
    written: list[str] = []
    lines = Lines(written.append)
    lines.start("Reading", 10_000)
    for _ in range(5_000):
        lines.advance(2)
    told = [json.loads(line) for line in written]
    assert told[0] == {"phase": "Reading", "done": 0, "total": 10_000}
    assert told[-1] == {"phase": "Reading", "done": 10_000, "total": 10_000}
    assert len(told) < 100
