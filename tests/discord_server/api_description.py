"""Requests against Discord's own published API description (OpenAPI 3.1)."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.discord_server.call import Call
from tests.discord_server.refusals import Json
from tests.discord_server.unions import tell_apart_by_type

_ROOT = "urn:discord"
_BOOLEANS = {"true": True, "false": False, "1": True, "0": False}


@dataclass(frozen=True, slots=True)
class Violation:
    """A request that the description does not allow."""

    method: str
    path: str
    faults: list[str]


class ApiDescription:
    """What the description says of every path; validators are made when first needed."""

    def __init__(self, path: Path) -> None:
        self._whole: Json = json.loads(path.read_text(encoding="utf-8"))
        # Ids are strings there, but Discord reads numbers too, and discord.py sends them.
        ids = self._whole["components"]["schemas"]["SnowflakeType"]
        ids["type"] = ["string", "integer"]
        ids["minimum"] = 0
        tell_apart_by_type(self._whole)
        resource: Resource[Any] = Resource.from_contents(self._whole, DRAFT202012)
        self._registry: Registry[Any] = Registry().with_resource(_ROOT, resource)
        self._validators: dict[str, Validator] = {}
        self._judged: dict[tuple[str, str], list[str]] = {}  # bodies: every bot tells its commands
        templates: list[str] = sorted(self._whole["paths"], key=lambda each: each.count("{"))
        self._paths = [(_pattern(template), template) for template in templates]

    def faults(self, call: Call) -> list[str]:
        """Return what the description finds wrong with a request; nothing if all is well."""
        template = self._template(call.path)
        if template is None:
            return [f"no path {call.path!r}"]
        item = self._whole["paths"][template]
        operation = item.get(call.method.lower())
        if operation is None:
            return [f"no {call.method} of {template!r}"]
        pointer = f"/paths/{_escaped(template)}/{call.method.lower()}"
        return [
            *self._parameter_faults(call, item, template),
            *self._query_faults(call, operation, pointer),
            *self._body_faults(call, operation, pointer),
        ]

    def reply_faults(self, method: str, path: str, status: int, body: object) -> list[str]:
        """Return what the description finds wrong with a reply."""
        template = self._template(path)
        if template is None:
            return [f"no path {path!r}"]
        responses = self._whole["paths"][template][method.lower()]["responses"]
        key = str(status) if str(status) in responses else f"{status // 100}XX"
        if key not in responses:
            return [f"{method} {template} does not reply {status}"]
        if body is None:
            return []
        response = f"/paths/{_escaped(template)}/{method.lower()}/responses/{key}"
        if "$ref" in responses[key]:
            response = str(responses[key]["$ref"]).removeprefix("#")
        return self._faults(f"{response}/content/application~1json/schema", body, "reply")

    def _parameter_faults(self, call: Call, item: Json, template: str) -> list[str]:
        match = _pattern(template).fullmatch(call.path)
        values = match.groupdict() if match else {}
        faults = []
        for index, parameter in enumerate(item.get("parameters", [])):
            if parameter["in"] == "path":
                pointer = f"/paths/{_escaped(template)}/parameters/{index}/schema"
                faults += self._faults(pointer, values[parameter["name"]], parameter["name"])
        return faults

    def _query_faults(self, call: Call, operation: Json, pointer: str) -> list[str]:
        faults = []
        for index, parameter in enumerate(operation.get("parameters", [])):
            if parameter["in"] == "query" and parameter["name"] in call.query:
                value = _typed(call.query[parameter["name"]], parameter["schema"])
                where = f"{pointer}/parameters/{index}/schema"
                faults += self._faults(where, value, parameter["name"])
        return faults

    def _body_faults(self, call: Call, operation: Json, pointer: str) -> list[str]:
        request = operation.get("requestBody")
        if request is None:
            return [] if call.body is None else ["a body that nobody expects"]
        if call.body is None:
            return ["no body"] if request.get("required") else []
        where = f"{pointer}/requestBody/content/application~1json/schema"
        key = where, json.dumps(call.body)
        if key not in self._judged:
            self._judged[key] = self._faults(where, call.body, "body")
        return self._judged[key]

    def _faults(self, pointer: str, value: object, name: str) -> list[str]:
        validator = self._validators.get(pointer)
        if validator is None:
            schema = {"$ref": f"{_ROOT}#{pointer}"}
            validator = Draft202012Validator(schema, registry=self._registry)
            self._validators[pointer] = validator
        return [
            f"{name}{error.json_path.removeprefix('$')}: {error.message[:300]}"
            for error in validator.iter_errors(value)
        ]

    def _template(self, path: str) -> str | None:
        matching = (template for pattern, template in self._paths if pattern.fullmatch(path))
        return next(matching, None)


def _pattern(template: str) -> re.Pattern[str]:
    """Return what matches a path such as "/channels/{channel_id}", with its parameters named."""
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(template)))


def _escaped(template: str) -> str:
    escaped = template.replace("~", "~0").replace("/", "~1")
    return escaped.replace("{", "%7B").replace("}", "%7D")


def _typed(value: str, schema: Json) -> object:
    """Return a query's value as the JSON that it stands for."""
    if schema.get("type") == "boolean":
        return _BOOLEANS.get(value.lower(), value)
    return int(value) if schema.get("type") == "integer" and value.isdecimal() else value
