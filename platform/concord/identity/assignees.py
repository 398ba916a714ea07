"""Whom a record or a task can be given to: colleagues who can sign in."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.errors import Invalid
from concord.identity.models import User
from concord.prepared import execute


def assignees(session: Session) -> list[tuple[int, str]]:
    """Their ids and names, by name, as choices of a form."""
    return [(user_id, name) for user_id, name in execute(session, _assignees, None)]


def find_assignee(session: Session, user_id: Any, field: str = "owner_id") -> User:
    """One of them; Invalid, said of `field`, for anybody else and anything else."""
    user = session.get(User, user_id) if type(user_id) is int and user_id > 0 else None
    if user is None or not user.is_staff or user.disabled_at is not None:
        raise Invalid({field: [_("Choose a colleague.")]})
    return user


def _assignees() -> Any:
    query = select(User.id, User.name).where(User.is_staff, User.disabled_at.is_(None))
    return query.order_by(User.sort_key, User.id)
