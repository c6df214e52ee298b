"""Writing `articles.toml`, which says of the files beside it what they do not say themselves."""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date

from corpus.article import Metadata


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
