"""Companies and contacts for programs."""

import pytest

from tests.crm.reading import company
from tests.world import World, fingerprint


def test_a_program_adds_changes_and_archives_a_company(world: World) -> None:
    lin = world.api("lin")
    body = {
        "name": "Orion Rail",
        "is_customer": True,
        "tier": "silver",
        "custom": {"gauge": 1435, "electrified": True},
    }
    created = lin.post("/api/v1/companies", json=body)
    assert created.status_code == 201
    found = created.get_json()
    assert found["name"] == "Orion Rail"
    assert found["custom"] == {"gauge": 1435, "electrified": True}
    assert found["owner_id"] == world.people["lin"]
    assert found["company_id"] == found["id"]
    path = f"/api/v1/companies/{found['id']}"
    changed = lin.patch(path, json={"tier": "gold"}, headers={"If-Match": created.headers["ETag"]})
    assert changed.status_code == 200
    stale = lin.patch(path, json={"tier": "none"}, headers={"If-Match": created.headers["ETag"]})
    assert stale.status_code == 412
    assert lin.delete(path).status_code in (200, 204)
    assert lin.get(path).status_code == 404


def test_a_program_hands_a_company_over(world: World) -> None:
    path = f"/api/v1/companies/{world.records['huadong']}"
    answer = world.api("maya").patch(path, json={"owner_id": world.people["anna"]})
    assert answer.status_code == 200
    assert answer.get_json()["owner_id"] == world.people["anna"]
    before = fingerprint(world)
    for nobody in (world.people["zhou"], 99999, 0, "anna", None):
        assert world.api("maya").patch(path, json={"owner_id": nobody}).status_code == 422
    assert fingerprint(world) == before


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("name.contains=HUADONG", {"Huadong Precision"}),
        ("tier=gold&city.contains=suzhou", {"Huadong Precision"}),
        ("is_supplier=true", {"Hengtai Sensors", "Lianchuang Castings"}),
        ("phone.contains=5550-", None),
        ("q=kessler", {"Kessler Transport"}),
        ("tier.in=gold,silver&sort=-name&limit=1", {"Vogel Messtechnik"}),
    ],
)
def test_a_program_finds_companies(world: World, query: str, names: set[str] | None) -> None:
    answer = world.api("lin").get(f"/api/v1/companies?{query}")
    assert answer.status_code == 200, answer.text
    found = {item["name"] for item in answer.get_json()["items"]}
    assert found == names if names is not None else found


@pytest.mark.parametrize(
    "body",
    [{"id": 7}, {"version": 9}, {"team_id": 1}, {"company_id": 5}, {"created_at": "2020-01-01"},
     {"name": 5}, {"name": None}, {"name": ["x"]}, {"tier": {"a": 1}}, {"is_customer": "yes"},
     {"employees": "12"}, {"employees": 1.5}, {"customer_since": "2020-13-01"},
     {"custom": {"a": {"b": 1}}}, {"custom": [1]}, {"custom": {str(n): n for n in range(99)}},
     {"is_customer": False}, {"notes": "x" * 20_000}],
)  # fmt: skip
def test_what_cannot_be_taken_changes_nothing(world: World, body: dict[str, object]) -> None:
    before = fingerprint(world)
    answer = world.api("lin").patch(f"/api/v1/companies/{world.records['huadong']}", json=body)
    assert answer.status_code == 422, answer.text
    assert answer.content_type == "application/problem+json"
    assert fingerprint(world) == before


def test_a_contact_goes_to_a_company_the_caller_may_write(world: World) -> None:
    lin, tom, before = world.api("lin"), world.api("tom"), fingerprint(world)
    body = {"name": "Gao Yan", "title": "CFO", "company_id": world.records["huadong"]}
    assert tom.post("/api/v1/contacts", json=body).status_code == 403
    for nowhere in (99999, world.records["zhou_min"], world.records["beds"]):
        answer = lin.post("/api/v1/contacts", json={**body, "company_id": nowhere})
        assert answer.status_code == 422, nowhere
        assert answer.get_json()["errors"].keys() == {"company_id"}
    assert fingerprint(world) == before
    created = lin.post("/api/v1/contacts", json=body)
    assert created.status_code == 201
    found = created.get_json()
    assert (found["name"], found["title"], found["company_id"]) == (
        "Gao Yan", "CFO", world.records["huadong"],
    )  # fmt: skip
    moved = {"company_id": world.records["kessler"]}
    assert lin.patch(f"/api/v1/contacts/{found['id']}", json=moved).status_code == 422


def test_contacts_are_listed_by_company(world: World) -> None:
    answer = world.api("lin").get(f"/api/v1/contacts?company_id={world.records['huadong']}")
    names = {item["name"] for item in answer.get_json()["items"]}
    assert names == {"Zhou Min", "Paul Ericsson", "Gu Yifan"}


def test_a_token_with_the_right_to_read_does_not_write(world: World) -> None:
    before, path = fingerprint(world), f"/api/v1/companies/{world.records['huadong']}"
    bearer = {"Authorization": f"Bearer {world.token('lin', 'crm:company:read')}"}
    program = world.api(None)
    assert program.get(path, headers=bearer).status_code == 200
    assert program.patch(path, json={"city": "Wuxi"}, headers=bearer).status_code == 403
    assert program.delete(path, headers=bearer).status_code == 403
    assert fingerprint(world) == before
    assert company(world, "lin", "huadong")["city"] != "Wuxi"
