"""Erasing a person who left: name, address and ways in go, what they did for the house stays."""

from flask_babel import gettext as _
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from concord import organisation
from concord.actors import Actor
from concord.audit.erasing import forget_actor, forget_rows
from concord.audit.writing import note
from concord.database.base import Model
from concord.errors import Invalid
from concord.identity.access import raise_epoch
from concord.identity.confirming import ensure_fresh
from concord.identity.models import Invitation, PortalMembership, User
from concord.identity.users import ERASED
from concord.installation import current_installation
from concord.mail.models import Mail
from concord.notifications.models import Notification
from concord.records.sorting import sort_key
from concord.timeline.models import Entry

NAMES = {"en": "Erased person", "zh": "已抹除的人员"}
# Tables that are only about a person's account, in the order in which they let go of each other.
ACCOUNT = (
    "concord_push_subscriptions", "concord_sessions", "concord_api_tokens",
    "concord_password_resets", "concord_email_changes", "concord_user_roles", "concord_code_apps",
    "concord_passkeys", "concord_recovery_codes", "concord_trusted_devices",
    "concord_external_identities", "concord_ceremonies", "concord_notification_choices",
    "concord_notification_hours", "concord_notifications_digests", "concord_notifications_waiting",
    "concord_notifications", "concord_inboxes", "concord_record_follows",
    "concord_timeline_visits", "concord_record_members",
)  # fmt: skip


def erase(session: Session, actor: Actor, user: User) -> None:
    """Erase somebody who is disabled; Invalid for anybody else, ProofNeeded before it is done.

    Audit rows lose who it was and what was changed on the account; the chain of seals holds.
    """
    if user.disabled_at is None or user.id == actor.user_id:
        raise Invalid({"_": [_("Disable the account first.")]})
    ensure_fresh(session, actor)
    name, email = user.name, user.email
    _forget_in_facts(session, user.id, name)
    _forget_in_inboxes(session, user.id)
    session.execute(delete(Mail).where(Mail.to_address == email))
    session.execute(delete(Invitation).where(Invitation.email == email))
    memberships = PortalMembership.user_id == user.id
    ids = session.scalars(select(PortalMembership.id).where(memberships)).all()
    _delete_account(session, user.id)
    session.execute(delete(PortalMembership).where(memberships))
    forget_rows(session, PortalMembership.__tablename__, ids)
    forget_rows(session, User.__tablename__, [user.id])
    forget_actor(session, user.id)
    _rename(session, user.id)
    note(session, actor, "erased", table=User.__tablename__, row_id=user.id)
    raise_epoch(session)


def is_erased(user: User) -> bool:
    return user.email.endswith(f"@{ERASED}")


def _rename(session: Session, user_id: int) -> None:
    """In one statement beside the session: what changes there would be written into the audit."""
    erased = NAMES[organisation.current().language]
    renamed = (
        update(User)
        .where(User.id == user_id)
        .values(
            name=erased,
            sort_key=sort_key(erased),
            email=f"{user_id}@{ERASED}",
            title=None,
            phone=None,
            password_hash=None,
            version=User.version + 1,
        )
    )
    session.execute(renamed.execution_options(synchronize_session=False))


def _delete_account(session: Session, user_id: int) -> None:
    for name in ACCOUNT:
        table = Model.metadata.tables[name]
        session.execute(table.delete().where(table.c.user_id == user_id))


def _forget_in_inboxes(session: Session, user_id: int) -> None:
    """Who others were told of, on the records where this person wrote."""
    erased = NAMES[organisation.current().language]
    wrote_on = select(Entry.record_id).where(Entry.actor_id == user_id).distinct()
    for told in session.scalars(select(Notification).where(Notification.record_id.in_(wrote_on))):
        if any(person["id"] == user_id for person in told.actors):
            told.actors = [
                {**person, "name": erased} if person["id"] == user_id else person
                for person in told.actors
            ]


def _forget_in_facts(session: Session, user_id: int, name: str) -> None:
    """The author's name on what they wrote, and the personal fields that name them elsewhere."""
    erased = NAMES[organisation.current().language]
    written = update(Entry).where(Entry.actor_id == user_id).values(actor_name=erased)
    session.execute(written.execution_options(synchronize_session=False))
    personal = {kind.name: kind.personal for kind in current_installation().facts if kind.personal}
    acts_for = select(PortalMembership.company_id).where(PortalMembership.user_id == user_id)
    about = select(Entry).where(Entry.fact_type.in_(personal), Entry.record_id.in_(acts_for))
    for entry in session.scalars(about):
        fields = personal[entry.fact_type]
        if any(entry.payload.get(field) == name for field in fields):
            kept = {key: "" if key in fields else value for key, value in entry.payload.items()}
            changed = update(Entry).where(Entry.id == entry.id).values(payload=kept)
            session.execute(changed.execution_options(synchronize_session=False))
