"""Changing what the organisation is called, how it looks, and when it works."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from concord import organisation
from concord.actors import Actor
from concord.audit.writing import note
from concord.errors import Invalid, NotFound
from concord.house.models import CalendarDay, Logo
from concord.organisation import Hours

ONLY = 1
LONGEST_SIDE = 256
MOST_DAYS = 2000


def change(session: Session, actor: Actor, values: Mapping[str, Any]) -> None:
    """Set name, mail_name, currency, language, timezone; those not named stay."""
    kept = organisation.read_setting(session, organisation.KEY)
    organisation.write_setting(session, organisation.KEY, {**kept, **values})


def set_logo(session: Session, actor: Actor, picture: bytes) -> None:
    """Show this PNG, made anew from pixels, wherever the organisation is named."""
    digest = hashlib.sha256(picture).hexdigest()[:32]
    before = session.get(Logo, ONLY)
    note(session, actor, "update", table=Logo.__tablename__, changes=_digests(before, digest))
    session.merge(Logo(id=ONLY, digest=digest, content=picture))
    organisation.forget()


def remove_logo(session: Session, actor: Actor) -> None:
    before = session.get(Logo, ONLY)
    if before is None:
        return
    note(session, actor, "delete", table=Logo.__tablename__, changes=_digests(before, None))
    session.delete(before)
    organisation.forget()


def set_week(session: Session, actor: Actor, week: tuple[Hours | None, ...]) -> None:
    """When one works from Monday to Sunday; Invalid where a day ends before it begins."""
    for number, hours in enumerate(week):
        if hours is not None:
            _check(hours, f"day{number}")
    change(session, actor, {"week": organisation.week_as_kept(week)})


def set_day(session: Session, actor: Actor, day: date, name: str, hours: Hours | None) -> None:
    """A day off, or one on which one works after all."""
    if hours is not None:
        _check(hours, "begins")
    if not 2000 <= day.year < 2200:
        raise Invalid({"day": [_("Choose a day of these years.")]})
    begins, ends = (None, None) if hours is None else (hours.begins, hours.ends)
    session.merge(CalendarDay(day=day, name=name, begins=begins, ends=ends))
    changes = {"day": day.isoformat(), "name": name, "working": hours is not None}
    note(session, actor, "update", table=CalendarDay.__tablename__, changes=changes)


def remove_day(session: Session, actor: Actor, day: date) -> None:
    found = session.get(CalendarDay, day)
    if found is None:
        raise NotFound
    session.delete(found)
    changes = {"day": day.isoformat(), "name": found.name}
    note(session, actor, "delete", table=CalendarDay.__tablename__, changes=changes)


def _check(hours: Hours, field: str) -> None:
    if hours.begins >= hours.ends:
        raise Invalid({field: [_("A day begins before it ends.")]})


def _digests(before: Logo | None, after: str | None) -> dict[str, Any]:
    return {"picture": [None if before is None else before.digest, after]}
