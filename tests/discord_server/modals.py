"""What Discord accepts as a modal, and what a member may write into one."""

from tests.discord_server.components import CUSTOM_ID_MAX
from tests.discord_server.messages import ComponentKind, walk
from tests.discord_server.refusals import FormErrors, Json, Path

TITLE_MAX = 45
PARTS_MAX = 5
LABEL_MAX = 45
DESCRIPTION_MAX = 100
INPUT_MAX = 4000
PLACEHOLDER_MAX = 100

K = ComponentKind


def check_modal(data: Json) -> None:
    """Refuse a modal that Discord would refuse."""
    errors = FormErrors()
    errors.check_length(("data", "title"), data.get("title"), 1, TITLE_MAX)
    errors.check_length(("data", "custom_id"), data.get("custom_id"), 1, CUSTOM_ID_MAX)
    parts = data.get("components")
    errors.check_count(("data", "components"), parts, 1, PARTS_MAX)
    for index, part in enumerate(parts if isinstance(parts, list) else []):
        _check_part(part, errors, ("data", "components", index))
    errors.raise_if_any()


def _check_part(part: Json, errors: FormErrors, path: Path) -> None:
    kind = part.get("type")
    if kind == K.LABEL:
        errors.check_length((*path, "label"), part.get("label"), 1, LABEL_MAX)
        if part.get("description"):
            errors.check_length((*path, "description"), part["description"], 1, DESCRIPTION_MAX)
        _check_input(part.get("component"), errors, (*path, "component"))
    elif kind == K.ACTION_ROW:
        inputs = part.get("components")
        errors.check_count((*path, "components"), inputs, 1, 1)
        for index, each in enumerate(inputs if isinstance(inputs, list) else []):
            inside = (*path, "components", index)
            errors.check_length((*inside, "label"), each.get("label"), 1, LABEL_MAX)
            _check_input(each, errors, inside)
    elif kind == K.TEXT_DISPLAY:
        errors.check_length((*path, "content"), part.get("content"), 1, INPUT_MAX)
    else:
        message = 'Value of field "type" must be one of (1, 10, 18).'
        errors.add((*path, "type"), "UNION_TYPE_CHOICES", message)


def _check_input(part: object, errors: FormErrors, path: Path) -> None:
    if not isinstance(part, dict):
        errors.add(path, "BASE_TYPE_REQUIRED", "This field is required")
        return
    errors.check_length((*path, "custom_id"), part.get("custom_id"), 1, CUSTOM_ID_MAX)
    if part.get("type") == K.TEXT_INPUT:
        for key, most in (("value", INPUT_MAX), ("placeholder", PLACEHOLDER_MAX)):
            if part.get(key):
                errors.check_length((*path, key), part[key], 0, most)


def inputs_of(modal: Json) -> list[tuple[str, Json]]:
    """Return a modal's inputs, each with the label that the member reads."""
    labelled = []
    for part in walk(modal["components"]):
        if part["type"] == K.LABEL:
            labelled.append((str(part["label"]), part["component"]))
        elif part["type"] == K.ACTION_ROW:
            labelled += [(str(each.get("label")), each) for each in part["components"]]
    return labelled
