"""Scopes below "all": both answers of a policy agree, and contacts follow their company."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import Actor, Scope
from concord.records.models import Record, RecordMember
from modules.crm.api import Company, Contact, Crm
from modules.crm.companies.policy import COMPANIES
from modules.crm.contacts.policy import CONTACTS
from tests.world import World

POLICIES: tuple[tuple[Any, Any], ...] = ((COMPANIES, Company), (CONTACTS, Contact))
KEPT = (("lin", Scope.OWN), ("lin", Scope.TEAM), ("zhao", Scope.OWN), ("jun", Scope.TEAM))


def narrowed(world: World, person: str, scope: Scope) -> Actor:
    """The person, with every right of the CRM cut down to one scope."""
    return replace(world.actor(person), grants=dict.fromkeys(Crm, scope))


def titles(session: Session, actor: Actor) -> tuple[set[str], set[str]]:
    companies: Any = session.scalars(COMPANIES.visible(actor))
    contacts: Any = session.scalars(CONTACTS.visible(actor))
    return {found.title for found in companies}, {found.title for found in contacts}


@pytest.mark.parametrize(("person", "scope"), KEPT)
def test_a_record_in_hand_and_a_query_get_the_same_answer(
    any_world: World, person: str, scope: Scope
) -> None:
    actor = narrowed(any_world, person, scope)
    with any_world.reading() as session:
        for policy, model in POLICIES:
            everything = session.scalars(select(model)).all()
            visible = {found.id for found in session.scalars(policy.visible(actor))}
            allowed = {found.id for found in everything if policy.allows(actor, policy.read, found)}
            assert visible == allowed
            for found in everything:
                several = policy.permitted(session, actor, found, Crm)
                one_by_one = {name for name in Crm if policy.allows(actor, name, found)}
                assert several - {policy.read} == one_by_one - {policy.read}, found.title


def test_lin_alone_sees_his_companies_and_their_people(world: World) -> None:
    with world.reading() as session:
        companies, contacts = titles(session, narrowed(world, "lin", Scope.OWN))
    assert companies == {"Huadong Precision", "Suzhou Optics"}
    assert {"Zhou Min", "Xu Ning"} <= contacts
    assert "Felix Kessler" not in contacts


def test_a_contact_of_somebody_else_is_seen_with_its_company(world: World) -> None:
    with world.writing() as session:
        contact = session.get_one(Record, world.records["zhou_min"])
        contact.owner_id, contact.team_id = world.people["zhao"], None
        session.commit()
    with world.reading() as session:
        assert "Zhou Min" in titles(session, narrowed(world, "lin", Scope.OWN))[1]


def test_a_member_sees_the_company_and_its_people(world: World) -> None:
    jun = narrowed(world, "jun", Scope.OWN)
    with world.writing() as session:
        assert titles(session, jun) == (set(), set())
        session.add(RecordMember(record_id=world.records["kessler"], user_id=jun.user_id))
        session.commit()
    with world.reading() as session:
        companies, contacts = titles(session, jun)
    assert companies == {"Kessler Transport"}
    assert contacts == {"Ursula Brandt", "Felix Kessler"}
