"""Editing in place, two people at once, handing over, archiving and bringing back."""

import pytest

from tests.crm.reading import change, company, said, timeline
from tests.world import World, fingerprint


def path(world: World, rest: str = "", key: str = "huadong") -> str:
    return f"/customers/{world.records[key]}{rest}"


def test_lin_changes_one_field_in_place(world: World) -> None:
    form = {"city": "Wuxi", "original.city": company(world, "lin", "huadong")["city"]}
    answer = change(world, "lin", form)
    assert answer.status_code == 200
    assert "Location Wuxi" in said(answer)
    assert company(world, "maya", "huadong")["city"] == "Wuxi"
    assert "changed the city" in timeline(world, "maya", "huadong")[0]
    assert timeline(world, "maya", "huadong")[0].endswith("→ Wuxi)")


def test_an_empty_field_is_emptied(world: World) -> None:
    change(world, "lin", {"phone": ""})
    assert company(world, "lin", "huadong")["phone"] is None


def test_saying_the_same_again_changes_nothing(world: World) -> None:
    before, said_before = fingerprint(world), timeline(world, "lin", "huadong")
    city = company(world, "lin", "huadong")["city"]
    answer = change(world, "lin", {"city": f" {city} "})
    assert answer.status_code == 200
    assert fingerprint(world) == before
    assert timeline(world, "lin", "huadong") == said_before


@pytest.mark.parametrize(
    "form",
    [{"tier": "platinum"}, {"employees": "many"}, {"employees": "-1"}, {"employees": "9" * 30},
     {"customer_since": "soon"}, {"website": "javascript:alert(1)"}, {"name": ""},
     {"name": "x" * 300}, {"city": "two\nlines"}, {"city": "nul\x00"}, {"phone": "5" * 100_000},
     {"unknown": "x"}],
)  # fmt: skip
def test_senseless_values_are_refused_with_a_sentence(world: World, form: dict[str, str]) -> None:
    before = fingerprint(world)
    answer = change(world, "lin", form)
    assert answer.status_code == 422
    assert f'data-field="{next(iter(form))}"' in answer.get_data(as_text=True)
    assert fingerprint(world) == before


def test_different_fields_of_two_people_merge_by_themselves(any_world: World) -> None:
    world = any_world
    was = company(world, "lin", "huadong")
    both = {"original.city": was["city"], "original.industry": was["industry"]}
    world.client("maya").post(
        path(world, "/edit"), data={**both, "city": "Wuxi", "industry": was["industry"]}
    )
    answer = world.client("lin").post(
        path(world, "/edit"), data={**both, "city": was["city"], "industry": "Machine tools"}
    )
    assert answer.status_code == 303
    now = company(world, "lin", "huadong")
    assert (now["city"], now["industry"]) == ("Wuxi", "Machine tools")


def test_the_same_field_of_two_people_asks_which_value_stays(any_world: World) -> None:
    world = any_world
    was = company(world, "lin", "huadong")["industry"]
    for person, value in (("maya", "Machine tools"), ("lin", "Fine mechanics")):
        answer = change(world, person, {"industry": value, "original.industry": was})
    assert answer.status_code == 409
    assert answer.headers["HX-Retarget"] == "#dialog"
    words = said(answer)
    for expected in (
        "Huadong Precision changed while",
        "Maya Kaur",
        was,
        "Machine tools",
        "Fine mechanics",
    ):
        assert expected in words
    assert company(world, "lin", "huadong")["industry"] == "Machine tools"
    chosen = {"industry": "Fine mechanics", "original.industry": "Machine tools"}
    assert change(world, "lin", chosen).status_code == 200
    assert company(world, "lin", "huadong")["industry"] == "Fine mechanics"


def test_a_day_and_a_choice_clash_in_words(world: World) -> None:
    was = company(world, "lin", "huadong")
    start = {"original.customer_since": was["customer_since"], "original.tier": was["tier"]}
    world.client("maya").fragment(
        path(world),
        method="PATCH",
        data={**start, "customer_since": "2020-01-31", "tier": "bronze"},
    )
    answer = world.client("lin").fragment(
        path(world),
        method="PATCH",
        data={**start, "customer_since": "2022-02-28", "tier": "silver"},
    )
    assert answer.status_code == 409
    words = said(answer)
    for expected in ("31 Jan 2020", "28 Feb 2022", "Bronze", "Silver", "Since", "Tier"):
        assert expected in words
    assert 'value="2020-01-31"' in answer.get_data(as_text=True)


def test_a_refused_whole_form_keeps_what_was_typed(world: World) -> None:
    form = {"name": "Huadong", "phone": "call me", "is_supplier": ["0", "1"]}
    answer = world.client("lin").post(path(world, "/edit"), data=form)
    assert answer.status_code == 422
    markup = answer.get_data(as_text=True)
    assert 'value="call me"' in markup
    assert 'name="is_supplier" value="1" checked' in markup


def test_lin_hands_huadong_to_anna_who_is_told_and_gets_the_contacts(any_world: World) -> None:
    world = any_world
    anna = world.people["anna"]
    answer = world.client("lin").post(path(world, "/owner"), data={"owner_id": str(anna)})
    assert answer.status_code == 303
    assert company(world, "lin", "huadong")["owner_id"] == anna
    contact = world.api("lin").get(f"/api/v1/contacts/{world.records['zhou_min']}").get_json()
    assert contact["owner_id"] == anna
    assert timeline(world, "lin", "huadong")[0] == "gave Huadong Precision to Anna Schmidt"
    told = world.api("anna").get("/api/v1/notifications").get_json()["items"]
    assert "gave Huadong Precision to Anna Schmidt" in told[0]["sentence"]


def test_a_company_is_handed_to_colleagues_only(world: World) -> None:
    before = fingerprint(world)
    for nobody in (world.people["zhou"], 99999, "x", ""):
        answer = world.client("lin").post(path(world, "/owner"), data={"owner_id": nobody})
        assert answer.status_code == 422, nobody
    assert fingerprint(world) == before


def test_archiving_can_be_undone_and_leaves_everything_as_it_was(any_world: World) -> None:
    world = any_world
    lin, before = world.client("lin"), fingerprint(world)
    answer = lin.fragment(path(world, "/archive"), method="POST")
    assert answer.headers["HX-Redirect"] == "/customers"
    link = f'href="{path(world)}"'
    assert link not in lin.get("/customers?q=huadong").get_data(as_text=True)
    gone = lin.get(path(world))
    assert gone.status_code == 410
    assert "Huadong Precision is archived" in said(gone)
    assert "Restore" in said(gone)
    assert lin.post(path(world, "/restore")).status_code == 303
    assert fingerprint(world) == before
    assert timeline(world, "lin", "huadong")[:2] == [
        "restored Huadong Precision", "archived Huadong Precision",
    ]  # fmt: skip


def test_an_archived_company_is_not_there_for_those_who_cannot_restore_it(world: World) -> None:
    world.client("lin").post(path(world, "/archive"))
    for person in ("jun", "emily", "zhao", "zhou", "huang"):
        assert world.client(person).get(path(world)).status_code == 404, person
    for person in ("lin", "anna", "maya"):
        assert world.client(person).get(path(world)).status_code == 410, person
    assert change(world, "lin", {"city": "x"}).status_code == 404
    assert world.client("jun").post(path(world, "/restore")).status_code in (403, 404)


def test_one_part_of_the_page_can_be_loaded_alone(world: World) -> None:
    lin = world.client("lin")
    for name, expected in (
        ("page", "Huadong Precision Gold"),
        ("page", "Location Suzhou"),
        ("page", "Contacts 3"),
        ("tasks-panel", "Open tasks"),
        ("crm-date_requests-panel", "Date requests"),
    ):
        part = lin.fragment(path(world, f"/panels/{name}"))
        assert part.status_code == 200, name
        assert expected in said(part)
        assert "<html" not in part.get_data(as_text=True)
    assert lin.fragment(path(world, "/panels/nothing")).status_code == 404


def test_a_supplier_lives_among_the_suppliers(world: World) -> None:
    lin, hengtai = world.client("lin"), world.records["hengtai"]
    assert lin.get(f"/customers/{hengtai}").location == f"/suppliers/{hengtai}"
    page = lin.get(f"/suppliers/{hengtai}")
    assert page.status_code == 200
    assert 'aria-label="Breadcrumb"><a href="/suppliers">' in page.get_data(as_text=True)
