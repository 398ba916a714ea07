"""Accepting an invitation: once, by whoever owns the address it was sent to."""

from flask_babel import gettext as _
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from concord.actors import SYSTEM, Face
from concord.clock import now
from concord.errors import Forbidden, Gone, Invalid
from concord.identity import memberships, users
from concord.identity.models import Invitation, PortalMembership, User
from concord.keys import hashed_token
from concord.parties.models import Party
from concord.records.models import Record
from concord.web.marks import N_

NO_LONGER = N_("This invitation no longer works. Ask for a new one.")


def find(session: Session, token: str) -> Invitation:
    """The invitation a link opens; Gone when it was used, replaced, withdrawn, or is too old."""
    found = session.scalars(
        select(Invitation).where(
            Invitation.token_hash == hashed_token(token),
            Invitation.accepted_at.is_(None),
            Invitation.expires_at > now(),
        )
    ).one_or_none()
    if found is None:
        raise Gone(NO_LONGER)
    return found


def accept_as_new(
    session: Session, invitation: Invitation, *, name: str, password: str, language: str
) -> tuple[User, PortalMembership | None]:
    """Accept with an account that this makes. Who already has one accepts with that."""
    user = users.create(
        session,
        SYSTEM,
        name=name,
        email=invitation.email,
        is_staff=invitation.is_staff,
        role_keys=users.still_there(session, invitation.role_keys),
        team_id=invitation.team_id,
        password=password,
        language=language,
    )
    return user, accept(session, invitation, user)


def accept(session: Session, invitation: Invitation, user: User) -> PortalMembership | None:
    """The owner of the address, who proved it, accepts; gives what they may now act through."""
    if user.email != invitation.email:
        raise Forbidden(_("This invitation is for another address."))
    _use_up(session, invitation)
    user.email_proved_at = now()
    if invitation.is_staff:
        if not user.is_staff:
            raise Invalid({"_": [_("This address already has a portal account.")]})
        return None
    company = session.get(Record, invitation.company_id)
    if not isinstance(company, Party) or company.archived:
        raise Gone(NO_LONGER)
    face = Face(invitation.face or "")
    return memberships.join(
        session, user, company, face, is_administrator=invitation.is_administrator
    )


def _use_up(session: Session, invitation: Invitation) -> None:
    """Of two who press the button at once, one gets in."""
    unused = update(Invitation).where(Invitation.id == invitation.id)
    unused = unused.where(Invitation.accepted_at.is_(None))
    if session.execute(unused.values(accepted_at=now())).rowcount != 1:  # type: ignore[attr-defined]
        raise Gone(NO_LONGER)
