"""Tasks on pages: lists, the panel on a record, changing in place, and what comes back."""

import json
from datetime import date

import pytest

from tests.contracts.conftest import counted
from tests.tasks.telling import give, look, said_on, told
from tests.world import World, fingerprint


def test_lin_completes_a_task_in_the_list_and_can_undo_it(world: World) -> None:
    task_id = give(world, "lin", "Send the certificate", on="huadong")
    browser = world.client("lin")
    answer = browser.fragment(f"/tasks/{task_id}/complete?show=row", method="POST")
    assert 'class="done"' in answer.text
    toast = json.loads(answer.headers["HX-Trigger"])["concord:toast"]
    assert toast["undo"] == f"/tasks/{task_id}/reopen"
    again = browser.fragment(toast["undo"], method="POST")
    assert f'id="task-{task_id}"' in again.text
    assert f'id="panel-task-{task_id}"' in again.text
    assert not look(world, task_id).done


def test_the_panel_takes_a_new_task_and_shows_it(world: World) -> None:
    form = {
        "title": "Visit line 4",
        "record_id": str(world.records["huadong"]),
        "assignee_id": str(world.people["jun"]),
        "due_on": "2027-03-01",
        "show": "panel",
    }
    answer = world.client("lin").fragment("/tasks", method="POST", data=form)
    assert answer.status_code == 200
    assert "Visit line 4" in answer.text
    assert told(world, "jun")[0] == "Lin Chen gave the task “Visit line 4” to Jun Wang"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "   "),
        ("title", "x" * 201),
        ("assignee_id", "999999"),
        ("assignee_id", "zhou"),
        ("record_id", "999999"),
        ("due_on", "tomorrow"),
        ("priority", "urgent"),
        ("state", "done"),
        ("owner_id", "1"),
        ("company_id", "1"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(
    world: World, field: str, value: str
) -> None:
    before = fingerprint(world)
    sent = str(world.people["zhou"]) if value == "zhou" else value
    form = {"title": "Something", field: sent}
    answer = world.client("lin").fragment("/tasks", method="POST", data=form)
    assert answer.status_code == 422
    assert f'data-field="{field}"' in answer.text
    assert fingerprint(world) == before


def test_a_day_moved_by_a_colleague_meanwhile_shows_both_days(world: World) -> None:
    task_id = give(world, "lin", "Deliver", due=date(2027, 1, 5))
    moved = {"due_on": "2027-01-08", "original.due_on": "2027-01-05"}
    mine = {"due_on": "2027-01-09", "original.due_on": "2027-01-05"}
    lin, maya = world.client("lin"), world.client("maya")
    assert lin.fragment(f"/tasks/{task_id}", method="PATCH", data=moved).status_code == 200
    answer = maya.fragment(f"/tasks/{task_id}", method="PATCH", data=mine)
    assert answer.status_code == 409
    assert answer.headers["HX-Retarget"] == "#dialog"
    assert "2027-01-08" in answer.text
    assert "2027-01-09" in answer.text
    assert look(world, task_id).due_on == date(2027, 1, 8)


def test_different_fields_changed_at_once_are_both_kept(world: World) -> None:
    task_id = give(world, "lin", "Deliver", due=date(2027, 1, 5))
    lin, maya = world.client("lin"), world.client("maya")
    renamed = {"title": "Deliver both", "original.title": "Deliver"}
    raised = {"priority": "high", "original.priority": "normal"}
    assert lin.fragment(f"/tasks/{task_id}", method="PATCH", data=renamed).status_code == 200
    assert maya.fragment(f"/tasks/{task_id}", method="PATCH", data=raised).status_code == 200
    task = look(world, task_id)
    assert (task.title, task.priority) == ("Deliver both", "high")
    assert said_on(world, task_id)[0] == "Maya Kaur changed the priority of the task “Deliver both”"


def test_a_time_set_on_a_day_and_taken_away_again(world: World) -> None:
    task_id = give(world, "lin", "Call", due=date(2027, 1, 5))
    browser = world.client("lin")
    browser.fragment(f"/tasks/{task_id}", method="PATCH", data={"due_time": "15:30"})
    timed = look(world, task_id)
    assert timed.due_on is None
    assert timed.due_at is not None
    assert timed.due_at.isoformat() == "2027-01-05T07:30:00+00:00"
    browser.fragment(f"/tasks/{task_id}", method="PATCH", data={"due_time": ""})
    assert look(world, task_id).due_on == date(2027, 1, 5)
    browser.fragment(f"/tasks/{task_id}", method="PATCH", data={"due_on": ""})
    assert look(world, task_id).due_at is None


def test_an_archived_task_leaves_and_comes_back(world: World) -> None:
    task_id = give(world, "lin", "Mistake")
    before = fingerprint(world)
    browser = world.client("lin")
    assert browser.post(f"/tasks/{task_id}/archive").status_code == 303
    assert browser.get(f"/tasks/{task_id}").status_code == 404
    assert browser.post(f"/tasks/{task_id}/restore").status_code == 303
    assert fingerprint(world) == before


def test_rita_reads_tasks_but_changes_none(world: World) -> None:
    """B02: refused, and nothing is different."""
    task_id = give(world, "lin", "Send the certificate")
    before = fingerprint(world)
    rita = world.client("rita")
    assert "Send the certificate" in rita.get("/tasks?view=all").text
    assert rita.get(f"/tasks/{task_id}").status_code == 200
    for verb in ("complete", "reopen", "archive"):
        assert rita.post(f"/tasks/{task_id}/{verb}").status_code == 403
    assert rita.patch(f"/tasks/{task_id}", data={"title": "Mine"}).status_code == 403
    assert rita.post("/tasks", data={"title": "Mine"}).status_code == 403
    assert rita.get("/tasks/new").status_code == 403
    assert fingerprint(world) == before


@pytest.mark.parametrize("person", ["zhou", "huang"])
def test_nobody_outside_learns_that_tasks_exist(world: World, person: str) -> None:
    task_id = give(world, "lin", "Floor price", on="huadong")
    outside = world.client(person)
    huadong = world.records["huadong"]
    for path in (
        "/tasks",
        "/tasks/list",
        f"/tasks/{task_id}",
        f"/tasks/on/{huadong}",
        "/tasks/new",
    ):
        assert outside.get(path).status_code == 404
    assert outside.post(f"/tasks/{task_id}/complete").status_code == 404
    assert world.api(person).get("/api/v1/tasks").status_code == 404
    assert world.api(person).get(f"/api/v1/records/{task_id}/timeline").status_code == 404
    assert not any("Floor price" in line for line in told(world, person))


def test_nobody_outside_can_be_written_to_on_a_task(world: World) -> None:
    task_id = give(world, "lin", "Floor price", on="huadong")
    page = world.client("lin").get(f"/tasks/{task_id}").text
    assert 'name="audience" value="internal"' in page
    assert 'name="audience" value="customer"' not in page
    sent = {"kind": "message", "body": "Hello", "audience": "customer"}
    answer = world.api("lin").post(f"/api/v1/records/{task_id}/timeline", json=sent)
    assert answer.status_code == 422
    assert "audience" in answer.get_json()["errors"]
    assert not any("Floor price" in line for line in told(world, "zhou"))


def test_a_longer_list_costs_no_more_statements(world: World) -> None:
    browser = world.client("lin")
    paths = {
        "/tasks": 6,
        "/tasks?view=all": 6,
        "/tasks/list": 5,
        f"/tasks/on/{world.records['huadong']}": 5,
        "/workbench/tasks": 4,
        "/": 12,
    }
    give(world, "lin", "One", on="huadong", due=date(2027, 1, 1))
    few = {path: _statements(world, browser, path) for path in paths}
    for number in range(25):
        give(world, "lin", f"More {number}", on="huadong", due=date(2027, 1, 1))
        give(world, "lin", f"On a person {number}", on="zhou_min")
    many = {path: _statements(world, browser, path) for path in paths}
    for path, budget in paths.items():
        assert many[path] <= budget, path
        assert many[path] <= few[path] + 1, path


def test_the_next_page_goes_on_where_the_first_ended(world: World) -> None:
    for number in range(105):
        give(world, "tom", f"Number {number:03}", due=date(2027, 1, 1))
    browser = world.client("tom")
    first = browser.get("/tasks").text
    found = first[first.index("/tasks?view=mine&amp;cursor=") :].split('"')[0].replace("&amp;", "&")
    second = browser.fragment(found).text
    shown = [first.count(f">Number {n:03}<") + second.count(f">Number {n:03}<") for n in range(105)]
    assert shown == [1] * 105


def test_a_senseless_cursor_or_list_is_refused(world: World) -> None:
    browser = world.client("lin")
    assert browser.get("/tasks?cursor=nonsense").status_code == 422
    assert browser.get("/tasks?view=everything").status_code == 422


def _statements(world: World, browser: object, path: str) -> int:
    with counted(world) as statements:
        assert browser.get(path).status_code == 200  # type: ignore[attr-defined]
    return len(statements)
