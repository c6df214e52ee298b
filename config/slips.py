"""A slip in the settings, in words: where it stands, what was found, and what is needed."""

import re
from collections.abc import Callable, Collection
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

Setting = tuple[str, ...]  # ("split", "max_tokens"), or ("data_dir",)

_KINDS: dict[Any, str] = {int: "a whole number", float: "a number", bool: "true or false"}
_TEXT = "a text in quotation marks"
_PASSWORD = re.compile(r"//\S*@")  # with the name before it, in an address
_AT = re.compile(r"^(?P<reason>.*) \(at (?P<place>.*)\)$", re.DOTALL)


def no_toml(path: Path, error: Exception) -> str:
    """Return where a file is no TOML, and what its lines look like.

    Never the line itself: it may hold a password.
    """
    at = _AT.match(str(error))
    reason, place = (at["reason"], at["place"]) if at else (str(error), "some line")
    return (
        f"'{path}', {place}: {reason}; below a [section] each line is name = value, with texts in"
        " quotation marks"
    )


def described(
    error: ValidationError, model: type[BaseModel], origin: Callable[[Setting], str]
) -> str:
    """Return each wrong setting, where it stands, what was found and what is needed.

    Args:
        error: What `model` said.
        model: The settings, by sections.
        origin: Says where a setting comes from.
    """
    slips: dict[Setting, str] = {}
    for problem in error.errors():  # a setting of two kinds fails twice
        setting = tuple(str(part) for part in problem["loc"][:2])
        slips.setdefault(setting, _slip(setting, problem, model))
    places: dict[str, list[str]] = {}
    for setting, slip in slips.items():
        places.setdefault(origin(setting), []).append(slip)
    return "; ".join(f"{place}: {'; '.join(found)}" for place, found in places.items())


def known_settings(model: type[BaseModel]) -> list[Setting]:
    """Return the sections and all settings."""
    settings: list[Setting] = []
    for name in model.model_fields:
        settings.append((name,))
        settings += [(name, key) for key in _section_of((name,), model)]
    return settings


def nearest(name: str, known: Collection[str]) -> str | None:
    """Return the known name that somebody may have meant, or None when none is near."""
    by_letters = {each.casefold(): each for each in known}
    near = get_close_matches(name.casefold(), by_letters, n=1, cutoff=0.7)
    return by_letters[near[0]] if near else None


def _slip(setting: Setting, problem: Any, model: type[BaseModel]) -> str:  # noqa: ANN401  # pydantic's own
    name = _shown(setting, is_section=isinstance(problem["input"], dict))
    if problem["type"] == "extra_forbidden":
        return f"there is no setting {name}{_hint(setting, model)}"
    field = _section_of(setting, model).get(setting[-1])
    is_secret = field is not None and not field.repr
    found = "something else" if is_secret else _PASSWORD.sub("//…@", repr(problem["input"]))
    return f"{name} is {found}, and {_needed(setting, model)} is needed"


def _hint(setting: Setting, model: type[BaseModel]) -> str:
    known = known_settings(model)
    elsewhere = [each for each in known if len(each) > 1 and each[-1] == setting[-1]]
    if len(elsewhere) == 1:
        return f" ({setting[-1]} belongs below [{elsewhere[0][0]}])"
    shown = {
        ".".join(each): _shown(each, is_section=len(each) == 1 and bool(_section_of(each, model)))
        for each in known
    }
    near = nearest(".".join(setting), shown)
    return f" (did you mean {shown[near]}?)" if near else " (config/default.toml lists them all)"


def _shown(setting: Setting, *, is_section: bool) -> str:
    name = ".".join(setting)
    return f"[{name}]" if is_section else name


def _needed(setting: Setting, model: type[BaseModel]) -> str:
    section = _section_of(setting, model)
    if len(setting) > 1:
        return _kind(section[setting[1]])
    if section:
        return f"a section [{setting[0]}] with a line for each setting"
    return _kind(model.model_fields[setting[0]])


def _kind(field: FieldInfo) -> str:
    """Return what a setting takes, in words: its description, or its type and its bounds."""
    if field.description:
        return field.description
    bounds = {
        name: getattr(limit, name)
        for limit in field.metadata
        for name in ("ge", "le", "min_length")
        if hasattr(limit, name)
    }
    kind = _KINDS.get(field.annotation, _TEXT)
    if "min_length" in bounds:
        return f"{kind}, not empty,"
    least, most = bounds.get("ge"), bounds.get("le")
    if most is not None:
        return f"{kind} from {least} to {most}"
    return kind if least is None else f"{kind}, {least} or more,"


def _section_of(setting: Setting, model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return the settings of the section that a setting is, or is in; none where it is in none."""
    kind = model.model_fields[setting[0]].annotation
    is_section = isinstance(kind, type) and issubclass(kind, BaseModel)
    return dict(kind.model_fields) if is_section and kind else {}
