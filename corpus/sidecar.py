"""`articles.toml`, which says of the files beside it what they do not say themselves."""

import json
import os
import reprlib
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from corpus.article import Metadata
from corpus.dateline import iso_day
from corpus.extracted import one_line
from corpus.problem import UNTIL_THEN, Problem
from corpus.walk import name_within, reason_to_pass_over
from corpus.web_address import stated_address

SIDECAR = "articles.toml"
_KEYS = sorted(f.name for f in fields(Metadata))
_NEEDED = {"published": "a date, YYYY-MM-DD", "url": "an address with https://"}


def sidecar_toml(entries: Mapping[str, Metadata]) -> bytes:
    """Return the file's content: a table for each file name of which something is known."""
    tables = (_table(name, metadata) for name, metadata in sorted(entries.items()))
    return "\n".join(table for table in tables if table).encode()


def _table(name: str, metadata: Metadata) -> str:
    known = ((f.name, getattr(metadata, f.name)) for f in fields(metadata))
    lines = [f"{key} = {_value(value)}\n" for key, value in known if value is not None]
    return f"[{_value(name)}]\n{''.join(lines)}" if lines else ""


def _value(value: str | date) -> str:
    """Return the value in TOML, whose strings are JSON's but for one character."""
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a sidecar says of one file.

    Attributes:
        is_whole: Whether all of it could be read.
    """

    metadata: Metadata = field(default_factory=Metadata)
    is_whole: bool = True


class Sidecars:
    """The `articles.toml` of every folder, read once, and which entries were used."""

    def __init__(self, root: Path, problems: list[Problem]) -> None:
        self._root, self._real = root, Path(os.path.realpath(root))
        self._problems = problems
        self._entries: dict[Path, dict[str, Entry]] = {}
        self._unread: set[Path] = set()

    def take(self, path: Path) -> Entry:
        """Return what the sidecar beside `path` says of it."""
        folder = path.parent
        if folder not in self._entries:
            self._entries[folder] = self._read(folder / SIDECAR)
        missing = Entry(is_whole=folder not in self._unread)
        return self._entries[folder].pop(_key(path.name), missing)

    def unused(self) -> Iterator[Problem]:
        """Yield a problem for each entry that no file answers to."""
        for folder, entries in self._entries.items():
            where = name_within(folder / SIDECAR, self._root)
            for name in entries:
                yield Problem(where, f"names {name!r}, which is not there; correct the name")

    def _read(self, path: Path) -> dict[str, Entry]:
        where = name_within(path, self._root)
        try:
            if not path.is_dir() and reason_to_pass_over(path, self._real):  # named with the files
                return {}
            # Windows writes a mark before the first letter.
            tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
            repr(tables)  # fails on a whole number too long to be named
        except (OSError, ValueError, RecursionError) as error:
            self._unread.add(path.parent)
            self._problems.append(Problem(where, f"cannot be read ({error}); mend it{UNTIL_THEN}"))
            return {}
        return {_key(name): self._entry(where, name, table) for name, table in tables.items()}

    def _entry(self, where: str, name: str, table: Any) -> Entry:  # noqa: ANN401
        """Return what one table says; TOML may hold anything, so each value is checked."""
        if isinstance(table, dict):
            values = {key: _sidecar_value(key, value) for key, value in table.items()}
            slips = [_slip(name, key, table[key]) for key, read in values.items() if read is None]
        else:
            values, slips = {}, [f"{name!r} is no table; write [{name!r}]"]
        self._problems += [Problem(where, f"{slip}{UNTIL_THEN}") for slip in slips]
        read = {key: value for key, value in values.items() if value is not None}
        return Entry(Metadata(**read), is_whole=not slips)


def _key(name: str) -> str:
    """Return a file's name as it is compared: a Mac writes an "é" as two characters."""
    return unicodedata.normalize("NFC", name)


def _slip(name: str, key: str, value: object) -> str:
    """Return what is wrong with a value that is of no use."""
    if isinstance(value, dict):
        full = f"{name}.{key}"
        return f'[{full}] is no file\'s table; put its name in marks, ["{full}"]'
    if key not in _KEYS:
        return f"{name!r}: unknown key {key!r}; write one of {', '.join(_KEYS)}"
    needed = _NEEDED.get(key, "text")
    return f"{name!r}: {key} is {reprlib.repr(value)}; {needed} is needed"


def _sidecar_value(key: str, value: object) -> Any:  # noqa: ANN401  # text or a date
    """Return the value as `Metadata` takes it, or None if it is of no use."""
    if key == "published" and isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    if key not in _KEYS or not isinstance(value, str):
        return None
    if key == "published":
        return iso_day(value)
    return stated_address(value) if key == "url" else one_line(value) or None
