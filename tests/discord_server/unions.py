"""Unions of an API description, made quick to check and clear to read.

Discord's unions tell their alternatives apart by an enumerated `type`. A validator that does not
know tries each alternative to its end, at every depth of a card, and then can only say that none
fits. Here such a union becomes "if the type is this, then that", which allows the same.
"""

from collections.abc import Iterator
from typing import Any

from tests.discord_server.refusals import Json

_UNIONS = ("oneOf", "anyOf")


def tell_apart_by_type(whole: Json) -> None:
    """Rewrite all unions of a description that can be told apart by type, in place."""
    for schema in _schemas(whole):
        for keyword in _UNIONS:
            alternatives = schema.get(keyword)
            if isinstance(alternatives, list) and (kinds := _kinds(alternatives, whole)):
                del schema[keyword]
                schema.update(_by_type(alternatives, kinds))


def _schemas(node: Any) -> Iterator[Json]:  # noqa: ANN401  # any JSON
    """Yield every object below a node, innermost first."""
    for each in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _schemas(each)
    if isinstance(node, dict):
        yield node


def _kinds(alternatives: list[Json], whole: Json) -> list[list[int]] | None:
    """Return the types of each alternative; None if they do not tell them apart."""
    kinds = [_types_of(each, whole) for each in alternatives]
    everything = [kind for each in kinds for kind in each]
    is_clear = all(kinds) and len(set(everything)) == len(everything)
    return kinds if is_clear and len(kinds) > 1 else None


def _types_of(alternative: Json, whole: Json) -> list[int]:
    name = str(alternative.get("$ref", "")).rpartition("/")[2]
    schema = whole["components"]["schemas"].get(name, {})
    types: list[int] = schema.get("properties", {}).get("type", {}).get("enum", [])
    return types if "type" in schema.get("required", []) else []


def _by_type(alternatives: list[Json], kinds: list[list[int]]) -> Json:
    allowed = [kind for each in kinds for kind in each]
    branches = [
        {"if": {"properties": {"type": {"enum": types}}}, "then": alternative}
        for types, alternative in zip(kinds, alternatives, strict=True)
    ]
    return {
        "type": "object",
        "required": ["type"],
        "properties": {"type": {"enum": allowed}},
        "allOf": branches,
    }
