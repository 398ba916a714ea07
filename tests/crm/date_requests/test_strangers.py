"""Whose request it is not, for them it is not there: every address, every method, every face."""

import pytest

from tests.crm.date_requests.conftest import lines_of
from tests.world import World, fingerprint

STRANGERS = ("zhou", "paul", "ursula", "wei")


def addresses(record_id: int) -> list[tuple[str, str]]:
    return [
        ("GET", f"/portal/dates/{record_id}"),
        ("POST", f"/portal/dates/{record_id}"),
        ("GET", f"/records/{record_id}/timeline"),
        ("GET", f"/records/{record_id}/timeline/new?after=0"),
        ("POST", f"/records/{record_id}/timeline"),
        ("GET", "/date-requests"),
        ("GET", f"/date-requests/{record_id}"),
        ("GET", f"/date-requests/{record_id}/lines"),
        ("POST", "/date-requests"),
        ("POST", f"/date-requests/{record_id}/closure"),
    ]


@pytest.mark.parametrize("person", STRANGERS)
def test_other_companies_and_faces_find_nothing(world: World, asked: int, person: str) -> None:
    """B15: the other supplier, the customer it is for, another customer."""
    before = fingerprint(world)
    line = lines_of(world, asked)[0]
    form = {"version": "1", f"answer.{line.id}": "wanted", "body": "Hello?", "kind": "message"}
    browser = world.client(person)
    for method, path in addresses(asked):
        answer = browser.open(path, method=method, data=form if method == "POST" else None)
        assert answer.status_code == 404, (person, method, path)
        assert "Spindle" not in answer.text, (person, method, path)
    assert fingerprint(world) == before


@pytest.mark.parametrize("person", STRANGERS)
def test_the_api_tells_them_nothing(world: World, asked: int, person: str) -> None:
    before = fingerprint(world)
    line, program = lines_of(world, asked)[0], world.api(person)
    said = {"lines": [{"line_id": line.id, "answered_on": line.wanted_on.isoformat()}]}
    path = f"/api/v1/date_requests/{asked}"
    assert program.get(path).status_code == 404
    assert program.post(f"{path}/answer", json=said).status_code == 404
    assert program.get(f"/api/v1/records/{asked}/timeline").status_code == 404
    assert "Spindle" not in program.get("/api/v1/date_requests").text
    assert fingerprint(world) == before


def test_staff_read_it_and_do_not_answer_for_the_supplier(world: World, asked: int) -> None:
    for person in ("zhao", "lin", "na"):
        assert world.client(person).get(f"/portal/dates/{asked}").status_code == 404
        answer = world.api(person).post(f"/api/v1/date_requests/{asked}/answer", json={"lines": []})
        assert answer.status_code == 404, person


def test_nobody_signed_out_gets_in(world: World, asked: int) -> None:
    browser = world.client()
    for method, path in addresses(asked):
        answer = browser.open(path, method=method)
        assert answer.status_code in (302, 303, 403), (method, path)
        assert "Spindle" not in answer.text
    assert world.api(None).get(f"/api/v1/date_requests/{asked}").status_code == 401


def test_a_supplier_answers_only_lines_of_its_own_request(world: World, asked: int) -> None:
    foreign = lines_of(world, world.records["beds"])[0]
    before = fingerprint(world)
    said = {"lines": [{"line_id": foreign.id, "answered_on": foreign.wanted_on.isoformat()}]}
    answer = world.api("huang").post(f"/api/v1/date_requests/{asked}/answer", json=said)
    assert answer.status_code == 422
    assert "lines.0.line_id" in answer.get_json()["errors"]
    assert fingerprint(world) == before


@pytest.mark.parametrize(
    "field", ["owner_id", "state", "about_id", "title", "company_id", "id", "answered_at"]
)
def test_a_supplier_sets_nothing_but_the_answer(world: World, asked: int, field: str) -> None:
    """H01: an extra field is refused, not ignored."""
    before = fingerprint(world)
    line = lines_of(world, asked)[0]
    said = {"lines": [{"line_id": line.id, "answered_on": line.wanted_on.isoformat()}], field: 1}
    answer = world.api("huang").post(f"/api/v1/date_requests/{asked}/answer", json=said)
    assert answer.status_code == 422
    assert fingerprint(world) == before


def test_the_supplier_filters_by_its_own_fields_only(world: World, asked: int) -> None:
    program = world.api("huang")
    assert program.get("/api/v1/date_requests?state=open").status_code == 200
    for name in ("about_id", "owner_id", "company_id"):
        assert program.get(f"/api/v1/date_requests?{name}=1").status_code == 422, name
