"""Bulk changes on pages: the dialog says what it is about, the list comes back with an undo."""

import re

import pytest
from sqlalchemy import select

from concord.bulk.models import BulkRun, State
from concord.tags.models import Tag
from modules.crm.companies.models import Company
from tests.world import World, fingerprint


def newest(world: World) -> BulkRun:
    with world.reading() as session:
        return session.scalars(select(BulkRun).order_by(BulkRun.id.desc())).first() or BulkRun()


@pytest.mark.parametrize("verb", ["owner", "edit", "tag", "untag", "archive", "export"])
def test_each_verb_asks_for_what_it_needs(world: World, verb: str) -> None:
    lin, ids = world.client("lin"), [world.records["huadong"], world.records["suzhou"]]
    page = lin.get(f"/lists/customers/bulk/{verb}", query_string={"ids": ids})
    assert page.status_code == 200
    assert ("2 selected" if verb != "export" else "2 rows") in page.text
    assert f'value="{ids[0]},{ids[1]}"' in page.text


def test_a_few_are_done_at_once_and_offer_their_undo(any_world: World) -> None:
    world = any_world
    lin, huadong = world.client("lin"), world.records["huadong"]
    before = fingerprint(world)
    sent = {"ids": str(huadong), "field": "city", "value": "Wuxi"}
    answer = lin.post("/lists/customers/bulk/edit?filter=tier:is:gold", data=sent)
    assert answer.status_code == 303
    assert answer.location.startswith("/customers?")
    assert "filter=tier:is:gold" in answer.location
    page = lin.get(answer.location).text
    assert "Changed location of 1 company." in page
    undo = re.search(r'action="(/bulk/\d+/undo)"', page)
    assert undo is not None
    assert lin.post(undo[1]).status_code == 303
    assert fingerprint(world) == before


def test_everything_that_a_filter_leaves_is_changed(world: World) -> None:
    na = world.client("na")
    sent = {"all": "1", "tags": "Gold club"}
    assert na.post("/lists/customers/bulk/tag?filter=tier:is:gold", data=sent).status_code == 303
    with world.reading() as session:
        gold = session.scalars(select(Company.id).where(Company.tier == "gold")).all()
        assert session.scalar(select(Tag.id).where(Tag.key == "gold club"))
    assert newest(world).done == len(gold)


def test_what_cannot_be_taken_comes_back_with_what_was_typed(world: World) -> None:
    lin, before = world.client("lin"), fingerprint(world)
    sent = {"ids": str(world.records["huadong"]), "field": "employees", "value": "many"}
    answer = lin.post("/lists/customers/bulk/edit", data=sent)
    assert answer.status_code == 422
    assert 'value="many"' in answer.text
    assert "Write a number." in answer.text
    assert fingerprint(world) == before


def test_no_value_is_chosen_before_somebody_chooses_it(world: World) -> None:
    lin, ids, before = world.client("lin"), str(world.records["huadong"]), fingerprint(world)
    page = lin.get(f"/lists/customers/bulk/edit?ids={ids}&field=tier").text
    assert '<option value="">Choose a value</option>' in page
    sent = {"ids": ids, "field": "tier", "value": ""}
    answer = lin.post("/lists/customers/bulk/edit", data=sent)
    assert answer.status_code == 422
    assert "Choose a value." in answer.text
    assert fingerprint(world) == before
    sent |= {"field": "city", "value": ""}
    assert lin.post("/lists/customers/bulk/edit", data=sent).status_code == 303
    with world.reading() as session:
        assert session.get_one(Company, world.records["huadong"]).city is None


def test_a_field_group_is_not_offered_and_not_taken(world: World) -> None:
    """F07 and B12 in the dialog."""
    ids, before = str(world.records["huadong"]), fingerprint(world)
    page = world.client("lin").get(f"/lists/customers/bulk/edit?ids={ids}").text
    assert "Credit limit" not in page
    assert "Credit limit" in world.client("na").get(f"/lists/customers/bulk/edit?ids={ids}").text
    sent = {"ids": ids, "field": "credit_limit", "value": "1"}
    assert world.client("lin").post("/lists/customers/bulk/edit", data=sent).status_code == 422
    assert fingerprint(world) == before


@pytest.mark.parametrize(("person", "status"), [("rita", 403), ("zhou", 404), ("huang", 404)])
def test_others_do_not_get_in(world: World, person: str, status: int) -> None:
    before = fingerprint(world)
    browser, sent = world.client(person), {"ids": str(world.records["huadong"])}
    for verb in ("archive", "owner", "edit", "tag"):
        assert browser.post(f"/lists/customers/bulk/{verb}", data=sent).status_code == status
    assert browser.get("/settings/bulk").status_code == status
    assert fingerprint(world) == before


def test_ones_own_runs_are_listed_and_an_administrator_sees_all(world: World) -> None:
    text = "Tagged 1 company with “Key account”."
    assert text in world.client("lin").get("/settings/bulk").text
    assert text not in world.client("maya").get("/settings/bulk").text
    assert text in world.client("na").get("/settings/bulk").text


def test_a_long_one_shows_its_progress_is_held_and_goes_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("concord.bulk.starting.AT_ONCE", 0)
    na = world.client("na")
    sent = {"all": "1", "field": "city", "value": "Wuxi"}
    answer = na.fragment("/lists/customers/bulk/edit", method="POST", data=sent)
    assert answer.status_code == 200
    run = newest(world)
    assert run.state == State.RUNNING
    assert f"/bulk/{run.id}/progress" in answer.text
    assert f"0 of {run.total}" in answer.text
    assert na.post(f"/bulk/{run.id}/hold").status_code == 303
    assert newest(world).state == State.HELD
    assert "Go on" in na.get(f"/bulk/{run.id}").text
    assert world.client("lin").post(f"/bulk/{run.id}/continue").status_code == 404
    assert na.post(f"/bulk/{run.id}/continue").status_code == 303
    assert newest(world).state == State.RUNNING


def test_a_verb_or_list_that_is_not_there_is_not_found(world: World) -> None:
    lin = world.client("lin")
    for address in ("/lists/customers/bulk/nothing", "/lists/nothing/bulk/edit"):
        assert lin.get(f"{address}?ids=1").status_code == 404


def test_undo_in_a_list_stays_in_the_list(world: World) -> None:
    lin = world.client("lin")
    sent = {"ids": str(world.records["huadong"]), "field": "city", "value": "Wuxi"}
    lin.post("/lists/customers/bulk/edit", data=sent)
    undo = f"/bulk/{newest(world).id}/undo"
    here = {"HX-Current-URL": "http://localhost/customers?view=mine"}
    answer = lin.fragment(undo, method="POST", headers=here)
    assert answer.headers["HX-Redirect"] == "/customers?view=mine"


@pytest.mark.parametrize("evil", ["https://evil.example//x", "javascript:alert(1)", "//evil/x"])
def test_undo_leads_to_no_other_house(world: World, evil: str) -> None:
    """A12."""
    lin = world.client("lin")
    sent = {"ids": str(world.records["huadong"]), "field": "city", "value": "Wuxi"}
    lin.post("/lists/customers/bulk/edit", data=sent)
    undo = f"/bulk/{newest(world).id}/undo"
    answer = lin.fragment(undo, method="POST", headers={"HX-Current-URL": evil})
    assert answer.headers["HX-Redirect"].startswith(("/bulk/", "/x"))
