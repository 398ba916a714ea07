"""Bulk changes by REST: begun once, watched, held, taken back; by everybody's own rights."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import func, select

from concord.bulk.models import BulkRun
from concord.records.models import Record
from modules.crm.companies.models import Company
from tests.world import World, fingerprint

BULK = "/api/v1/companies/bulk"


def companies(world: World) -> dict[int, Company]:
    with world.reading() as session:
        return {company.id: company for company in session.scalars(select(Company))}


def test_a_run_is_answered_with_its_progress_and_taken_back(any_world: World) -> None:
    world = any_world
    lin, ids = world.api("lin"), [world.records["huadong"]]
    before = fingerprint(world)
    begun = lin.post(BULK, json={"ids": ids, "changes": {"city": "Wuxi"}})
    assert begun.status_code == 202, begun.text
    run = lin.get(begun.headers["Location"]).get_json()
    assert (run["state"], run["total"], run["done"], run["refused"]) == ("done", 1, 1, 0)
    items = lin.get(f"/api/v1/bulk-runs/{run['id']}/items?state=done").get_json()["items"]
    assert [item["record_id"] for item in items] == ids
    back = lin.post(f"/api/v1/bulk-runs/{run['id']}/undo")
    assert back.status_code == 202
    assert back.get_json()["undoes_id"] == run["id"]
    assert fingerprint(world) == before
    assert lin.post(f"/api/v1/bulk-runs/{run['id']}/undo").status_code == 409


@pytest.mark.parametrize(
    "asked",
    [
        {"name.contains": "huadong"},
        {"id": "HUADONG"},
        {"all": [{"field": "name", "op": "contains", "value": "Huadong"}]},
    ],
)
def test_a_filter_names_what_the_list_would_show(world: World, asked: dict[str, Any]) -> None:
    asked = {k: world.records["huadong"] if v == "HUADONG" else v for k, v in asked.items()}
    sent = {"filter": asked, "changes": {"city": "Wuxi"}}
    run = world.api("na").post(BULK, json=sent).get_json()
    assert run["done"] == 1
    assert companies(world)[world.records["huadong"]].city == "Wuxi"


@pytest.mark.parametrize(
    "sent",
    [
        {"filter": {"tier' OR 1=1 --": "x"}, "changes": {"city": "X"}},
        {"filter": {"tier": {"$ne": 1}}, "changes": {"city": "X"}},
        {"filter": {"credit_limit.gt": "1"}, "changes": {"city": "X"}},
        {"filter": {"any": [{"field": "credit_limit", "op": "over", "value": 1}]},
         "changes": {"city": "X"}},
        {"filter": {"all": [{"field": "1=1", "op": "is", "value": 1}]}, "changes": {"city": "X"}},
        {"ids": [], "changes": {"city": "X"}},
        {"ids": ["1 or 1=1"], "changes": {"city": "X"}},
        {"ids": [10**19], "changes": {"city": "X"}},
        {"ids": [1.5], "changes": {"city": "X"}},
        {"ids": [1], "filter": {}, "changes": {"city": "X"}},
        {"changes": {"city": "X"}},
        {"ids": [1]},
        {"ids": [1], "verb": "owner", "owner_id": "me"},
        {"ids": [1], "verb": "owner", "owner_id": 10**6},
        {"ids": [1], "verb": "archive", "owner_id": 1},
        {"ids": [1], "verb": "tag", "tags": []},
        {"ids": [1], "verb": "tag", "tags": ["a\u0000"]},
        {"ids": [1], "verb": "untag", "tags": ["there is none"]},
    ],
)  # fmt: skip
def test_what_has_no_meaning_is_refused_and_changes_nothing(
    world: World, sent: dict[str, Any]
) -> None:
    """C02, C05 and B12 on the selection of many."""
    before = fingerprint(world)
    answer = world.api("lin").post(BULK, json=sent)
    assert answer.status_code == 422, answer.text
    assert fingerprint(world) == before


def test_an_unknown_verb_is_not_there(world: World) -> None:
    sent = {"ids": [world.records["huadong"]], "verb": "delete"}
    assert world.api("na").post(BULK, json=sent).status_code == 404


@pytest.mark.parametrize("person", ["zhou", "huang"])
def test_people_outside_do_not_find_it(world: World, person: str) -> None:
    before = fingerprint(world)
    sent = {"ids": [world.records["huadong"]], "changes": {"city": "X"}}
    assert world.api(person).post(BULK, json=sent).status_code == 404
    assert world.api(person).get("/api/v1/bulk-runs").status_code == 404
    assert world.api(None).post(BULK, json=sent).status_code == 401
    assert fingerprint(world) == before


def test_what_the_screen_hides_the_api_refuses(world: World) -> None:
    """B10: archiving many by whoever may not, and a run that is somebody else's."""
    before = fingerprint(world)
    sent = {"ids": [world.records["huadong"]], "verb": "archive"}
    assert world.api("rita").post(BULK, json=sent).status_code == 403
    lins = world.records["tagging"]
    for act in ("undo", "hold", "continue"):
        answer = world.api("maya").post(f"/api/v1/bulk-runs/{lins}/{act}")
        assert answer.status_code == 404
    assert fingerprint(world) == before


def test_a_token_of_few_scopes_does_no_more_in_bulk(world: World) -> None:
    token = world.token("lin", "crm:company:read", "bulk:run:write", "bulk:run:read")
    sent = {"ids": [world.records["huadong"]], "changes": {"city": "X"}}
    headers = {"Authorization": f"Bearer {token}"}
    answer = world.api(None).post(BULK, json=sent, headers=headers)
    assert answer.status_code == 403


def test_fifty_at_once_with_one_key_are_one_run(any_world: World) -> None:
    """R24, H09: one effect, the same answer."""
    world = any_world
    token, sent = world.token("lin"), {"ids": [world.records["huadong"]], "changes": {"city": "W"}}
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "one"}

    def send(_number: int) -> tuple[int, int]:
        answer = world.api(None).post(BULK, json=sent, headers=headers)
        return answer.status_code, answer.get_json().get("id", 0)

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(send, range(50)))
    assert len(answers) == 1
    assert next(iter(answers))[0] == 202
    with world.reading() as session:
        count = select(func.count()).select_from(BulkRun).where(BulkRun.verb == "edit")
        assert session.scalar(count) == 1


def test_twenty_who_take_a_run_back_at_once_do_it_once(any_world: World) -> None:
    """H09, R27: exactly one wins."""
    world = any_world
    sent = {"ids": [world.records["huadong"]], "changes": {"city": "Wuxi"}}
    run = world.api("lin").post(BULK, json=sent).get_json()
    token = world.token("lin")

    def send(_number: int) -> int:
        headers = {"Authorization": f"Bearer {token}"}
        answer = world.api(None).post(f"/api/v1/bulk-runs/{run['id']}/undo", headers=headers)
        return int(answer.status_code)

    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(pool.map(send, range(20)))
    assert statuses == [202] + [409] * 19


def test_records_named_but_not_seen_are_counted_like_any_that_are_not_there(world: World) -> None:
    with world.reading() as session:
        top = session.scalar(select(func.max(Record.id))) or 0
    sent = {"ids": [world.records["huadong"], top + 7], "changes": {"city": "Wuxi"}}
    run = world.api("lin").post(BULK, json=sent).get_json()
    assert (run["done"], run["refused"]) == (1, 1)
