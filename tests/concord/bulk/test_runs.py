"""Many records at once: by rights, in one fact, and back again to what was there before."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import func, select

from concord.audit.models import AuditRow
from concord.bulk import starting
from concord.bulk.declaring import bulk_type
from concord.bulk.models import BulkItem, BulkRun, ItemState, State
from concord.bulk.stepping import advance
from concord.errors import Conflict, Forbidden, Invalid
from concord.identity.models import User
from concord.records.models import Record
from concord.timeline.models import Entry, TimelineLink
from modules.crm.companies.actions import assign_company, change_company
from modules.crm.companies.models import Company
from modules.crm.companies.policy import COMPANIES
from tests.world import World, fingerprint


def begin(world: World, person: str, verb: str, sent: Mapping[str, Any]) -> int:
    """A run of `person` over every company they see."""
    with world.act(person) as (session, actor):
        bulk = bulk_type("company")
        asked: Any = COMPANIES.visible(actor)
        asked = asked.with_only_columns(Record.id, maintain_column_froms=True)
        chosen = starting.verb_of(actor, bulk, verb)
        return starting.start(session, actor, bulk, chosen, sent, asked).id


def undo(world: World, person: str, run_id: int) -> int:
    with world.act(person) as (session, actor):
        return starting.undo(session, actor, session.get_one(BulkRun, run_id)).id


def read(world: World, run_id: int) -> BulkRun:
    with world.reading() as session:
        return session.get_one(BulkRun, run_id)


def reasons(world: World, run_id: int) -> dict[int, tuple[str, list[str]]]:
    with world.reading() as session:
        query = select(BulkItem.record_id, BulkItem.reason, BulkItem.fields)
        rows = session.execute(query.where(BulkItem.run_id == run_id, BulkItem.reason.is_not(None)))
        return {record_id: (reason, fields) for record_id, reason, fields in rows}


def test_every_verb_is_taken_back_to_what_was_there_before(any_world: World) -> None:
    world = any_world
    undo(world, "na", begin(world, "na", "tag", {"tags": ["VIP"]}))
    before = fingerprint(world)
    runs = [
        begin(world, "na", "owner", {"owner_id": world.people["tom"]}),
        begin(world, "na", "edit", {"changes": {"tier": "gold", "city": "Wuxi"}}),
        begin(
            world,
            "na",
            "edit",
            {"changes": {"credit_limit": {"amount": "12.50", "currency": "EUR"}}},
        ),
        begin(world, "na", "edit", {"changes": {"customer_since": "2020-02-29"}}),
        begin(world, "na", "tag", {"tags": ["vip"]}),
        begin(world, "na", "archive", {}),
    ]
    assert fingerprint(world) != before
    for run_id in reversed(runs):
        assert read(world, undo(world, "na", run_id)).skipped == 0
    assert fingerprint(world) == before


def test_a_run_is_one_fact_and_an_audit_row_for_each_record(world: World) -> None:
    with world.reading() as session:
        links = session.scalar(select(func.count()).select_from(TimelineLink))
    run = read(world, begin(world, "na", "edit", {"changes": {"city": "Wuxi"}}))
    with world.reading() as session:
        assert session.scalar(select(func.count()).select_from(TimelineLink)) == (links or 0) + 1
        entry = session.scalars(select(Entry).order_by(Entry.id.desc())).first()
        assert entry is not None
        assert entry.fact_type == "bulk_run.finished"
        assert entry.payload["said_en"] == f"changed location of {run.done} companies"
        written = select(AuditRow).where(
            AuditRow.action == "update", AuditRow.actor_id == world.people["na"]
        )
        changed = [row for row in session.scalars(written) if "city" in row.changes]
        assert len(changed) == run.done
        assert all(row.changes["city"][1] == "Wuxi" for row in changed)


def test_the_new_owner_is_told_once_and_may_open_the_run(world: World) -> None:
    run_id = begin(world, "na", "owner", {"owner_id": world.people["tom"]})
    told = world.client("tom").get("/notifications").text
    assert "gave" in told
    assert "to Tom Becker" in told
    assert world.client("tom").get(f"/bulk/{run_id}").status_code == 200
    assert world.client("maya").get(f"/bulk/{run_id}").status_code == 404
    assert world.client("zhou").get(f"/bulk/{run_id}").status_code == 404


def test_what_is_not_ones_own_to_change_is_counted_and_left(world: World) -> None:
    """F07 and B02 for many: the scope of the right decides, not what was asked for."""
    with world.writing() as session:
        tom = session.get_one(User, world.people["tom"])
        foreign = world.records["huadong"]
        assign_company(session, world.actor("na"), session.get_one(Company, foreign), tom)
        session.commit()
    run = read(world, begin(world, "lin", "edit", {"changes": {"city": "Elsewhere"}}))
    with world.reading() as session:
        companies = session.scalars(select(Company)).all()
        changed = {company.id for company in companies if company.city == "Elsewhere"}
        team = session.get_one(User, world.people["lin"]).team_id
        assert changed == {c.id for c in companies if c.team_id == team}
    assert foreign not in changed
    assert (run.done, run.refused) == (len(changed), len(companies) - len(changed))


@pytest.mark.parametrize(
    "changes",
    [
        {"credit_limit": {"amount": "1.00", "currency": "EUR"}},
        {"company_id": 1},
        {"id": 1},
        {"created_at": "2020-01-01T00:00:00Z"},
        {"team_id": 1},
        {"tier": "platinum"},
        {"customer_since": "soon"},
        {},
        [],
    ],
)
def test_an_edit_obeys_the_same_field_policy_as_the_api(world: World, changes: Any) -> None:
    before = fingerprint(world)
    with pytest.raises(Invalid):
        begin(world, "lin", "edit", {"changes": changes})
    assert fingerprint(world) == before


def test_whoever_may_not_archive_cannot_archive_many(world: World) -> None:
    before = fingerprint(world)
    for person in ("rita", "sun"):
        with pytest.raises(Forbidden):
            begin(world, person, "archive", {})
    assert fingerprint(world) == before


def test_a_person_shut_out_meanwhile_stops_the_run(world: World) -> None:
    run_id = held(world, begin(world, "lin", "edit", {"changes": {"city": "Wuxi"}}))
    with world.writing() as session:
        lin = session.get_one(User, world.people["lin"])
        lin.disabled_at = lin.created_at
        session.get_one(BulkRun, run_id).state = State.RUNNING.value
        session.commit()
    before = fingerprint(world)
    with world.writing() as session:
        assert advance(session, run_id) is False
        session.commit()
    run = read(world, run_id)
    assert (run.state, run.held_because) == (State.HELD, "rights")
    with world.writing() as session:
        session.get_one(User, world.people["lin"]).disabled_at = None
        session.commit()
    after = fingerprint(world)
    assert after["crm_companies"] == before["crm_companies"]


def test_a_record_lost_meanwhile_is_skipped_and_named(world: World) -> None:
    run_id = held(world, begin(world, "na", "edit", {"changes": {"city": "Wuxi"}}))
    gone = world.records["huadong"]
    with world.act("maya") as (session, _actor):
        company = session.get_one(Company, gone)
        company.archived_at = company.created_at
    step(world, run_id)
    assert reasons(world, run_id) == {gone: ("gone", [])}


def test_undo_leaves_what_somebody_changed_since_and_says_so(any_world: World) -> None:
    world = any_world
    before = fingerprint(world)["crm_companies"]
    run_id = begin(world, "na", "edit", {"changes": {"tier": "bronze", "city": "Wuxi"}})
    touched = world.records["huadong"]
    with world.act("maya") as (session, actor):
        change_company(session, actor, session.get_one(Company, touched), {"city": "Suzhou"})
    back = undo(world, "na", run_id)
    assert reasons(world, back) == {touched: ("changed", ["city"])}
    after = {row[0]: row for row in fingerprint(world)["crm_companies"]}
    different = [row for row in before if after[row[0]] != row]
    assert [row[0] for row in different] == [touched]
    assert "Suzhou" in after[touched]


def test_what_was_given_away_can_be_taken_back_by_whoever_gave_it(world: World) -> None:
    before = fingerprint(world)
    run_id = begin(world, "lin", "owner", {"owner_id": world.people["emily"]})
    assert read(world, run_id).done > 0
    back = read(world, undo(world, "lin", run_id))
    assert back.skipped == 0
    assert fingerprint(world) == before


def test_a_run_is_taken_back_once(world: World) -> None:
    run_id = begin(world, "na", "edit", {"changes": {"city": "Wuxi"}})
    back = undo(world, "na", run_id)
    with pytest.raises(Conflict):
        undo(world, "na", run_id)
    assert read(world, undo(world, "na", back)).done == read(world, run_id).done


def test_one_that_contradicts_the_noun_is_skipped_and_the_others_done(world: World) -> None:
    with world.reading() as session:
        only = {
            company.id
            for company in session.scalars(select(Company))
            if company.is_supplier and not company.is_customer
        }
    run_id = begin(world, "na", "edit", {"changes": {"is_supplier": False}})
    assert set(reasons(world, run_id)) == only
    assert {reason for reason, _fields in reasons(world, run_id).values()} == {"invalid"}


def held(world: World, run_id: int) -> int:
    """The run as it was before its first step, taken back by hand: all its items wait."""
    back = undo(world, "na", run_id)
    with world.writing() as session:
        session.get_one(BulkRun, back).undoes_id = None
        run = session.get_one(BulkRun, run_id)
        run.done = run.same = run.skipped = 0
        run.state, run.finished_at = State.RUNNING.value, None
        for item in session.scalars(select(BulkItem).where(BulkItem.run_id == run_id)):
            item.state, item.image, item.reason = ItemState.WAITING.value, None, None
        session.commit()
    return run_id


def step(world: World, run_id: int) -> None:
    with world.app.test_request_context(), world.writing() as session:
        while advance(session, run_id):
            session.commit()
        session.commit()
