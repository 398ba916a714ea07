"""Adding companies and contacts, and being told when they are here already."""

from tests.crm.reading import said, timeline
from tests.world import World, fingerprint


def test_lin_adds_a_customer_and_looks_after_it(world: World) -> None:
    lin = world.client("lin")
    form = {
        "name": "  Orion Rail ",
        "is_customer": "1",
        "phone": "+49 30 555 0101",
        "tier": "silver",
    }
    answer = lin.post("/customers", data=form)
    assert answer.status_code == 303
    page = said(lin.get(answer.location))
    assert "Orion Rail Silver Active Owner" in page
    assert "Lin Chen added Orion Rail" in page


def test_a_dialog_leads_on_to_the_new_page(world: World) -> None:
    answer = world.client("lin").fragment(
        "/customers", method="POST", data={"name": "Orion Rail", "is_customer": "1"}
    )
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].startswith("/customers/")


def test_what_is_wrong_stands_beside_the_field_and_nothing_typed_is_lost(world: World) -> None:
    before = fingerprint(world)
    form = {
        "name": " ",
        "is_customer": "1",
        "email": "some",
        "phone": "call me",
        "city": "Łódź",
    }
    answer = world.client("lin").post("/customers", data=form)
    assert answer.status_code == 422
    words, markup = said(answer), answer.get_data(as_text=True)
    assert "This is needed." in words
    assert "Write an e-mail address" in words
    assert "Write a phone number" in words
    for typed in ("some", "call me", "Łódź"):
        assert f'value="{typed}"' in markup
    assert fingerprint(world) == before


def test_a_company_is_a_customer_a_supplier_or_both(world: World) -> None:
    answer = world.client("lin").post("/customers", data={"name": "Neither"})
    assert answer.status_code == 422
    assert "Choose customer, supplier or both." in said(answer)


def test_a_likely_duplicate_is_shown_first_and_can_be_added_anyway(world: World) -> None:
    lin = world.client("lin")
    form = {"name": "HUADONG Precision Co., Ltd.", "is_customer": "1"}
    shown = lin.post("/customers", data=form)
    assert shown.status_code == 422
    assert "Is it already here?" in said(shown)
    assert "Add anyway" in said(shown)
    again = lin.post("/customers", data={**form, "seen": str(world.records["huadong"])})
    assert again.status_code == 303


def test_the_hint_appears_while_typing_and_names_only_what_the_person_may_see(world: World) -> None:
    hint = world.client("lin").fragment("/customers/similar?name=Kessler+Transport+GmbH")
    assert "Kessler Transport" in said(hint)
    assert said(world.client("lin").fragment("/customers/similar?name=Unheard+of")) == ""
    assert (
        said(world.client("lin").fragment("/customers/similar?name=%00&phone=%00&email=%00")) == ""
    )


def test_nobody_adds_fields_that_are_not_the_forms(world: World) -> None:
    before = fingerprint(world)
    for extra in ("id", "version", "owner_id", "team_id", "credit_limit", "created_at", "x"):
        form = {"name": "Orion Rail", "is_customer": "1", extra: "1"}
        assert world.client("lin").post("/customers", data=form).status_code == 422, extra
    assert fingerprint(world) == before


def test_lin_adds_a_contact_whom_the_company_and_the_contact_remember(world: World) -> None:
    lin, huadong = world.client("lin"), world.records["huadong"]
    form = {"name": "Gao Yan", "title": "CFO", "role": "decider", "importance": "key"}
    answer = lin.fragment(f"/customers/{huadong}/contacts", method="POST", data=form)
    assert answer.status_code == 200
    assert answer.headers["HX-Retarget"] == "#contacts"
    assert answer.headers["HX-Trigger"] == "concord:close"
    assert "Gao Yan CFO Key person" in said(answer)
    assert timeline(world, "lin", "huadong")[0] == "added the contact Gao Yan"


def test_a_contact_without_a_name_comes_back_with_what_was_typed(world: World) -> None:
    path = f"/customers/{world.records['huadong']}/contacts"
    answer = world.client("lin").fragment(path, method="POST", data={"name": "", "title": "CFO"})
    assert answer.status_code == 422
    assert 'value="CFO"' in answer.get_data(as_text=True)


def test_service_keeps_contacts_but_not_companies(world: World) -> None:
    jun, huadong = world.client("jun"), world.records["huadong"]
    assert jun.post(f"/customers/{huadong}/contacts", data={"name": "Gao Yan"}).status_code == 303
    assert jun.post("/customers", data={"name": "Orion", "is_customer": "1"}).status_code == 403
    assert jun.get("/customers/new").status_code == 403
