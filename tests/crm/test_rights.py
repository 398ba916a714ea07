"""The other side of every permission: other teams, other companies, suppliers, nobody at all."""

import pytest

from concord.records.models import RecordMember
from tests.crm.reading import change, said
from tests.world import World, fingerprint

Change = tuple[str, str, dict[str, str]]
COMPANY_CHANGES: tuple[Change, ...] = (
    ("PATCH", "/customers/{company}", {"city": "Wuxi"}),
    ("POST", "/customers/{company}/edit", {"city": "Wuxi"}),
    ("POST", "/customers/{company}/owner", {"owner_id": "1"}),
    ("POST", "/customers/{company}/archive", {}),
)
CONTACT_CHANGES: tuple[Change, ...] = (
    ("POST", "/customers/{company}/contacts", {"name": "Gao Yan"}),
    ("PATCH", "/contacts/{contact}", {"title": "CFO"}),
    ("POST", "/contacts/{contact}/edit", {"title": "CFO"}),
    ("POST", "/contacts/{contact}/archive", {}),
)
PAGES = (
    "/customers", "/suppliers", "/customers/{company}", "/suppliers/{company}", "/customers/new",
    "/customers/{company}/edit", "/customers/{company}/owner", "/customers/{company}/panels/page",
    "/customers/{company}/contacts/new", "/contacts/{contact}", "/contacts/{contact}/edit",
    "/customers/similar?name=Huadong+Precision",
)  # fmt: skip
READERS = ("tom", "jun", "sun", "zhao", "emily", "rita")


def filled(world: World, path: str) -> str:
    return path.format(company=world.records["huadong"], contact=world.records["zhou_min"])


@pytest.mark.parametrize("person", READERS)
def test_colleagues_of_other_teams_see_huadong_and_cannot_change_it(
    world: World, person: str
) -> None:
    before, browser = fingerprint(world), world.client(person)
    assert browser.get(filled(world, "/customers/{company}")).status_code == 200
    for method, path, form in COMPANY_CHANGES:
        assert browser.open(filled(world, path), method=method, data=form).status_code == 403, path
    assert fingerprint(world) == before


@pytest.mark.parametrize("person", ["tom", "sun", "zhao", "emily", "rita"])
def test_and_cannot_change_its_contacts_either(world: World, person: str) -> None:
    before, browser = fingerprint(world), world.client(person)
    for method, path, form in CONTACT_CHANGES:
        assert browser.open(filled(world, path), method=method, data=form).status_code == 403, path
    assert fingerprint(world) == before


def test_the_page_offers_nothing_that_will_be_refused(world: World) -> None:
    words = world.client("rita").get(filled(world, "/customers/{company}")).get_data(as_text=True)
    for offer in ("inline-edit", "/edit", "/owner", "/archive", "/contacts/new"):
        assert offer not in words, offer


@pytest.mark.parametrize("person", ["lin", "anna", "maya", "na"])
def test_the_team_and_those_above_may(world: World, person: str) -> None:
    browser = world.client(person)
    assert change(world, person, {"city": "Wuxi"}).status_code == 200
    answer = browser.open(
        filled(world, "/contacts/{contact}"), method="PATCH", data={"title": "CFO"}
    )
    assert answer.status_code == 200


def test_a_member_who_may_write_does_and_one_who_may_not_does_not(any_world: World) -> None:
    world = any_world
    for can_write, status in ((False, 403), (True, 200)):
        with world.writing() as session:
            session.add(
                RecordMember(
                    record_id=world.records["huadong"],
                    user_id=world.people["tom"],
                    can_write=can_write,
                )
            )
            session.commit()
        assert change(world, "tom", {"city": "Wuxi"}).status_code == status


@pytest.mark.parametrize("person", ["zhou", "ursula", "huang", "wei"])
def test_nothing_of_this_is_there_for_people_outside(world: World, person: str) -> None:
    before, browser = fingerprint(world), world.client(person)
    for path in PAGES:
        assert browser.get(filled(world, path)).status_code == 404, path
    for method, path, form in (*COMPANY_CHANGES, *CONTACT_CHANGES):
        assert browser.open(filled(world, path), method=method, data=form).status_code == 404, path
    assert fingerprint(world) == before


def test_whoever_is_not_signed_in_is_asked_to(world: World) -> None:
    before, browser = fingerprint(world), world.client()
    for path in PAGES:
        assert browser.get(filled(world, path)).location.startswith("/login"), path
    for method, path, form in (*COMPANY_CHANGES, *CONTACT_CHANGES):
        assert browser.open(filled(world, path), method=method, data=form).status_code == 302, path
    assert fingerprint(world) == before


def test_zhou_sees_his_own_company_only_and_only_what_is_shared(world: World) -> None:
    zhou, records = world.api("zhou"), world.records
    listed = zhou.get("/api/v1/companies").get_json()["items"]
    assert [item["id"] for item in listed] == [records["huadong"]]
    assert listed[0].keys() == {
        "id", "kind", "name", "is_customer", "is_supplier", "phone", "email", "website", "industry",
        "city",
    }  # fmt: skip
    assert zhou.get(f"/api/v1/companies/{records['kessler']}").status_code == 404
    assert zhou.get(f"/api/v1/companies/{records['hengtai']}").status_code == 404
    assert zhou.get("/api/v1/contacts").status_code in (403, 404)


def test_zhou_learns_nothing_by_filtering(world: World) -> None:
    zhou = world.api("zhou")
    for query in (
        "tier=gold",
        "owner_id=1",
        "source.contains=x",
        "sort=updated_at",
        "state=active",
    ):
        assert zhou.get(f"/api/v1/companies?{query}").status_code == 422, query


def test_zhou_changes_nothing(world: World) -> None:
    zhou, before = world.api("zhou"), fingerprint(world)
    path = f"/api/v1/companies/{world.records['huadong']}"
    assert zhou.patch(path, json={"city": "Wuxi"}).status_code in (403, 404)
    assert zhou.delete(path).status_code in (403, 404)
    assert zhou.post("/api/v1/companies", json={"name": "X", "is_customer": True}).status_code in (
        403,
        404,
    )
    assert fingerprint(world) == before


def test_what_is_not_there_is_not_there(world: World) -> None:
    lin = world.client("lin")
    for record_id in (0, 99999, 2**63, world.records["zhou_min"], world.records["beds"]):
        assert lin.get(f"/customers/{record_id}").status_code == 404, record_id
    assert lin.get(f"/contacts/{world.records['huadong']}").status_code == 404


def test_a_name_is_never_markup(world: World) -> None:
    lin = world.client("lin")
    name = '<img src=x onerror="alert(1)">{{7*7}}'
    page = lin.post("/customers", data={"name": name, "is_customer": "1"}).location
    for path in (page, f"{page}/edit", "/customers?q=onerror", f"/customers/similar?name={name}"):
        markup = lin.get(path).get_data(as_text=True)
        assert "<img src=x" not in markup, path
        assert "{{7*7}}" in said(lin.get(path)), path
