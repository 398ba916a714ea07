"""The same filters and views for programs."""

import json
from typing import Any

import pytest

from tests.concord.lists.test_views import save
from tests.world import World


def names(world: World, person: str, path: str) -> set[str]:
    answer = world.api(person).get(path)
    assert answer.status_code == 200, answer.text
    return {item["name"] for item in answer.get_json()["items"]}


def test_a_collection_takes_the_tree_of_its_list(any_world: World) -> None:
    tree = {
        "any": [
            {"field": "name", "op": "is", "value": "Huadong Precision"},
            {"field": "name", "op": "starts", "value": "Kess"},
        ]
    }
    found = names(any_world, "lin", f"/api/v1/companies?filter={json.dumps(tree)}")
    assert found == {"Huadong Precision", "Kessler Transport"}
    short = names(any_world, "lin", "/api/v1/companies?filter=name:starts:Kess&limit=5")
    assert short == {"Kessler Transport"}


@pytest.mark.parametrize(
    "text",
    [
        "margin:over:1",
        "credit_limit:over:1",
        '{"all": [{"field": "tier", "op": "is", "value": "platinum"}]}',
        '{"query_operator": " or 1=1 --"}',
        "name:is:x&filter=name:is:y",
    ],
)
def test_what_a_program_may_not_name_is_refused(world: World, text: str) -> None:
    """B12, C02: hidden or not there, the same answer."""
    answer = world.api("lin").get(f"/api/v1/companies?filter={text}")
    assert answer.status_code == 422
    assert answer.get_json()["errors"]


def test_nobody_outside_filters_by_what_lists_know(world: World) -> None:
    """B12: a customer learns nothing of its own tier or owner by asking for it."""
    for text in ("tier:is:gold", "owner:is:me", "name:contains:a", ""):
        answer = world.api("zhou").get(f"/api/v1/companies?filter={text}")
        assert answer.status_code == 422, text


def test_a_list_of_programs_only_has_no_tree(world: World) -> None:
    assert world.api("na").get("/api/v1/users?filter=name:is:x").status_code == 422


def test_views_are_a_collection(any_world: World) -> None:
    lin = any_world.api("lin")
    look: dict[str, Any] = {
        "filter": {"all": [{"field": "tier", "op": "is", "value": "gold"}]},
        "sort": ["-name"],
    }
    sent = {"list": "customers", "name": "Gold", "look": look}
    made = lin.post("/api/v1/views", json=sent)
    assert made.status_code == 201, made.text
    view = made.get_json()
    assert view["look"] == look
    assert view["shared"] is False
    path = f"/api/v1/views/{view['id']}"
    assert any_world.api("maya").get(path).status_code == 404
    assert any_world.api("maya").patch(path, json={"name": "x"}).status_code == 404
    assert lin.patch(path, json={"shared": True, "name": "Our gold"}).status_code == 200
    assert any_world.api("maya").get(path).get_json()["name"] == "Our gold"
    assert any_world.api("maya").patch(path, json={"name": "x"}).status_code == 403
    assert any_world.api("maya").delete(path).status_code == 403
    found = lin.get("/api/v1/views?list=customers&shared=true").get_json()["items"]
    assert [item["id"] for item in found] == [view["id"]]
    assert "Our gold" in any_world.client("jun").get("/customers").text
    assert lin.delete(path).status_code == 204
    assert lin.get(path).status_code == 404


@pytest.mark.parametrize(
    "sent",
    [
        {"list": "nothing", "name": "x"},
        {"list": "customers", "name": ""},
        {"list": "customers", "name": "x", "owner_id": 1},
        {"list": "customers", "name": "x", "look": {"sql": "x"}},
        {"list": "customers", "name": "x", "look": {"sort": "name"}},
        {"list": "customers", "name": "x", "look": {"widths": {"name": "wide"}}},
        {"list": "customers", "name": "x", "look": {"layout": "pivot"}},
        {"list": "customers", "name": "x", "look": {"filter": {"all": [1]}}},
    ],
)
def test_a_view_is_plain_names_and_values(world: World, sent: dict[str, Any]) -> None:
    """C07."""
    assert world.api("lin").post("/api/v1/views", json=sent).status_code == 422
    assert world.api("zhou").post("/api/v1/views", json=sent).status_code == 404


def test_select_all_means_all_of_the_view(world: World) -> None:
    """A bulk change over "all results" of a view stays within it."""
    view = save(world, "lin", "Mine alone", look="/lists/customers/views?filter=owner:is:me")
    lin = world.client("lin")
    mine = lin.get("/lists/customers/foot?filter=owner:is:me").text
    dialog = lin.get(f"/lists/customers/bulk/archive?all=1&view={view}")
    assert dialog.status_code == 200, dialog.text
    count = mine.partition('data-total="')[2].partition('"')[0]
    assert f"{count} selected" in dialog.text
