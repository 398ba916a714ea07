"""Administrators look after jobs on a page and over REST; nobody else learns of them."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select, update

from concord.actors import SYSTEM
from concord.audit.models import AuditRow
from concord.clock import now
from concord.installation import using
from concord.jobs.holding import EVERYTHING, hold, holds
from concord.jobs.job import enqueue
from concord.jobs.listing import job
from concord.jobs.models import JobTrouble, ScheduleSlot
from concord.jobs.overview import schedule_named
from concord.jobs.slots import run_now
from concord.jobs.statuses import State, tables
from concord.jobs.worker import Worker
from concord.mail.sending import SEND_MAIL
from tests.waiting import eventually
from tests.world import World, fingerprint

SWEEP = "files.sweep_orphans"


def asked_for(world: World, delay: float = 600) -> str:
    """A mail that does not exist: sending it is over at once."""
    with world.writing() as session:
        job_id = enqueue(session, SEND_MAIL, 999, delay=delay)
        session.commit()
    return job_id


def failed(world: World, error: str = "ConnectionError: the server hung up") -> str:
    job_id = asked_for(world)
    with world.writing() as session:
        statuses, _inputs = tables(session.get_bind().dialect.name)
        mine = statuses.c.workflow_uuid == job_id
        session.execute(update(statuses).where(mine).values(status="ERROR"))
        session.add(JobTrouble(job_id=job_id, attempts=9, error=error, failed_at=now()))
        session.commit()
    return job_id


def state(world: World, job_id: str) -> State:
    with world.reading() as session:
        return job(session, job_id).state


@pytest.fixture
def at_work(any_world: World) -> Iterator[World]:
    worker = Worker(any_world.installation, "tester")
    with using(any_world.installation):
        worker.start()
        try:
            yield any_world
        finally:
            worker.stop(patience=1)


def test_the_list_tells_what_failed_and_why(any_world: World) -> None:
    failed(any_world, "ConnectionError: <b>the server</b> hung up")
    asked_for(any_world)
    page = any_world.client("na").get("/settings/jobs").text
    assert "Send a mail" in page
    assert "ConnectionError: &lt;b&gt;the server&lt;/b&gt; hung up" in page
    assert "Failed" in page
    assert "Waiting" in page


def test_it_is_searched_by_name_and_state(any_world: World) -> None:
    job_id = failed(any_world)
    na = any_world.client("na")
    for query in ("state=failed", "q=mail", "q=concord.send", "q=send+mail&state=failed"):
        assert f"job-{job_id}" in na.fragment(f"/settings/jobs?{query}").text, query
    for query in ("state=held", "q=orphans", "state=nonsense&q=nothing"):
        assert f"job-{job_id}" not in na.fragment(f"/settings/jobs?{query}").text, query


def test_a_failed_job_runs_again(at_work: World) -> None:
    job_id = failed(at_work)
    answer = at_work.client("na").post(f"/settings/jobs/{job_id}/run")
    assert answer.status_code == 303
    eventually(lambda: state(at_work, job_id) is State.DONE)
    with at_work.reading() as session:
        noted = session.scalars(select(AuditRow).where(AuditRow.action == "job_released")).one()
    assert noted.actor_id == at_work.people["na"]


def test_all_that_failed_runs_again(at_work: World) -> None:
    ids = [failed(at_work) for _ in range(3)]
    at_work.client("na").post("/settings/jobs/run-failed")
    eventually(lambda: all(state(at_work, job_id) is State.DONE for job_id in ids))


def test_a_waiting_job_is_cancelled_once(any_world: World) -> None:
    job_id, na = asked_for(any_world), any_world.client("na")
    assert na.post(f"/settings/jobs/{job_id}/cancel").status_code == 303
    assert state(any_world, job_id) is State.CANCELLED
    again = na.fragment(f"/settings/jobs/{job_id}/cancel", method="POST")
    assert again.status_code == 409
    assert "nothing was changed" in again.text


def test_everything_is_held_and_released(at_work: World) -> None:
    na = at_work.client("na")
    assert na.post("/settings/jobs/hold", data={"name": EVERYTHING}).status_code == 303
    assert "All jobs are held since" in na.get("/settings/jobs").text
    job_id = asked_for(at_work, delay=0)
    eventually(lambda: state(at_work, job_id) is State.HELD)
    na.post("/settings/jobs/release", data={"name": EVERYTHING})
    eventually(lambda: state(at_work, job_id) is State.DONE)
    assert "All jobs are held" not in na.get("/settings/jobs").text


def test_only_what_exists_can_be_held(world: World) -> None:
    answer = world.client("na").post("/settings/jobs/hold", data={"name": "nothing.like_it"})
    assert answer.status_code == 404
    with world.reading() as session:
        assert holds(session) == {}


def test_a_schedule_runs_now_and_says_so(at_work: World) -> None:
    na = at_work.client("na")
    page = na.get("/settings/jobs/schedules").text
    assert "Remove uploads that were never sent" in page
    assert "Every hour" in page
    assert na.post(f"/settings/jobs/schedules/{SWEEP}/run").status_code == 303
    eventually(lambda: all(slot.ended_at for slot in slots(at_work)))
    assert slots(at_work)
    assert na.post("/settings/jobs/schedules/nothing/run").status_code == 404


def slots(world: World) -> list[ScheduleSlot]:
    with world.reading() as session:
        return list(session.scalars(select(ScheduleSlot)))


def test_a_program_of_an_administrator_reads_them(any_world: World) -> None:
    job_id = failed(any_world)
    program = any_world.api("na")
    [item] = program.get("/api/v1/jobs?state=failed").get_json()["items"]
    assert (item["id"], item["attempts"], item["ids"]) == (job_id, 9, [999])
    assert program.get(f"/api/v1/jobs/{job_id}").get_json() == item
    assert program.get("/api/v1/jobs?name=nothing").get_json()["items"] == []
    assert program.get("/api/v1/jobs?state=nonsense").status_code == 422
    assert program.get("/api/v1/jobs?colour=red").status_code == 422
    names = [found["name"] for found in program.get("/api/v1/schedules").get_json()["items"]]
    assert SWEEP in names


@pytest.mark.parametrize("person", ["lin", "maya", "zhou", "huang", None])
def test_nobody_else_sees_or_does_anything(world: World, person: str | None) -> None:
    job_id = failed(world)
    with world.writing() as session:
        hold(session, SYSTEM, SWEEP)
        session.commit()
    before, browser = fingerprint(world), world.client(person)
    wanted = {"lin": {403}, "maya": {403}, None: {302, 303, 401}}.get(person, {404})
    for path in ("/settings/jobs", "/settings/jobs/schedules", f"/settings/jobs/{job_id}"):
        assert browser.get(path).status_code in wanted, path
    for path in (f"{job_id}/run", f"{job_id}/cancel", "run-failed", "hold", "release",
                 f"schedules/{SWEEP}/run"):  # fmt: skip
        answer = browser.post(f"/settings/jobs/{path}", data={"name": SWEEP})
        assert answer.status_code in wanted, path
    if person:
        assert world.api(person).get("/api/v1/jobs").status_code in wanted
    assert fingerprint(world) == before
    assert state(world, job_id) is State.FAILED
    with world.reading() as session:
        assert set(holds(session)) == {SWEEP}


def test_a_long_list_has_older_pages(world: World) -> None:
    with world.writing() as session:
        for _ in range(60):
            enqueue(session, SEND_MAIL, 999, delay=600)
        session.commit()
    na = world.client("na")
    first = na.get("/settings/jobs").text
    assert first.count('id="job-') == 50
    older = first.partition("cursor=")[2].partition('"')[0]
    assert na.get(f"/settings/jobs?cursor={older}").text.count('id="job-') >= 10


def test_what_the_clock_asks_for_does_not_hide_the_rest(at_work: World) -> None:
    job_id, na = failed(at_work), at_work.client("na")
    with at_work.writing() as session:
        swept = run_now(session, schedule_named(at_work.installation, SWEEP))
        session.commit()
    assert swept
    eventually(lambda: state(at_work, swept) is State.DONE)
    page = na.get("/settings/jobs").text
    assert f"job-{job_id}" in page
    assert f"job-{swept}" not in page
    assert f"job-{swept}" in na.get("/settings/jobs?state=done").text
