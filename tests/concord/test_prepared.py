"""Statements that are built once hold nothing of the person who asked first."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select

from concord.actors import SYSTEM, Actor, Scope
from concord.installation import using
from concord.prepared import USER, _ids, _Rights, execute
from concord.records.models import Record
from concord.records.types import AnyRecordType
from tests.world import World


def everybody(world: World) -> list[Actor]:
    return [SYSTEM, *(world.actor(person) for person in world.people)]


def spelled_out(statement: Any, dialect: Any) -> str:
    return str(statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


def kinds(world: World) -> list[AnyRecordType]:
    return list(world.installation.records)


def test_a_policy_says_of_anybody_with_the_same_rights_what_it_says_of_the_person(
    world: World,
) -> None:
    """Whatever a policy asks of an actor is in the key, or a parameter."""
    dialect = world.installation.database.engine.dialect
    with using(world.installation):
        for actor in everybody(world):
            anybody = _Rights.of(actor).anybody()
            for record_type in kinds(world):
                for archived in (False, True):
                    of_person = record_type.policy.visible(actor, archived=archived)
                    of_anybody = record_type.policy.visible(anybody, archived=archived)
                    assert spelled_out(of_anybody.params(_ids(actor)), dialect) == spelled_out(
                        of_person, dialect
                    )


def test_colleagues_with_the_same_rights_share_a_statement_and_see_their_own(world: World) -> None:
    built: list[Actor] = []

    def mine(actor: Actor) -> Any:
        built.append(actor)
        return select(Record.id).where(Record.owner_id == actor.user_id).order_by(Record.id)

    lin, anna = world.actor("lin"), world.actor("anna")
    with world.reading() as session:
        own = {who.user_id: list(execute(session, mine, who).scalars()) for who in (lin, anna, lin)}
        once = len(built)
        for who in (anna, lin):
            owned = select(Record.id).where(Record.owner_id == who.user_id).order_by(Record.id)
            assert own[who.user_id] == list(session.scalars(owned))
            assert own[who.user_id] == list(execute(session, mine, who).scalars())
    assert own[lin.user_id] != own[anna.user_id]
    assert len(built) == once
    assert {actor.user_id for actor in built} == {USER}


def test_other_rights_make_another_statement(world: World) -> None:
    """Rita only reads, Tom is in another team, Anna lost a grant: nobody meets Lin's statement."""
    lin = world.actor("lin")
    fewer = replace(lin, grants={name: lin.grants[name] for name in sorted(lin.grants)[1:]})
    narrower = replace(lin, grants=dict.fromkeys(lin.grants, Scope.OWN))
    grouped = replace(lin, field_groups=frozenset({"finance"}))
    outside = [world.actor(person) for person in ("zhou", "huang")]
    all_of_them = [_Rights.of(who) for who in (lin, fewer, narrower, grouped, *outside)]
    assert len(set(all_of_them)) == len(all_of_them)
    assert _Rights.of(lin) == _Rights.of(replace(lin, name="X", language="zh", user_id=7))
