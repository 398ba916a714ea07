"""The page on which staff begin their day."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from modules.tasks.api import Task, complete
from tests.tasks.telling import give
from tests.world import World

TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()


def test_lin_sees_what_is_late_what_is_due_and_what_comes(world: World) -> None:
    for title, days in [("Was due", -4), ("Is due", 0), ("Will be due", 3), ("Far away", 30)]:
        give(world, "lin", title, due=TODAY + timedelta(days=days))
    give(world, "lin", "Not mine", to="jun", due=TODAY)
    page = world.client("lin").get("/").text
    headings = [page.index(f">{title}</h2>") for title in ("Overdue", "Due today", "Coming")]
    assert headings == sorted(headings)
    assert all(title in page for title in ("Was due", "Is due", "Will be due"))
    assert "Far away" not in page
    assert "Not mine" not in page


def test_what_is_done_today_can_be_undone_from_there(world: World) -> None:
    task_id = give(world, "lin", "Finished early")
    with world.act("lin") as (session, actor):
        complete(session, actor, session.get_one(Task, task_id))
    block = world.client("lin").get("/workbench/tasks-done").text
    assert "Finished early" in block
    assert f'hx-post="/tasks/{task_id}/reopen"' in block


def test_what_is_new_for_lin_stands_beside(world: World) -> None:
    give(world, "maya", "Urgent thing", to="lin")
    block = world.client("lin").get("/workbench/news").text
    assert "Maya Kaur gave the task “Urgent thing” to Lin Chen" in block


def test_an_empty_day_says_what_will_be_here(world: World) -> None:
    assert "Nothing is due" in world.client("tom").get("/").text


def test_people_outside_are_led_to_their_portal(world: World) -> None:
    answer = world.client("zhou").get("/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/portal/"
    assert world.client("zhou").get("/workbench/tasks").status_code == 404


def test_a_block_that_is_not_there_is_not_found(world: World) -> None:
    assert world.client("lin").get("/workbench/weather").status_code == 404


def test_lin_writes_a_task_down_on_the_workbench(world: World) -> None:
    form = {"title": "Right now", "due_on": TODAY.isoformat(), "show": "workbench"}
    answer = world.client("lin").fragment("/tasks", method="POST", data=form)
    assert "Right now" in answer.text
    assert 'id="day" hx-swap-oob="outerMorph"' in answer.text
