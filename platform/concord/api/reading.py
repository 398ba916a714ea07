"""The description as people read it: operations by subject, fields in rows, examples to try."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from concord.api.examples import example_of
from concord.api.shapes import json_of, resolved


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
    curl: str
    python: str


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
    taken = json_of(operation.get("requestBody"))
    answers = (answer for code, answer in operation["responses"].items() if code < "300")
    given = json_of(next(answers, None))
    base = described["servers"][0]["url"]
    example = example_of(described, path, method, operation)
    return Shown(
        key=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        permission=operation.get("x-permission", ""),
        parameters=tuple(_parameters(operation["parameters"])),
        taken=tuple(_fields(described, taken)),
        given=tuple(_fields(described, _item(described, given))),
        curl=example.curl(base),
        python=example.python(base),
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
    schema = resolved(described, schema)
    required = schema.get("required", ())
    for name, field in schema.get("properties", {}).items():
        about = field.get("description", "")
        yield Row(
            name=name, kind=_kind(described, field), description=about, required=name in required
        )


def _kind(described: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    """A type in a word or two: `string (date)`, `array of integer`, `object`."""
    schema = resolved(described, schema)
    kind = schema.get("type", "any")
    kind = " | ".join(kind) if isinstance(kind, list) else kind
    if "items" in schema and described:
        return f"{kind}: {_kind(described, schema['items'])}"
    if "enum" in schema:
        return " · ".join(str(choice) for choice in schema["enum"] if choice is not None)
    return f"{kind} ({schema['format']})" if "format" in schema else kind


def _item(described: Mapping[str, Any], schema: Any) -> Any:
    """What a page holds, or the thing itself."""
    items = resolved(described, schema).get("properties", {}).get("items", {})
    return items.get("items", schema)
