"""The description is whole: it resolves, it is unambiguous, it leaves no address out."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from concord.actors import Face
from concord.identity.models import User
from concord.identity.sessions import COOKIE, start_session
from concord.installation import using
from concord.web.routing import access_of
from tests.concord.api.sample import House

METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture
def spec(house: House) -> dict[str, Any]:
    found: dict[str, Any] = house.program("maya").get("/openapi.json").get_json()
    return found


def test_it_is_openapi_3_1(spec: dict[str, Any]) -> None:
    assert spec["openapi"] == "3.1.0"
    assert spec["info"]["title"] == "Concord"
    assert spec["info"]["version"]
    assert spec["components"]["securitySchemes"]["token"] == {"type": "http", "scheme": "bearer"}


def test_every_reference_resolves(spec: dict[str, Any]) -> None:
    for reference in found_in(spec, "$ref"):
        part: Any = spec
        for name in reference.removeprefix("#/").split("/"):
            part = part[name]
        assert part


def test_operations_are_named_once_and_answer_something(spec: dict[str, Any]) -> None:
    names = [operation["operationId"] for _path, _method, operation in operations(spec)]
    assert len(names) == len(set(names))
    for path, _method, operation in operations(spec):
        assert operation["responses"], path
        assert operation["summary"], path
        wanted = set(re.findall(r"{(\w+)}", path))
        given = {p["name"] for p in operation["parameters"] if p["in"] == "path"}
        assert wanted == given, path
        for parameter in operation["parameters"]:
            assert {"name", "in", "schema"} <= parameter.keys()
        places = [(parameter["in"], parameter["name"]) for parameter in operation["parameters"]]
        assert len(places) == len(set(places)), path


def test_every_address_is_described(house: House, spec: dict[str, Any]) -> None:
    described = {(path, method) for path, method, _operation in operations(spec)}
    for rule in house.app.url_map.iter_rules():
        access = access_of(house.app.view_functions[rule.endpoint])
        if rule.rule.startswith("/api/v1/") and access is not None and Face.STAFF in access.faces:
            path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                assert (path, method.lower()) in described


def test_it_says_what_a_list_takes_and_gives(spec: dict[str, Any]) -> None:
    listing = spec["paths"]["/api/v1/widgets"]["get"]
    names = {parameter["name"] for parameter in listing["parameters"]}
    assert {"limit", "cursor", "sort", "q", "colour", "colour.contains", "weight.gte"} <= names
    assert "weight.contains" not in names
    answer = listing["responses"]["200"]["content"]["application/json"]["schema"]
    assert set(answer["required"]) == {"items", "next"}
    assert listing["x-permission"] == "sample:widget:read"
    changing = spec["paths"]["/api/v1/widgets/{record_id}"]["patch"]["requestBody"]
    reference = changing["content"]["application/json"]["schema"]["$ref"]
    fields = spec["components"]["schemas"][reference.split("/")[-1]]
    assert "company_id" not in fields["properties"]
    assert "required" not in fields


def test_it_shows_each_caller_only_what_there_is_for_them(house: House) -> None:
    lin = house.program("lin").get("/openapi.json").text
    maya = house.program("maya").get("/openapi.json").text
    assert '"cost"' in maya
    assert '"cost"' not in lin
    zhou = house.program("zhou").get("/openapi.json").get_json()
    assert "/api/v1/firms" not in zhou["paths"]
    assert set(zhou["paths"]["/api/v1/widgets"]) == {"get"}
    names = {p["name"] for p in zhou["paths"]["/api/v1/widgets"]["get"]["parameters"]}
    assert "owner_id" not in names
    text = house.program("zhou").get("/openapi.json").text
    assert "weight" not in text
    assert "StaffEntry" not in text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_shows_the_same_to_signed_in_staff(house: House, language: str) -> None:
    database = house.installation.database
    with house.app.test_request_context(), using(house.installation), database.writing() as session:
        user = session.get_one(User, house.users["maya"])
        user.language = language
        cookie = start_session(session, user, None, lasting=False, device="", address="")
        session.commit()
    client = house.app.test_client()
    assert client.get("/api/docs").status_code == 302
    client.set_cookie(COOKIE, cookie)
    page = client.get("/api/docs")
    assert page.status_code == 200
    for words in ("/api/v1/widgets/{record_id}", "sample:widget:write", "curl -X PATCH", ".gte"):
        assert words in page.text
    assert client.get("/api/docs/openapi.json").get_json()["openapi"] == "3.1.0"
    assert "<script>" not in page.text
    assert "style=" not in page.text


def operations(spec: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in spec["paths"].items():
        for method in methods.keys() & METHODS:
            yield path, method, methods[method]


def found_in(part: Any, key: str) -> Iterator[str]:
    if isinstance(part, dict):
        for name, inner in part.items():
            if name == key:
                yield inner
            yield from found_in(inner, key)
    elif isinstance(part, list):
        for inner in part:
            yield from found_in(inner, key)
