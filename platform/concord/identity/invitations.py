"""Invitations by mail: what they open is fixed when they are made, never by who accepts them."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from concord.actors import Actor, Face
from concord.clock import now
from concord.errors import Forbidden, Invalid, NotFound, TooMany
from concord.facts.record import record as record_fact
from concord.identity import letters, memberships, throttle, users
from concord.identity.confirming import ensure_fresh
from concord.identity.facts import PortalInvited
from concord.identity.models import Invitation, Team
from concord.identity.permissions import Identity
from concord.identity.role_actions import refuse_giving
from concord.identity.roles import ADMINISTRATOR
from concord.identity.throttle import DAY, Limit
from concord.keys import hashed_token
from concord.parties.models import Party
from concord.records.models import Record

VALID = timedelta(days=7)
STAFF_CAP = Limit("invite:staff", 100, DAY)
COLLEAGUE_CAP = Limit("invite:company", 20, DAY)


def invite_staff(
    session: Session,
    actor: Actor,
    *,
    name: str,
    email: str,
    language: str,
    role_keys: Sequence[str] = (),
    team_id: int | None = None,
) -> Invitation:
    """Invite a colleague, with the roles and the team they will have.

    Raises ProofNeeded where that makes an administrator.
    """
    if not actor.may(Identity.ROLE_MANAGE):
        raise Forbidden
    if users.by_email(session, email) is not None:
        raise Invalid({"email": [_("Somebody already has this address.")]})
    _check_place(session, role_keys, team_id)
    refuse_giving(actor, users.staff_roles(session, role_keys))
    if ADMINISTRATOR in role_keys:
        ensure_fresh(session, actor)
    session.execute(delete(Invitation).where(Invitation.email == email, Invitation.is_staff))
    return _send(
        session,
        actor,
        "staff_invitation",
        name=name,
        email=email,
        language=language,
        is_staff=True,
        role_keys=sorted(role_keys),
        team_id=team_id,
    )


def invite_to_portal(
    session: Session,
    actor: Actor,
    company: Party,
    *,
    name: str,
    email: str,
    language: str,
    face: Face,
    is_administrator: bool = False,
) -> Invitation:
    """Invite somebody to act for `company` on one of its faces; its owner is told.

    Whether the address is known to us already, the inviter cannot tell from anything here.
    """
    if face not in memberships.faces_of(company):
        raise Invalid({"face": [_("This company does not use that portal.")]})
    _forget(session, email, company.id, face)
    invitation = _send(
        session,
        actor,
        "portal_invitation",
        name=name,
        email=email,
        language=language,
        company=company,
        face=face.value,
        is_administrator=is_administrator and face is Face.CUSTOMER,
    )
    record_fact(session, actor, PortalInvited(name=name, title=company.title), subject=company)
    return invitation


def invite_colleague(
    session: Session, actor: Actor, *, name: str, email: str, language: str
) -> Invitation:
    """A customer's administrator invites somebody of the same company, as an ordinary member."""
    if not actor.outside or not actor.may(Identity.COLLEAGUE_INVITE):
        raise Forbidden
    company = session.get_one(Record, actor.company_id)
    assert isinstance(company, Party)
    return invite_to_portal(
        session, actor, company, name=name, email=email, language=language, face=actor.face
    )


def withdraw(session: Session, actor: Actor, invitation: Invitation) -> None:
    """Take back an invitation that nobody has accepted."""
    session.delete(invitation)


def resend(session: Session, actor: Actor, invitation: Invitation) -> None:
    """Send a new link, good for as long as a new invitation; the old one stops working."""
    if invitation.accepted_at is not None:
        raise NotFound
    if invitation.is_staff and not actor.may(Identity.ROLE_MANAGE):
        raise Forbidden
    refuse_giving(actor, users.staff_roles(session, invitation.role_keys))
    _count(session, actor)
    token = secrets.token_urlsafe(32)
    invitation.token_hash, invitation.expires_at = hashed_token(token), now() + VALID
    letter = "staff_invitation" if invitation.is_staff else "portal_invitation"
    company = session.get(Record, invitation.company_id) if invitation.company_id else None
    _write(session, actor, letter, invitation, token, None if company is None else company.title)


def waiting(
    session: Session, *, company_id: int | None = None, face: Face | None = None
) -> list[Invitation]:
    """Invitations not yet accepted: a company's on one or all of its faces, or the staff's."""
    query = select(Invitation).where(
        Invitation.accepted_at.is_(None), Invitation.expires_at > now()
    )
    if company_id is None:
        query = query.where(Invitation.is_staff)
    else:
        query = query.where(Invitation.company_id == company_id)
    if face is not None:
        query = query.where(Invitation.face == face.value)
    return list(session.scalars(query.order_by(Invitation.id.desc())))


def _send(
    session: Session,
    actor: Actor,
    letter: str,
    *,
    company: Party | None = None,
    **details: Any,
) -> Invitation:
    _count(session, actor)
    token = secrets.token_urlsafe(32)
    details.setdefault("is_staff", False)
    invitation = Invitation(
        token_hash=hashed_token(token),
        company_id=None if company is None else company.id,
        invited_by_id=actor.user_id,
        expires_at=now() + VALID,
        **details,
    )
    session.add(invitation)
    session.flush()
    _write(session, actor, letter, invitation, token, None if company is None else company.title)
    return invitation


def _write(
    session: Session,
    actor: Actor,
    letter: str,
    invitation: Invitation,
    token: str,
    company: str | None,
) -> None:
    known = users.by_email(session, invitation.email)
    letters.send(
        session,
        letter,
        to=invitation.email,
        language=invitation.language if known is None else known.language,
        name=invitation.name,
        inviter=actor.name,
        company=company,
        path=f"/invitations/{token}",
    )


def _count(session: Session, actor: Actor) -> None:
    """Invitations are mails to strangers: so many a day, for a colleague or for a company."""
    if actor.face is Face.SYSTEM:
        return
    bucket = COLLEAGUE_CAP.of(actor.company_id) if actor.outside else STAFF_CAP.of(actor.user_id)
    if wait := throttle.count(session, bucket):
        raise TooMany(wait, _("Enough invitations for today. Go on tomorrow."))


def _check_place(session: Session, role_keys: Sequence[str], team_id: int | None) -> None:
    errors = {}
    if set(role_keys) - set(users.still_there(session, role_keys)):
        errors["roles"] = [_("There is no such role.")]
    if team_id is not None and session.get(Team, team_id) is None:
        errors["team_id"] = [_("There is no such team.")]
    if errors:
        raise Invalid(errors)


def _forget(session: Session, email: str, company_id: int, face: Face) -> None:
    """A new invitation takes the place of the one before."""
    session.execute(
        delete(Invitation).where(
            Invitation.email == email,
            Invitation.company_id == company_id,
            Invitation.face == face.value,
            Invitation.accepted_at.is_(None),
        )
    )
