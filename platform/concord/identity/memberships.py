"""For whom people outside act: joining a company's portal, switching, leaving."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from concord.actors import Actor, Face
from concord.errors import Forbidden, Invalid, NotFound
from concord.facts.record import record as record_fact
from concord.identity.access import raise_epoch
from concord.identity.actors import actors_of
from concord.identity.facts import PortalJoined, PortalLeft
from concord.identity.models import PortalMembership, SignedSession, User
from concord.identity.pending import withdraw_invitations_of
from concord.identity.permissions import Identity
from concord.parties.models import Party
from concord.records.models import Record


@dataclass(frozen=True, slots=True)
class Acting:
    """One of the companies that a person can act for."""

    id: int
    company_name: str
    face: str
    current: bool


def faces_of(company: Party) -> list[Face]:
    """The portals that a company's people can come in by."""
    faces = ((company.is_customer, Face.CUSTOMER), (company.is_supplier, Face.SUPPLIER))
    return [face for is_one, face in faces if is_one]


def add(
    session: Session,
    actor: Actor,
    user: User,
    company: Party,
    face: Face,
    *,
    is_administrator: bool = False,
) -> PortalMembership:
    """Let an outside person act for a company; Invalid for colleagues and faces it has not."""
    if user.is_staff:
        raise Invalid({"email": [_("This address belongs to one of our own staff.")]})
    if face not in faces_of(company):
        raise Invalid({"face": [_("This company does not use that portal.")]})
    membership = find(session, user.id, company.id, face)
    if membership is None:
        membership = PortalMembership(
            user_id=user.id,
            company_id=company.id,
            face=face.value,
            is_administrator=is_administrator and face is Face.CUSTOMER,
        )
        session.add(membership)
        session.flush()
        raise_epoch(session)
    return membership


def join(
    session: Session, user: User, company: Party, face: Face, *, is_administrator: bool = False
) -> PortalMembership:
    """A person accepted an invitation: they act for the company now, and its owner is told."""
    known = find(session, user.id, company.id, face)
    if known is not None:
        return known
    actor = Actor(face=face, user_id=user.id, name=user.name, company_id=company.id)
    membership = add(session, actor, user, company, face, is_administrator=is_administrator)
    record_fact(session, actor, PortalJoined(title=company.title), subject=company)
    return membership


def remove(session: Session, actor: Actor, membership: PortalMembership) -> None:
    """End a person's access to one company: its sessions, tokens and invitations go with it."""
    user = session.get_one(User, membership.user_id)
    company = session.get_one(Record, membership.company_id)
    session.delete(membership)
    withdraw_invitations_of(session, user.id, company.id)
    raise_epoch(session)
    fact = PortalLeft(name=user.name, title=company.title)
    record_fact(session, actor, fact, subject=company)


def colleague(session: Session, actor: Actor, membership_id: int) -> PortalMembership:
    """A membership that an outside administrator may end: of the same company, not the own one."""
    membership = session.get(PortalMembership, membership_id)
    if membership is None or not _beside(actor, membership):
        raise NotFound
    if not actor.may(Identity.COLLEAGUE_INVITE) or membership.id == actor.membership_id:
        raise Forbidden
    return membership


def switch(session: Session, actor: Actor, membership_id: int) -> PortalMembership:
    """Act for another of one's own companies in this browser from now on."""
    membership = session.get(PortalMembership, membership_id)
    if membership is None or membership.user_id != actor.user_id:
        raise NotFound
    acting = update(SignedSession).where(SignedSession.id == actor.session_id)
    session.execute(acting.values(membership_id=membership.id))
    raise_epoch(session)
    return membership


def find(session: Session, user_id: int, company_id: int, face: Face) -> PortalMembership | None:
    return session.scalars(
        select(PortalMembership).where(
            PortalMembership.user_id == user_id,
            PortalMembership.company_id == company_id,
            PortalMembership.face == face.value,
        )
    ).one_or_none()


def acting_for(session: Session, actor: Actor) -> list[Acting]:
    """Every company this outside person can act for, for the switch in the portal's menu."""
    query = (
        select(PortalMembership.id, Record.title, PortalMembership.face)
        .join(Record, Record.id == PortalMembership.company_id)
        .where(PortalMembership.user_id == actor.user_id)
        .order_by(Record.sort_key, PortalMembership.id)
    )
    return [Acting(*row, current=row.id == actor.membership_id) for row in session.execute(query)]


def actor_for(session: Session, membership: PortalMembership) -> Actor | None:
    """Who a person is when they act through this membership."""
    actors = actors_of(session, [membership.user_id]).get(membership.user_id, [])
    return next((actor for actor in actors if actor.membership_id == membership.id), None)


def _beside(actor: Actor, membership: PortalMembership) -> bool:
    return membership.company_id == actor.company_id and membership.face == actor.face.value
