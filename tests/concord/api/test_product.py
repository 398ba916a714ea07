"""The same rules over every collection that the product has."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concord.api.collection import AnyCollection
from tests.concord.api.test_bodies import SENSELESS, as_json, encodable, values
from tests.concord.api.test_openapi import found_in, operations
from tests.world import Program, World

COMPARISONS = ("", ".gte", ".gt", ".lte", ".lt", ".in", ".contains")
TEXTS = (
    "",
    "x",
    "1",
    "-1",
    "1e9999",
    "9" * 30,
    "true",
    "2026-11-22",
    "2026-11-22T00:00:00Z",
    "%",
    "'",
)
FEW = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
PEOPLE = ("na", "lin", "zhou", "huang")


def collections_of(world: World) -> list[AnyCollection]:
    return [c for module in world.installation.modules for c in module.collections]


@pytest.mark.parametrize("person", PEOPLE)
def test_lists_page_to_their_end_in_every_order(world: World, person: str) -> None:
    program, actor = world.api(person), world.actor(person)
    for collection in collections_of(world):
        if actor.face not in collection.faces or not actor.may(collection.permission_read):
            continue
        everything = set(walk(program, f"/api/v1/{collection.name}?limit=200"))
        for name, sign in product(collection.sorts_for(actor), ("", "-")):
            seen = list(walk(program, f"/api/v1/{collection.name}?limit=3&sort={sign}{name}"))
            assert len(seen) == len(set(seen)), (collection.name, sign, name)
            assert set(seen) == everything, (collection.name, sign, name)


@pytest.mark.parametrize("person", PEOPLE)
def test_filters_take_what_they_can_and_refuse_the_rest(world: World, person: str) -> None:
    program, actor = world.api(person), world.actor(person)
    for collection in collections_of(world):
        if actor.face not in collection.faces or not actor.may(collection.permission_read):
            continue
        known = collection.filters_for(actor)
        for name, comparison in product(collection.filters, COMPARISONS):
            texts = TEXTS if name in known and person == "na" else TEXTS[:2]
            for text in texts:
                query = {f"{name}{comparison}": text, "limit": "1"}
                answer = program.get(f"/api/v1/{collection.name}", query_string=query)
                wanted = (200, 422) if name in known else (422,)
                assert answer.status_code in wanted, (collection.name, query, answer.text)


def test_no_value_of_the_wrong_kind_breaks_anything(world: World) -> None:
    """C05, over every field that can be written."""
    program, actor = world.api("na"), world.actor("na")
    for collection in collections_of(world):
        if collection.in_schema is None:
            continue
        for method, path in writable(program, collection):
            for name, value in product(collection.in_for(actor)._declared_fields, SENSELESS):
                content = b"{%s: %s}" % (orjson.dumps(name), as_json(value))
                answer = program.open(
                    path, method=method, data=content, content_type="application/json"
                )
                assert answer.status_code < 500, (method, path, content, answer.text)


@FEW
@given(sent=st.dictionaries(st.text(max_size=10), values, max_size=4), number=st.integers(0, 99))
def test_no_body_breaks_anything(world: World, sent: dict[str, Any], number: int) -> None:
    program, actor = world.api("na"), world.actor("na")
    writing = [c for c in collections_of(world) if c.in_schema is not None]
    collection = writing[number % len(writing)]
    names = list(collection.in_for(actor)._declared_fields)
    named = {names[at % len(names)]: sent[key] for at, key in enumerate(sent, number)}
    content = orjson.dumps({name: value for name, value in named.items() if encodable(value)})
    for method, path in writable(program, collection):
        answer = program.open(path, method=method, data=content, content_type="application/json")
        assert answer.status_code < 500, (method, path, content, answer.text)


def test_nobody_asks_about_what_they_may_not_read(world: World) -> None:
    """B12: neither by filter nor by order nor by writing; the field is as unknown as any other."""
    for person in ("lin", "rita", "zhou", "huang"):
        program, actor = world.api(person), world.actor(person)
        for collection in collections_of(world):
            if actor.face not in collection.faces or not actor.may(collection.permission_read):
                continue
            for name in collection.hidden(actor):
                answer = program.get(f"/api/v1/{collection.name}").get_json()
                assert not any(name in item for item in answer["items"]), (person, name)
                for query in (f"{name}=1", f"{name}.gte=0", f"sort={name}", f"sort=-{name}"):
                    asked = program.get(f"/api/v1/{collection.name}?{query}")
                    assert asked.status_code == 422, (person, collection.name, query)


def test_two_programs_change_one_company(world: World) -> None:
    lin, maya = world.api("lin"), world.api("maya")
    path = f"/api/v1/companies/{world.records['huadong']}"
    tag = lin.get(path).headers["ETag"]
    phone = {"phone": "+86 512 0000 0000"}
    assert maya.patch(path, json={"city": "Suzhou"}).status_code == 200
    stale = lin.patch(path, json=phone, headers={"If-Match": tag})
    assert stale.status_code == 412
    assert stale.get_json()["current"]["city"] == "Suzhou"
    again = lin.patch(path, json=phone)
    assert (again.status_code, again.get_json()["city"]) == (200, "Suzhou")
    (newest, *_older) = lin.get(f"/api/v1/records/{world.records['huadong']}/timeline").get_json()[
        "items"
    ]
    assert newest["actor"]["name"] == "Lin Chen"


@pytest.mark.parametrize("person", PEOPLE)
def test_the_whole_product_is_described(world: World, person: str) -> None:
    described = world.api(person).get("/api/v1/openapi.json").get_json()
    names = [operation["operationId"] for _path, _method, operation in operations(described)]
    assert len(names) == len(set(names))
    for reference in found_in(described, "$ref"):
        assert reference.split("/")[-1] in described["components"]["schemas"], reference
    if person == "na":
        assert {"/api/v1/companies", "/api/v1/tasks", "/api/v1/files"} <= described["paths"].keys()
        page = world.client(person).get("/api/docs")
        assert page.status_code == 200
        assert "/api/v1/companies/{record_id}" in page.text


def writable(program: Program, collection: AnyCollection) -> Iterator[tuple[str, str]]:
    """Where a collection takes a body: itself, and the first record in it."""
    path = f"/api/v1/{collection.name}"
    if collection.create is not None:
        yield "POST", path
    if collection.update is not None:
        for first in program.get(path).get_json()["items"][:1]:
            yield "PATCH", f"{path}/{first['id']}"


def walk(program: Program, path: str) -> Iterator[int]:
    following: str | None = ""
    while following is not None:
        answer = program.get(f"{path}&cursor={following}" if following else path)
        assert answer.status_code == 200, answer.text
        yield from (item["id"] for item in answer.get_json()["items"])
        following = answer.get_json()["next"]
