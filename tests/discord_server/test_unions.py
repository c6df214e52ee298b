"""A union told apart by type allows what it allowed before."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.discord_server.refusals import Json
from tests.discord_server.unions import tell_apart_by_type

REFS = [{"$ref": "#/components/schemas/Text"}, {"$ref": "#/components/schemas/Row"}]


def object_of(kinds: list[int], **properties: Json) -> Json:
    own = {"type": {"type": "integer", "enum": kinds}} | properties
    return {"type": "object", "required": list(own), "properties": own}


def description() -> Json:
    """Return a description of texts, and rows of texts or rows."""
    inside = {"type": "array", "items": {"oneOf": deepcopy(REFS)}}
    schemas = {
        "Text": object_of([10], content={"type": "string", "minLength": 1}),
        "Row": object_of([1, 2], components=inside),
    }
    return {"oneOf": deepcopy(REFS), "components": {"schemas": schemas}}


components: st.SearchStrategy[Any] = st.recursive(
    st.fixed_dictionaries(
        {}, optional={"type": st.sampled_from([1, 10, 99, "10"]), "content": st.text(max_size=1)}
    )
    | st.none(),
    lambda inner: st.fixed_dictionaries(
        {"type": st.sampled_from([1, 2, 10])},
        optional={"components": st.lists(inner, max_size=3), "content": st.text(max_size=1)},
    ),
    max_leaves=6,
)


@given(components)
def test_the_same_is_allowed(component: object) -> None:
    """Whatever stands there, at any depth."""
    before, after = description(), description()
    tell_apart_by_type(after)
    assert "oneOf" not in str(after)
    allowed = Draft202012Validator(before).is_valid(component)
    assert Draft202012Validator(after).is_valid(component) == allowed


def test_a_fault_is_named_at_its_place() -> None:
    """Not "none of these fits" at the top."""
    whole = description()
    tell_apart_by_type(whole)
    card = {"type": 1, "components": [{"type": 10, "content": ""}]}
    (error,) = Draft202012Validator(whole).iter_errors(card)
    assert error.json_path == "$.components[0].content"


@pytest.mark.parametrize("kinds", [[10], [1]], ids=["one type in common", "all in common"])
def test_a_union_that_types_do_not_tell_apart_stays(kinds: list[int]) -> None:
    """Then each alternative must be tried."""
    whole = description()
    whole["components"]["schemas"]["Text"] = object_of([*kinds, 2])
    before = deepcopy(whole)
    tell_apart_by_type(whole)
    assert whole == before
