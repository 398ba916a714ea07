"""Erasing a person who left: name, address and ways in go, what they did for the house stays."""

from flask_babel import gettext as _
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from concord import organisation
from concord.actors import Actor
from concord.audit.erasing import forget_actor, forget_named, forget_rows
from concord.audit.writing import UNWATCHED, note
from concord.database.base import Model
from concord.errors import Invalid
from concord.identity.access import raise_epoch
from concord.identity.confirming import ensure_fresh
from concord.identity.forgetting import Leaver, forget_elsewhere
from concord.identity.models import User
from concord.identity.users import ERASED
from concord.records.sorting import sort_key

NAMES = {"en": "Erased person", "zh": "已抹除的人员"}
# Tables that are only about a person's account, in the order in which they let go of each other.
ACCOUNT = (
    "concord_push_subscriptions", "concord_sessions", "concord_api_tokens",
    "concord_password_resets", "concord_email_changes", "concord_user_roles", "concord_code_apps",
    "concord_passkeys", "concord_recovery_codes", "concord_trusted_devices",
    "concord_external_identities", "concord_ceremonies", "concord_notification_choices",
    "concord_notification_hours", "concord_notifications_digests", "concord_notifications_waiting",
    "concord_notifications", "concord_inboxes", "concord_record_follows",
    "concord_timeline_visits", "concord_record_members", "concord_mails_keys",
    "concord_view_orders", "concord_portal_memberships",
)  # fmt: skip


def erase(session: Session, actor: Actor, user: User) -> None:
    """Erase somebody who is disabled; Invalid for anybody else, ProofNeeded before it is done.

    Audit rows lose who it was and what was changed on the account; the chain of seals holds.
    """
    if user.disabled_at is None or user.id == actor.user_id:
        raise Invalid({"_": [_("Disable the account first.")]})
    ensure_fresh(session, actor)
    erased = NAMES[organisation.current().language]
    forget_elsewhere(session, Leaver(user.id, user.name, user.email, erased))
    _delete(session, "concord_invitations", email=user.email)
    forget_named(session, "concord_invitations", "email", user.email)
    for name in ACCOUNT:
        _delete(session, name, user_id=user.id)
    forget_rows(session, User.__tablename__, [user.id])
    forget_actor(session, user.id)
    _rename(session, user.id, erased)
    note(session, actor, "erased", table=User.__tablename__, row_id=user.id)
    raise_epoch(session)


def is_erased(user: User) -> bool:
    return user.email.endswith(f"@{ERASED}")


def _rename(session: Session, user_id: int, erased: str) -> None:
    """In one statement beside the session: what changes there would be written into the audit."""
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


def _delete(session: Session, name: str, **whose: object) -> None:
    """Rows of one table, and what the audit says of their changes."""
    table = Model.metadata.tables[name]
    theirs = [table.c[column] == value for column, value in whose.items()]
    if "id" in table.c and name not in UNWATCHED:
        forget_rows(session, name, session.scalars(select(table.c.id).where(*theirs)).all())
    session.execute(table.delete().where(*theirs))
