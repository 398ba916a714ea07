"""Zhao Yu asks: from a page or a program, whom he may, about what he may see."""

from datetime import timedelta
from typing import Any

import pytest

from concord.clock import today
from tests.contracts.conftest import counted
from tests.world import World, fingerprint

WANTED = (today("Asia/Shanghai") + timedelta(days=9)).isoformat()


def form(world: World, **more: str) -> dict[str, str]:
    return {
        "company_id": str(world.records["hengtai"]),
        "lines.0.item": "Load cell 5 kN",
        "lines.0.quantity": "4",
        "lines.0.wanted_on": WANTED,
        "lines.1.item": "",
        "lines.1.quantity": "",
        "lines.1.wanted_on": "",
        "lines.4.item": "Cable",
        "lines.4.quantity": "",
        "lines.4.wanted_on": WANTED,
        **more,
    }


def test_a_request_with_two_lines_is_asked_from_the_dialog(world: World) -> None:
    about = str(world.records["huadong"])
    sent = form(world, about_id=about, number="PO-7", note="Both together, please.")
    answer = world.client("zhao").fragment("/date-requests", method="POST", data=sent)
    assert answer.status_code == 204, answer.text
    page = world.client("zhao").get(answer.headers["HX-Redirect"]).text
    for word in ("Load cell 5 kN +1", "Cable", "Hengtai Sensors", "Huadong Precision", "PO-7"):
        assert word in page, word
    portal = world.client("huang").get("/portal/dates").text
    assert "Load cell 5 kN +1" in portal
    assert "2 lines to answer" in portal


def test_it_appears_on_the_pages_of_customer_and_supplier(world: World) -> None:
    sent = form(world, about_id=str(world.records["huadong"]))
    world.client("zhao").fragment("/date-requests", method="POST", data=sent)
    for path in ("/customers/{huadong}", "/suppliers/{hengtai}"):
        page = world.client("zhao").get(path.format(**world.records)).text
        assert "Load cell 5 kN +1" in page, path
    assert "Load cell 5 kN +1" in world.client("lin").get("/date-requests").text


def test_the_dialog_opens_for_a_supplier_and_for_a_customer(world: World) -> None:
    browser = world.client("zhao")
    for name in ("company_id=hengtai", "about_id=huadong"):
        field, key = name.split("=")
        record_id = world.records[key]
        page = browser.get(f"/date-requests/new?{field}={record_id}").text
        assert f'<option value="{record_id}" selected>' in page, name


def test_pressing_twice_asks_once(world: World) -> None:
    sent = form(world, idempotency_key="one-key")
    for _ in range(2):
        assert world.client("zhao").post("/date-requests", data=sent).status_code == 303
    found = world.api("zhao").get("/api/v1/date_requests?state=open").get_json()["items"]
    assert len([item for item in found if item["title"] == "Load cell 5 kN +1"]) == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"company_id": ""}, "company_id"),
        ({"company_id": "x"}, "company_id"),
        ({"lines.0.item": ""}, "lines.0.item"),
        ({"lines.0.wanted_on": ""}, "lines.0.wanted_on"),
        ({"lines.4.wanted_on": "soon"}, "lines.4.wanted_on"),
        ({"lines.4.item": "x" * 201}, "lines.4.item"),
        ({"answer_by": "never"}, "answer_by"),
        ({"title": "a\x00b"}, "title"),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field(
    world: World, change: dict[str, str], field: str
) -> None:
    before = fingerprint(world)
    sent = form(world, **change)
    answer = world.client("zhao").fragment("/date-requests", method="POST", data=sent)
    assert answer.status_code == 422, answer.text
    assert f'data-field="{field}"' in answer.text
    assert fingerprint(world) == before


@pytest.mark.parametrize(
    ("field", "value"),
    [("company_id", "huadong"), ("company_id", "zhou_min"), ("company_id", 10**9)],
)
def test_only_a_supplier_is_asked(world: World, field: str, value: Any) -> None:
    """B05: a customer, a contact, nothing at all."""
    sent = form(world, **{field: str(world.records.get(value, value))})
    answer = world.client("zhao").fragment("/date-requests", method="POST", data=sent)
    assert answer.status_code == 422
    assert "Choose a supplier." in answer.text


def test_nothing_can_be_asked_about_what_one_cannot_see(world: World) -> None:
    answer = world.client("zhao").fragment(
        "/date-requests", method="POST", data=form(world, about_id=str(10**9))
    )
    assert answer.status_code == 422
    assert "Choose something you can see." in answer.text


@pytest.mark.parametrize("person", ["lin", "rita", "emily"])
def test_who_may_read_but_not_ask_is_told_so(world: World, person: str) -> None:
    before = fingerprint(world)
    browser, record_id = world.client(person), world.records["torque_stand_parts"]
    assert browser.get("/date-requests").status_code == 200
    assert browser.get("/date-requests/new").status_code == 403
    assert browser.post("/date-requests", data=form(world)).status_code == 403
    for part in ("reask", "closure", "reopening"):
        assert browser.post(f"/date-requests/{record_id}/{part}").status_code == 403
    assert "Ask again" not in browser.get(f"/date-requests/{record_id}").text
    assert fingerprint(world) == before


def test_the_supplier_of_a_request_is_set_for_good(world: World) -> None:
    """B17: there is no way to move it to another company."""
    record_id = world.records["torque_stand_parts"]
    path = f"/api/v1/date_requests/{record_id}"
    moved = world.api("zhao").patch(path, json={"company_id": world.records["lianchuang"]})
    assert moved.status_code == 405
    answer = {"lines": [], "company_id": world.records["lianchuang"]}
    assert world.api("huang").post(f"{path}/answer", json=answer).status_code == 422
    found = world.api("zhao").get(path).get_json()
    assert found["company_id"] == world.records["hengtai"]


@pytest.mark.parametrize("state", ["open", "answered", "closed"])
def test_the_list_costs_few_statements_however_long(world: World, state: str) -> None:
    browser = world.client("zhao")
    path = f"/date-requests?state={state}"
    assert browser.get(path).status_code == 200
    with counted(world) as few:
        browser.get(path)
    for _ in range(12):
        world.client("zhao").post("/date-requests", data=form(world))
    with counted(world) as more:
        assert browser.get(path).status_code == 200
    assert len(more) <= max(len(few), 4), "\n\n".join(more)


def test_a_page_costs_few_statements(world: World) -> None:
    record_id = world.records["torque_stand_parts"]
    for person, path in (("zhao", "/date-requests/{}"), ("huang", "/portal/dates/{}")):
        browser = world.client(person)
        browser.get(path.format(record_id))
        with counted(world) as statements:
            assert browser.get(path.format(record_id)).status_code == 200
        assert len(statements) <= 12, (person, "\n\n".join(statements))


def test_senseless_filters_and_cursors_are_refused(world: World) -> None:
    browser = world.client("zhao")
    assert browser.get("/date-requests?state=lost").status_code == 422
    assert browser.get("/date-requests?cursor=nonsense").status_code == 422
    assert world.client("huang").get("/portal/dates?cursor=nonsense").status_code == 422
