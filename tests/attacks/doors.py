"""The doors of the API by which something changes, and a house in which many are shut."""

import re
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from concord.identity.models import Role
from tests.world import World

METHODS = ("post", "put", "patch", "delete")
EXAMPLES = {"boolean": True, "integer": 1, "number": 1.5, "string": "Some words"}


@dataclass(frozen=True)
class Door:
    """One address that changes something. `schema` is what it takes, with references resolved."""

    method: str
    address: str
    rule: str
    schema: Any = field(default=None, repr=False)
    spec: Any = field(default=None, repr=False)


def doors_of(world: World, person: str) -> list[Door]:
    """Every writing address of the description that `person` gets, on things that person sees."""
    program = world.api(person)
    spec = program.get("/api/v1/openapi.json").get_json()
    found = []
    for rule, methods in spec["paths"].items():
        for method in methods.keys() & set(METHODS):
            content = methods[method].get("requestBody", {}).get("content", {})
            schema = content.get("application/json", {}).get("schema")
            address = re.sub(r"{\w+}", str(_seen(world, person, rule)), rule)
            found.append(Door(method.upper(), address, rule, resolved(spec, schema), spec))
    return sorted(found, key=lambda door: (door.rule, door.method))


def resolved(spec: Any, schema: Any) -> Any:
    """A schema without a reference at its top."""
    if not schema:
        return None
    if "anyOf" in schema:
        return resolved(spec, schema["anyOf"][0])
    if "$ref" in schema:
        return spec["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def properties(door: Door) -> dict[str, Any]:
    found: dict[str, Any] = door.schema.get("properties", {}) if door.schema else {}
    return found


def filled_in(door: Door) -> dict[str, Any]:
    """A body that has what is required, each of its kind."""
    required = door.schema.get("required", ())
    return {name: example(door.spec, properties(door)[name]) for name in required}


def example(spec: Any, schema: Any) -> Any:
    schema = resolved(spec, schema)
    kind = schema.get("type", "string")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "array":
        return [example(spec, schema["items"])]
    if kind == "object":
        parts = schema.get("properties", {})
        return {name: example(spec, parts[name]) for name in schema.get("required", ())}
    if schema.get("format") == "date":
        return "2026-12-12"
    return (schema.get("enum") or [EXAMPLES[kind]])[0]


def _seen(world: World, person: str, rule: str) -> int:
    """The id of something this person sees there."""
    collection = rule.split("/")[3]
    if collection == "records":
        return world.actor(person).company_id or world.records["huadong"]
    found = world.api(person).get(f"/api/v1/{collection}?limit=1").get_json()
    items = found.get("items", [])
    return int(items[0]["id"]) if items else 1


def narrow_house(world: World) -> World:
    """A house in which sales and purchasing know only their own companies, people and tasks."""
    with world.writing() as session:
        for role in session.scalars(select(Role).where(Role.key.in_(("sales", "purchasing")))):
            role.grants = {name: _narrowed(name, scope) for name, scope in role.grants.items()}
        world.record(session, "lianchuang").owner_id = world.people["na"]
        session.commit()
    return world


def _narrowed(permission: str, scope: str) -> str:
    return "own" if permission.startswith(("crm:", "tasks:")) else scope
