"""How many statements a page costs, and that more rows do not cost more."""

import pytest

from concord.timeline.actions import post
from tests.contracts.conftest import counted
from tests.world import World

BUDGETS = {
    "list": ("/api/v1/companies", 4),
    "record": ("/api/v1/companies/{huadong}", 6),
    "timeline": ("/api/v1/records/{huadong}/timeline", 4),
}
PAGES = {
    "list": ("/customers", 3),
    "contacts": ("/contacts", 4),
    "date requests": ("/date-requests", 4),
    "page": ("/customers/{huadong}", 12),
    "fragment": ("/records/{huadong}/timeline", 4),
    "inbox": ("/notifications", 4),
    "tasks": ("/tasks", 6),
    "table of tasks": ("/tasks?layout=list", 5),
    "knowledge": ("/knowledge", 4),
    "workbench": ("/", 12),
}


@pytest.mark.parametrize("name", BUDGETS)
def test_a_program_pays_few_statements(world: World, name: str) -> None:
    path, budget = BUDGETS[name]
    program = world.api("lin")
    program.get(path.format(**world.records))
    with counted(world) as statements:
        assert program.get(path.format(**world.records)).status_code == 200
    assert len(statements) <= budget, "\n\n".join(statements)


@pytest.mark.parametrize("name", PAGES)
def test_a_person_pays_few_statements(world: World, name: str) -> None:
    path, budget = PAGES[name]
    browser = world.client("lin")
    browser.get(path.format(**world.records))
    with counted(world) as statements:
        assert browser.get(path.format(**world.records)).status_code == 200
    assert len(statements) <= budget, "\n\n".join(statements)


def test_more_rows_cost_no_more_statements(world: World) -> None:
    browser = world.client("lin")
    paths = [path.format(**world.records) for path, _budget in PAGES.values()]
    before = [_statements(world, browser, path) for path in paths]
    for number in range(30):
        with world.act("anna") as (session, actor):
            record = world.record(session, "huadong")
            post(session, actor, record, kind="note", body=f"One more thing, {number}.")
    created = world.api("lin")
    for number in range(30):
        company = {"name": f"Another customer {number}", "is_customer": True}
        answer = created.post("/api/v1/companies", json=company)
        assert answer.status_code == 201, answer.text
        task = {"title": f"Another task {number}", "record_id": world.records["huadong"]}
        assert created.post("/api/v1/tasks", json=task).status_code == 201
    after = [_statements(world, browser, path) for path in paths]
    # A page of entries may now name other records, which costs the one statement more that asks.
    assert all(more <= few + 1 for few, more in zip(before, after, strict=True)), (before, after)


def _statements(world: World, browser: object, path: str) -> int:
    with counted(world) as statements:
        assert browser.get(path).status_code == 200  # type: ignore[attr-defined]
    return len(statements)
