"""Tasks for programs."""

import pytest

from tests.tasks.telling import give, look, told
from tests.world import World, fingerprint


def test_a_program_puts_a_task_on_a_customer(world: World) -> None:
    sent = {
        "title": "Renew the contract",
        "record_id": world.records["huadong"],
        "assignee_id": world.people["jun"],
        "due_at": "2027-02-01T09:00:00+08:00",
        "priority": "high",
    }
    answer = world.api("lin").post("/api/v1/tasks", json=sent)
    assert answer.status_code == 201
    made = answer.get_json()
    assert made | {"due_at": "2027-02-01T01:00:00Z"} == made
    assert made | {"state": "open", "record_id": world.records["huadong"]} == made
    assert made["company_id"] == world.records["huadong"]
    assert told(world, "jun")[0] == "Lin Chen gave the task “Renew the contract” to Jun Wang"


def test_a_day_stays_a_day(world: World) -> None:
    sent = {"title": "By Friday", "due_on": "2027-02-05"}
    made = world.api("lin").post("/api/v1/tasks", json=sent).get_json()
    assert made["due_on"] == "2027-02-05"
    assert made["due_at"] == "2027-02-05T15:59:59Z"


def test_closing_and_opening_by_state(world: World) -> None:
    task_id = give(world, "lin", "Close me")
    program = world.api("lin")
    done = program.patch(f"/api/v1/tasks/{task_id}", json={"state": "done"}).get_json()
    assert done["done_at"] is not None
    opened = program.patch(f"/api/v1/tasks/{task_id}", json={"state": "open"}).get_json()
    assert opened["done_at"] is None


def test_a_stale_change_is_refused(world: World) -> None:
    task_id = give(world, "lin", "Contested")
    program = world.api("lin")
    tag = program.get(f"/api/v1/tasks/{task_id}").headers["ETag"]
    path, headers = f"/api/v1/tasks/{task_id}", {"If-Match": tag}
    assert program.patch(path, json={"title": "First"}, headers=headers).status_code == 200
    late = program.patch(path, json={"title": "Second"}, headers=headers)
    assert late.status_code == 412
    assert look(world, task_id).title == "First"


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"title": ""},
        {"title": "x", "record_id": 10**6},
        {"title": "x", "record_id": [1]},
        {"title": "x", "assignee_id": 10**6},
        {"title": "x", "assignee_id": 1e300},
        {"title": "x", "due_at": "2027-02-01T09:00:00"},
        {"title": "x", "due_at": "2027-02-01T09:00:00Z", "due_on": "2027-02-01"},
        {"title": "x", "priority": "urgent"},
        {"title": "x", "owner_id": 1},
        {"title": "x", "company_id": 1},
        {"title": "x", "created_by_id": 2},
        {"title": "x", "done_at": "2027-02-01T09:00:00Z"},
        {"title": "a\x00b"},
    ],
)
def test_senseless_tasks_are_refused_and_leave_no_trace(world: World, sent: object) -> None:
    """C05 and H01."""
    before = fingerprint(world)
    assert world.api("lin").post("/api/v1/tasks", json=sent).status_code == 422
    assert fingerprint(world) == before


def test_a_task_does_not_move_to_another_record(world: World) -> None:
    """B17."""
    task_id = give(world, "lin", "Stays", on="huadong")
    moved = {"record_id": world.records["kessler"]}
    answer = world.api("lin").patch(f"/api/v1/tasks/{task_id}", json=moved)
    assert answer.status_code == 422
    assert look(world, task_id).about_id == world.records["huadong"]


def test_filters_and_order(world: World) -> None:
    give(world, "tom", "Mine")
    program = world.api("lin")
    found = program.get(f"/api/v1/tasks?assignee_id={world.people['tom']}&state=open").get_json()
    assert [task["title"] for task in found["items"]] == ["Mine"]
    assert program.get("/api/v1/tasks?sort=-due_at&limit=2").status_code == 200
    assert program.get("/api/v1/tasks?note=x").status_code == 422


def test_rita_s_program_may_read_but_not_write(world: World) -> None:
    task_id = give(world, "lin", "Look")
    before = fingerprint(world)
    program = world.api("rita")
    assert program.get(f"/api/v1/tasks/{task_id}").status_code == 200
    assert program.patch(f"/api/v1/tasks/{task_id}", json={"title": "x"}).status_code == 403
    assert program.delete(f"/api/v1/tasks/{task_id}").status_code == 403
    assert program.post("/api/v1/tasks", json={"title": "x"}).status_code == 403
    assert fingerprint(world) == before
