"""Users, teams and roles for programs."""

import pytest

from tests.concord.identity.house import OUTSIDERS, House
from tests.world import fingerprint


def test_staff_see_colleagues_and_customers_people(house: House) -> None:
    found = house.world.api("lin").get("/api/v1/users?limit=100").get_json()["items"]
    by_email = {person["email"]: person for person in found}
    lin, vera = by_email[house.email("lin")], by_email[house.email("vera")]
    assert (lin["kind"], lin["roles"], lin["company_id"]) == ("staff", ["sales"], None)
    assert (vera["kind"], vera["company_id"]) == ("customer", house.world.records["northwind"])
    assert "password_hash" not in lin


def test_the_list_is_paged_and_filtered(house: House) -> None:
    program = house.world.api("lin")
    first = program.get("/api/v1/users?limit=3").get_json()
    assert len(first["items"]) == 3
    second = program.get(f"/api/v1/users?limit=3&cursor={first['next']}").get_json()
    assert not {one["id"] for one in first["items"]} & {one["id"] for one in second["items"]}
    outside = program.get("/api/v1/users?kind.in=customer,supplier&limit=100").get_json()["items"]
    assert {house.email(person) for person in OUTSIDERS} <= {one["email"] for one in outside}
    assert {one["kind"] for one in outside} == {"customer", "supplier"}


@pytest.mark.parametrize(
    ("person", "seen"), [("vera", {"vera", "karl"}), ("mei", {"mei"}), ("bo", {"bo"})]
)
def test_people_outside_see_their_colleagues_only(
    house: House, person: str, seen: set[str]
) -> None:
    program = house.world.api(person)
    found = program.get("/api/v1/users").get_json()["items"]
    assert {one["email"] for one in found} == {house.email(one) for one in seen}
    assert set(found[0]) == {"id", "name", "email", "title", "kind"}
    for other in {"lin", "vera", "mei", "bo", "na"} - seen:
        path = f"/api/v1/users/{house.world.people[other]}"
        assert program.get(path).status_code == 404
        assert program.patch(path, json={"name": "X"}).status_code == 404


def test_people_outside_know_of_no_team_and_no_role(house: House) -> None:
    for person in ("vera", "bo"):
        program = house.world.api(person)
        assert program.get("/api/v1/teams").status_code == 404
        assert program.get("/api/v1/roles").status_code == 404
    assert len(house.world.api("lin").get("/api/v1/teams").get_json()["items"]) == 4
    roles = house.world.api("lin").get("/api/v1/roles?limit=50").get_json()["items"]
    assert {"key": "supplier", "kind": "supplier"}.items() <= roles[-1].items()


def test_me_is_who_the_token_acts_as(house: House) -> None:
    lin = house.world.api("lin").get("/api/v1/users/me").get_json()
    assert (lin["kind"], lin["roles"], lin["email"]) == ("staff", ["sales"], house.email("lin"))
    vera = house.world.api("vera").get("/api/v1/users/me").get_json()
    assert (vera["kind"], vera["company_id"]) == ("customer", house.world.records["northwind"])
    assert vera["roles"] == []


def test_an_administrator_changes_people(house: House) -> None:
    path = f"/api/v1/users/{house.world.people['tom']}"
    answer = house.world.api("na").patch(path, json={"title": "Buyer", "roles": ["purchasing"]})
    assert answer.status_code == 200, answer.get_json()
    assert (answer.get_json()["title"], answer.get_json()["roles"]) == ("Buyer", ["purchasing"])


def test_others_change_nobody(house: House) -> None:
    path, before = f"/api/v1/users/{house.world.people['tom']}", fingerprint(house.world)
    for person in ("lin", "maya", "rita"):
        answer = house.world.api(person).patch(path, json={"roles": ["administrator"]})
        assert answer.status_code == 403
    assert fingerprint(house.world) == before


@pytest.mark.parametrize(
    "sent",
    [
        {"email": "x@y.example"},
        {"is_staff": True},
        {"id": 1},
        {"version": 1},
        {"password_hash": "x"},
        {"disabled": False},
        {"company_id": 1},
        {"roles": "administrator"},
        {"roles": [1]},
        {"team_id": "1"},
        {"name": ["a"]},
        {"name": ""},
        {"name": None},
    ],
)
def test_what_cannot_be_changed_is_refused(house: House, sent: dict[str, object]) -> None:
    """H01, C05."""
    before = fingerprint(house.world)
    path = f"/api/v1/users/{house.world.people['tom']}"
    assert house.world.api("na").patch(path, json=sent).status_code == 422
    assert fingerprint(house.world) == before
