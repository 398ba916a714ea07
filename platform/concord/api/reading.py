"""The description as people read it: operations by subject, fields in rows, a command to try."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

EXAMPLES: dict[str, Any] = {
    "array": [], "boolean": True, "integer": 17, "number": 1.5, "object": {}, "string": "…",
}  # fmt: skip
FORMATS = {"date": "2026-11-22", "date-time": "2026-11-22T08:30:00Z"}
FEW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One parameter or field. `more` are the comparisons that a filter takes beside equality."""

    name: str
    kind: str
    description: str = ""
    required: bool = False
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One operation."""

    key: str
    method: str
    path: str
    summary: str
    permission: str
    parameters: tuple[Row, ...]
    taken: tuple[Row, ...]
    given: tuple[Row, ...]
    command: str


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    operations: list[Shown]


def groups(described: Mapping[str, Any]) -> list[Group]:
    """Every operation of a description, by its tag and in the order of its paths."""
    found: dict[str, Group] = {}
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            tag = operation["tags"][0]
            group = found.setdefault(tag, Group(tag, []))
            group.operations.append(_shown(described, path, method, operation))
    return [found[name] for name in sorted(found)]


def _shown(
    described: Mapping[str, Any], path: str, method: str, operation: Mapping[str, Any]
) -> Shown:
    taken = _json(operation.get("requestBody"))
    answers = (answer for code, answer in operation["responses"].items() if code < "300")
    given = _json(next(answers, None))
    return Shown(
        key=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        permission=operation.get("x-permission", ""),
        parameters=tuple(_parameters(operation["parameters"])),
        taken=tuple(_fields(described, taken)),
        given=tuple(_fields(described, _item(described, given))),
        command=_command(described, path, method, taken),
    )


def _parameters(parameters: list[dict[str, Any]]) -> Iterator[Row]:
    comparisons: dict[str, list[str]] = {}
    for parameter in parameters:
        name, dot, comparison = parameter["name"].partition(".")
        if dot:
            comparisons.setdefault(name, []).append(comparison)
    for parameter in parameters:
        name = parameter["name"]
        if "." not in name:
            yield Row(
                name=name,
                kind=_kind({}, parameter["schema"]),
                description=parameter.get("description", ""),
                required=parameter.get("required", False),
                more=tuple(comparisons.get(name, ())),
            )


def _fields(described: Mapping[str, Any], schema: Any) -> Iterator[Row]:
    schema = _resolved(described, schema)
    required = schema.get("required", ())
    for name, field in schema.get("properties", {}).items():
        about = field.get("description", "")
        yield Row(
            name=name, kind=_kind(described, field), description=about, required=name in required
        )


def _kind(described: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    """A type in a word or two: `string (date)`, `array of integer`, `object`."""
    schema = _resolved(described, schema)
    kind = schema.get("type", "any")
    kind = " | ".join(kind) if isinstance(kind, list) else kind
    if "items" in schema and described:
        return f"{kind}: {_kind(described, schema['items'])}"
    if "enum" in schema:
        return " · ".join(str(choice) for choice in schema["enum"] if choice is not None)
    return f"{kind} ({schema['format']})" if "format" in schema else kind


def _item(described: Mapping[str, Any], schema: Any) -> Any:
    """What a page holds, or the thing itself."""
    items = _resolved(described, schema).get("properties", {}).get("items", {})
    return items.get("items", schema)


def _resolved(described: Mapping[str, Any], schema: Any) -> dict[str, Any]:
    if not schema:
        return {}
    if "anyOf" in schema:
        return _resolved(described, schema["anyOf"][0])
    if "$ref" in schema:
        found: dict[str, Any] = described["components"]["schemas"][schema["$ref"].split("/")[-1]]
        return found
    return dict(schema)


def _json(part: Any) -> Any:
    content = (part or {}).get("content", {})
    return content.get("application/json", {}).get("schema")


def _command(described: Mapping[str, Any], path: str, method: str, taken: Any) -> str:
    address = described["servers"][0]["url"] + path.replace("{", "").replace("}", "")
    lines = [f"curl -X {method.upper()} '{address}'", '-H "Authorization: Bearer $CONCORD_TOKEN"']
    if taken is not None:
        sent = json.dumps(_example(described, taken), ensure_ascii=False)
        lines += ["-H 'Content-Type: application/json'", f"-d '{sent}'"]
    return " \\\n  ".join(lines)


def _example(described: Mapping[str, Any], schema: Any) -> Any:
    """A value of this shape: what is required, or else the first few fields."""
    schema = _resolved(described, schema)
    kind = schema.get("type", "string")
    kind = kind[0] if isinstance(kind, list) else kind
    if examples := schema.get("examples") or schema.get("enum"):
        return examples[0]
    if kind == "object" and "properties" in schema:
        names = schema.get("required") or list(schema["properties"])[:FEW]
        return {name: _example(described, schema["properties"][name]) for name in names}
    return FORMATS.get(schema.get("format", ""), EXAMPLES.get(kind))
