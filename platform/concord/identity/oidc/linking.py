"""From whom a provider vouches for to somebody of this house: by proof, never by the address."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from concord.actors import SYSTEM, Actor
from concord.audit.writing import note
from concord.clock import now
from concord.errors import Invalid, NotFound
from concord.identity import letters, reset, tokens, users
from concord.identity.confirming import ensure_fresh
from concord.identity.factors.models import CodeApp, Passkey, RecoveryCode
from concord.identity.models import ApiToken, User
from concord.identity.oidc.models import ExternalIdentity
from concord.identity.oidc.providers import Button, Known, buttons, find
from concord.identity.oidc.vouched import Vouched
from concord.identity.sessions import end_sessions_of
from concord.web.marks import N_

LINKED = N_("Another way to sign in was linked to your account.")
UNLINKED = N_("A way to sign in through another provider was removed from your account.")


@dataclass(frozen=True, slots=True)
class Linked:
    """A way in through a provider, as its owner sees it."""

    id: int
    issuer: str
    email: str | None
    created_at: datetime
    last_used_at: datetime | None


def person_behind(session: Session, vouched: Vouched) -> User | None:
    """Whom this house knows by the provider's issuer and subject."""
    known = select(ExternalIdentity).where(
        ExternalIdentity.issuer == vouched.issuer, ExternalIdentity.subject == vouched.subject
    )
    identity = session.scalars(known).one_or_none()
    if identity is None:
        return None
    used = update(ExternalIdentity).where(ExternalIdentity.id == identity.id)
    session.execute(used.values(last_used_at=now()))
    return session.get_one(User, identity.user_id)


def link(session: Session, user: User, vouched: Vouched) -> None:
    """The person, who proved both sides, may come in through the provider from now on."""
    taken = person_behind(session, vouched)
    if taken is not None and taken.id != user.id:
        raise Invalid({"_": [_("That account is linked to somebody else here.")]})
    if taken is not None:
        return
    session.add(
        ExternalIdentity(
            user_id=user.id,
            issuer=vouched.issuer,
            subject=vouched.subject,
            email=vouched.email,
            last_used_at=now(),
        )
    )
    note(session, None, "provider_linked", table="concord_users", row_id=user.id)
    letters.warn(session, user, LINKED)


def unlink(session: Session, actor: Actor, user: User, identity_id: int) -> None:
    """Raises ProofNeeded, NotFound, or Invalid where it is the only way in that is left."""
    ensure_fresh(session, actor)
    found = session.get(ExternalIdentity, identity_id)
    if found is None or found.user_id != user.id:
        raise NotFound
    keys = session.scalar(select(Passkey.id).where(Passkey.user_id == user.id).limit(1))
    if user.password_hash is None and keys is None and len(linked(session, user.id)) == 1:
        raise Invalid({"_": [_("This is your only way in: set a password first.")]})
    session.delete(found)
    letters.warn(session, user, UNLINKED)


def linked(session: Session, user_id: int) -> list[Linked]:
    query = select(ExternalIdentity).where(ExternalIdentity.user_id == user_id)
    return [
        Linked(row.id, row.issuer, row.email, row.created_at, row.last_used_at)
        for row in session.scalars(query.order_by(ExternalIdentity.id))
    ]


def ways_back(session: Session, user_id: int) -> list[Button]:
    """The providers at which somebody can prove again who they are."""
    issuers = {one.issuer for one in linked(session, user_id)}
    offered = buttons(session) if issuers else []
    return [button for button in offered if find(session, button.key).issuer in issuers]


def new_colleague(session: Session, provider: Known, vouched: Vouched) -> User | None:
    """A colleague made of a stranger, where the provider may make them and the address is free."""
    if not provider.makes_staff or not vouched.is_verified or vouched.email is None:
        return None
    if users.by_email(session, vouched.email) is not None:
        return None
    user = users.create(
        session,
        SYSTEM,
        name=vouched.name or vouched.email.partition("@")[0],
        email=vouched.email,
        role_keys=users.still_there(session, [provider.role_key or ""]),
        email_proved_at=now(),
    )
    session.flush()
    link(session, user, vouched)
    return user


def disarm(session: Session, vouched: Vouched) -> None:
    """An account whose address nobody ever proved, and now its real owner stands at the door.

    Whoever made it keeps nothing: no password, session, token or factor. The owner gets a link to
    set a password, which proves the address; only then can the two be linked.
    """
    user = users.by_email(session, vouched.email or "") if vouched.is_verified else None
    if user is None or user.email_proved_at is not None or user.disabled_at is not None:
        return
    user.password_hash = None
    for model in (CodeApp, Passkey, RecoveryCode, ExternalIdentity):
        session.execute(delete(model).where(model.user_id == user.id))
    for token in session.scalars(select(ApiToken).where(ApiToken.user_id == user.id)):
        tokens.revoke(session, SYSTEM, token)
    users.forget_links(session, user)
    end_sessions_of(session, user.id)
    note(session, SYSTEM, "account_disarmed", table="concord_users", row_id=user.id)
    reset.request_reset(session, user.email)
