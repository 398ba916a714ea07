"""Each noun's policy gives the same answer twice: for a record in hand and for a query."""

import pytest
from sqlalchemy import select

from concord.records.models import Record
from tests.contracts.conftest import EVERYBODY
from tests.world import World


@pytest.mark.parametrize("person", EVERYBODY)
def test_what_is_visible_is_what_is_allowed(world: World, person: str) -> None:
    actor = world.actor(person)
    with world.app.test_request_context(), world.reading() as session:
        for record_type in world.installation.records:
            policy = record_type.policy
            everything = session.scalars(
                select(record_type.model).where(
                    Record.kind == record_type.kind, Record.archived_at.is_(None)
                )
            ).all()
            assert everything, f"the world has no {record_type.kind}"
            visible = {record.id for record in session.scalars(policy.visible(actor))}
            allowed = {r.id for r in everything if policy.allows(actor, policy.read, r)}
            assert visible == allowed, f"{person} and {record_type.kind}"


@pytest.mark.parametrize("person", EVERYBODY)
def test_what_is_writable_by_query_is_writable_in_hand(world: World, person: str) -> None:
    actor = world.actor(person)
    collections = {c.kind: c for m in world.installation.modules for c in m.collections}
    with world.app.test_request_context(), world.reading() as session:
        for record_type in world.installation.records:
            policy, collection = record_type.policy, collections.get(record_type.kind)
            if collection is None:
                continue
            for permission in {collection.permission_write, collection.permission_archive} - {None}:
                seen = policy.visible(actor)
                found = session.scalars(seen.where(policy.writable(actor, permission)))
                writable = {record.id for record in found}
                every = session.scalars(seen)
                allowed = {r.id for r in every if policy.allows(actor, permission, r)}
                assert writable == allowed, f"{person}, {record_type.kind}, {permission}"


def test_people_outside_see_only_what_belongs_to_their_company_or_was_published(
    world: World,
) -> None:
    with world.app.test_request_context(), world.reading() as session:
        for person in ("zhou", "ursula", "huang", "wei"):
            actor = world.actor(person)
            for record_type in world.installation.records:
                for record in session.scalars(record_type.policy.visible(actor)):
                    assert record.company_id in (None, actor.company_id), (person, record.title)
                    if record.company_id is None:
                        assert record_type.kind == "article", (person, record.title)


def test_archived_records_come_through_their_own_door_only(world: World) -> None:
    actor = world.actor("na")
    with world.app.test_request_context(), world.reading() as session:
        for record_type in world.installation.records:
            seen = session.scalars(record_type.policy.visible(actor)).all()
            behind = session.scalars(record_type.policy.visible(actor, archived=True)).all()
            assert not any(record.archived for record in seen)
            assert all(record.archived for record in behind)
