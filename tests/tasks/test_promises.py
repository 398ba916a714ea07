"""What people promise each other, on whose page it shows, and who hears of it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep

import pytest
from sqlalchemy import select

from concord.actors import Actor
from concord.errors import Conflict
from concord.identity.models import Role, User
from concord.installation import using
from concord.records.access import get
from modules.tasks.api import Task, assign, complete, reopen
from modules.tasks.tasks.actions import change_task
from tests.tasks.telling import give, look, said_on, told
from tests.world import World, fingerprint


def test_maya_gives_lin_a_task_and_lin_is_told(world: World) -> None:
    give(world, "maya", "Send the certificate", to="lin", on="huadong")
    assert told(world, "lin")[0] == "Maya Kaur gave the task “Send the certificate” to Lin Chen"
    assert said_on(world, "huadong")[0] == "Maya Kaur added the task “Send the certificate”"


def test_what_lin_writes_down_for_himself_tells_nobody(world: World) -> None:
    before = told(world, "lin"), told(world, "maya")
    give(world, "lin", "Think about the fair", on="huadong")
    assert (told(world, "lin"), told(world, "maya")) == before


def test_who_asked_and_who_owns_the_customer_hear_that_it_is_done(world: World) -> None:
    task_id = give(world, "anna", "Check the torque stand", to="jun", on="huadong")
    with world.act("jun") as (session, actor):
        complete(session, actor, session.get_one(Task, task_id))
    sentence = "Jun Wang completed the task “Check the torque stand”"
    assert told(world, "anna")[0] == sentence
    assert told(world, "lin")[0] == sentence
    assert said_on(world, "huadong")[0] == sentence
    assert said_on(world, task_id)[0] == sentence


def test_a_task_passed_on_goes_to_the_other_team_and_its_new_owner_hears(world: World) -> None:
    task_id = give(world, "lin", "Call the planner", on="huadong")
    with world.act("lin") as (session, actor):
        sun = session.get_one(User, world.people["sun"])
        assign(session, actor, session.get_one(Task, task_id), sun)
        assert session.get_one(Task, task_id).team_id == sun.team_id
    assert told(world, "sun")[0] == "Lin Chen gave the task “Call the planner” to Sun Qi"


def test_a_task_belongs_to_the_company_of_the_record_it_is_on(world: World) -> None:
    on_person = give(world, "lin", "Greet Zhou Min", on="zhou_min")
    assert look(world, on_person).company_id == world.records["huadong"]
    page = world.client("lin").get(f"/tasks/on/{world.records['huadong']}").text
    assert "Greet Zhou Min" in page


def test_undoing_done_leaves_everything_as_it_was(world: World) -> None:
    task_id = give(world, "lin", "Send the protocol", on="huadong")
    before = fingerprint(world)
    with world.act("lin") as (session, actor):
        assert complete(session, actor, session.get_one(Task, task_id))
    assert fingerprint(world) != before
    with world.act("lin") as (session, actor):
        assert reopen(session, actor, session.get_one(Task, task_id))
    assert fingerprint(world) == before


@pytest.mark.engines
def test_of_four_who_complete_it_at_once_one_does(any_world: World) -> None:
    """H09: the others find it done; it is said once."""
    world = any_world
    task_id = give(world, "lin", "Approve the discount", on="huadong")
    people = [world.actor(person) for person in ("lin", "maya", "anna", "jun")]

    def finish(number: int) -> bool:
        with (
            world.app.test_request_context(),
            using(world.installation),
            world.installation.database.writing() as session,
        ):
            task = get(session, people[number], Task, task_id, lock=True)
            done = complete(session, people[number], task)
            session.commit()
            return done

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(finish, range(4))) == 1
    said = [line for line in said_on(world, "huadong") if "completed the task “Approve" in line]
    assert len(said) == 1


@pytest.mark.engines
def test_of_two_who_rewrite_a_note_at_once_the_second_is_asked(any_world: World) -> None:
    """What is compared is what is there after waiting, in every table of the noun."""
    world = any_world
    task_id = give(world, "lin", "Agree on the text")
    lin, maya = world.actor("lin"), world.actor("maya")
    begun = Event()

    def rewrite(actor: Actor, note: str, *, first: bool) -> bool:
        if not first:
            begun.wait(5)
        with (
            world.app.test_request_context(),
            using(world.installation),
            world.installation.database.writing() as session,
        ):
            task = session.get_one(Task, task_id)
            try:
                change_task(session, actor, task, {"note": note}, originals={"note": ""})
            except Conflict:
                return False
            session.flush()
            begun.set()
            sleep(0.3 if first else 0)
            session.commit()
            return True

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(rewrite, lin, "Lin's words", first=True)
        second = pool.submit(rewrite, maya, "Maya's words", first=False)
        assert first.result()
        assert not second.result()
    assert look(world, task_id).note == "Lin's words"


def test_a_reader_who_may_not_open_the_customer_sees_the_task_without_its_name(
    world: World,
) -> None:
    give(world, "maya", "Ask for the drawing", to="tom", on="huadong")
    _narrow(world, "sales", "crm:company:read")
    page = world.client("tom").get("/tasks").text
    assert "Ask for the drawing" in page
    assert "Huadong" not in page


def test_a_customer_s_page_without_the_crm_still_leaves_its_tasks_readable(world: World) -> None:
    """A record whose module is gone is hidden and kept; the task on it lives on."""
    task_id = give(world, "lin", "Survives", on="huadong")
    with world.act("lin") as (session, actor):
        kinds = world.installation.records
        held = kinds._by_kind.pop("company")
        try:
            complete(session, actor, session.get_one(Task, task_id))
        finally:
            kinds._by_kind["company"] = held
    assert look(world, task_id).done
    assert not any("completed the task “Survives”" in line for line in said_on(world, "huadong"))


def _narrow(world: World, role: str, permission: str) -> None:
    """Let a role see only its own records of a kind."""
    with world.writing() as session:
        row = session.scalars(select(Role).where(Role.key == role)).one()
        row.grants = {**row.grants, permission: "own"}
        session.commit()
