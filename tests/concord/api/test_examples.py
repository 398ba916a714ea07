"""Each operation has an example for a shell, for Python and for import, and all of them parse."""

import ast
import json
import shlex
from typing import Any

from concord.api.reading import groups
from tests.world import World

METHODS = {"get", "post", "put", "patch", "delete"}


def described(world: World) -> dict[str, Any]:
    found: dict[str, Any] = world.api("na").get("/api/v1/openapi.json").get_json()
    return found


def operations(spec: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (path, method)
        for path, methods in spec["paths"].items()
        for method in methods
        if method in METHODS
    ]


def test_the_collection_has_every_operation(world: World) -> None:
    spec = described(world)
    collection = world.api("na").get("/api/v1/postman.json").get_json()
    assert collection["info"]["schema"].endswith("v2.1.0/collection.json")
    assert collection["auth"]["type"] == "bearer"
    items = [item for folder in collection["item"] for item in folder["item"]]
    assert len(items) == len(operations(spec))
    for item in items:
        request = item["request"]
        assert request["url"]["raw"].startswith("{{base_url}}/api/v1/")
        assert "{" not in request["url"]["raw"].removeprefix("{{base_url}}")
        if request.get("body", {}).get("mode") == "raw":
            assert isinstance(json.loads(request["body"]["raw"]), dict)


def test_examples_parse(world: World) -> None:
    shown = [operation for group in groups(described(world)) for operation in group.operations]
    assert len(shown) > 50
    for operation in shown:
        assert shlex.split(operation.curl.replace("\\\n", " "))[0] == "curl", operation.key
        assert ast.parse(operation.python), operation.key


def test_an_upload_says_that_it_is_one(world: World) -> None:
    shown = {o.key: o for group in groups(described(world)) for o in group.operations}
    (upload,) = [o for o in shown.values() if (o.method, o.path) == ("POST", "/api/v1/files")]
    assert "-F 'file=@" in upload.curl
    assert "files=" in upload.python


def test_the_page_shows_both_and_offers_the_collection(world: World) -> None:
    page = world.client("lin").get("/api/docs").text
    assert "requests.post(" in page
    assert "curl -X POST" in page
    assert "/api/docs/postman.json" in page
    assert world.client("lin").get("/api/docs/postman.json").status_code == 200
    assert world.client("zhou").get("/api/docs/postman.json").status_code == 404
    assert world.api(None).get("/api/v1/postman.json").status_code == 401
