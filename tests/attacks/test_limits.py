"""H04: however much is asked for or sent, an answer is short and comes soon."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from concord.database.paging import LARGEST_LIMIT
from concord.timeline.queries import LARGEST_PAGE
from tests.contracts.conftest import counted
from tests.world import Program, World, fingerprint

SOON = 6.0  # seconds of this thread's own work: what explodes takes minutes, and machines differ
MANY = 10**9
HUGE = "A" * 1_000_000


def lists(program: Program) -> Iterator[str]:
    """Every address of the API that gives many things."""
    spec = program.get("/api/v1/openapi.json").get_json()
    for path, methods in spec["paths"].items():
        asked = {item["name"] for item in methods.get("get", {}).get("parameters", ())}
        # Parts of a webhook or a bulk run are those of one that there is.
        if "limit" in asked and ("{" not in path or path.startswith("/api/v1/records/{")):
            yield path


def soon(program: Any, *arguments: Any, **options: Any) -> Any:
    begun = time.thread_time()
    answer = program.open(*arguments, **options)
    took = time.thread_time() - begun
    assert took < SOON, (arguments, took)
    return answer


@pytest.mark.parametrize("person", ["na", "zhou"])
def test_no_list_gives_more_than_there_is_to_have_at_once(world: World, person: str) -> None:
    """H04: a limit of a thousand million is the largest there is; filters and cursors are few."""
    program = world.api(person)
    record_id = world.actor(person).company_id or world.records["huadong"]
    paths = [path.replace("{record_id}", str(record_id)) for path in lists(program)]
    assert len(paths) >= 4
    for path in paths:
        answer = soon(program, path, query_string={"limit": MANY})
        assert answer.status_code == 200, path
        most = LARGEST_PAGE if "timeline" in path or "notifications" in path else LARGEST_LIMIT
        assert len(answer.get_json()["items"]) <= most
        for senseless in (
            {"cursor": HUGE},
            {"q": HUGE},
            {"sort": HUGE},
            {"include": ".".join(["company", "contacts"] * 20)},
            {"fields": HUGE},
            {"offset": MANY},
            {"page_size": MANY},
            {f"name.x{number}": "1" for number in range(300)},
            {f"id.{'gte' if number % 2 else 'lte'}": str(number) for number in range(300)},
        ):
            answer = soon(program, path, query_string=senseless)
            fine = senseless.keys() <= {"id.gte", "id.lte"}
            assert answer.status_code == 422 or (fine and answer.status_code == 200), (
                path,
                senseless,
            )
            assert len(answer.data) < 100_000, (path, len(answer.data))


def test_a_thousand_choices_of_one_filter_are_too_many(world: World) -> None:
    """H04: and the same filter twice has no meaning."""
    program = world.api("na")
    ids = ",".join(map(str, range(1, 1000)))
    assert soon(program, f"/api/v1/companies?id.in={ids}").status_code == 422
    twice = "&".join(["tier=gold"] * 300)
    assert soon(program, f"/api/v1/companies?{twice}").status_code == 422


def test_a_page_of_a_list_costs_the_same_statements_whatever_is_asked(world: World) -> None:
    """H04."""
    program = world.api("na")
    program.get("/api/v1/companies")
    with counted(world) as few:
        program.get("/api/v1/companies?limit=1")
    with counted(world) as many:
        program.get(f"/api/v1/companies?limit={MANY}")
    assert len(many) <= len(few)


LINE = {"item": "x", "wanted_on": "2027-01-31"}
TALL: dict[str, dict[str, Any]] = {
    "mentions": {"body": "x", "mentions": list(range(1, 200_000))},
    "files": {"body": "x", "files": list(range(1, 200_000))},
    "body": {"body": "x" * 1_900_000},
    "fields": {f"field{number}": 1 for number in range(100_000)},
}


@pytest.mark.parametrize("name", TALL)
def test_a_tall_entry_is_refused_soon(world: World, name: str) -> None:
    """H04: a hundred thousand people to mention, files to attach, fields nobody knows."""
    before = fingerprint(world)
    path = f"/api/v1/records/{world.records['huadong']}/timeline"
    answer = soon(world.api("lin"), path, method="POST", json=TALL[name])
    assert answer.status_code == 422
    assert len(answer.data) < 100_000
    assert fingerprint(world) == before


def test_a_request_for_forty_thousand_dates_is_refused_soon(world: World) -> None:
    """H04."""
    before = fingerprint(world)
    sent = {"company_id": world.records["hengtai"], "lines": [LINE] * 40_000}
    answer = soon(world.api("zhao"), "/api/v1/date_requests", method="POST", json=sent)
    assert answer.status_code == 422
    assert len(answer.data) < 100_000
    assert fingerprint(world) == before


def test_a_form_with_a_hundred_thousand_fields_is_refused_soon(world: World) -> None:
    """H04."""
    browser, before = world.client("lin"), fingerprint(world)
    browser.form_token()
    fields = {f"field{number}": "x" for number in range(100_000)}
    for path in ("/tasks", "/customers", f"/records/{world.records['huadong']}/timeline"):
        answer = soon(browser, path, method="POST", data={"title": "x", "name": "x", **fields})
        assert answer.status_code in (400, 413, 422), (path, answer.status_code)
        assert len(answer.data) < 100_000, path
    assert fingerprint(world) == before


@pytest.mark.parametrize("path", ["/tasks", "/login", "/preferences/language"])
def test_a_form_of_three_megabytes_is_not_read(world: World, path: str) -> None:
    """H04: 413, before any of it is understood."""
    browser = world.client("lin")
    browser.form_token()
    answer = soon(browser, path, method="POST", data={"title": "x" * 3_000_000})
    assert answer.status_code == 413


@pytest.mark.parametrize("address", ["ü" * 100_000, "a@" + "ü." * 50_000, "@" * 100_000])
def test_an_address_of_any_length_is_read_soon(world: World, address: str) -> None:
    """H04: the door is open to everybody."""
    browser = world.client()
    browser.form_token()
    for path in ("/login", "/password/forgot"):
        answer = soon(browser, path, method="POST", data={"email": address, "password": "x"})
        assert answer.status_code in (401, 422), (path, answer.status_code)


def test_a_password_of_a_megabyte_is_refused_soon(world: World) -> None:
    """H04: hashing takes no longer for it."""
    browser = world.client()
    browser.form_token()
    form = {"email": "lin@beacon.example", "password": "x" * 1_000_000}
    assert soon(browser, "/login", method="POST", data=form).status_code in (401, 422)
