"""The company that runs this installation: its settings, in force everywhere within seconds."""

import time as clock
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column

from concord.database.base import Json, Model
from concord.house.models import Logo
from concord.installation import Installation, current_installation

DEFAULT_NAME = "Concord"
KEY = "organisation"
FRESH = 3.0
"""Seconds for which a process believes what it has read: another one may have changed it."""


class Setting(Model):
    """One named value of the whole installation."""

    __tablename__ = "concord_settings"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[dict[str, Any]] = mapped_column(Json)


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when one works on a day."""

    begins: time
    ends: time


WEEKDAY = Hours(time(9), time(18))
WEEK: tuple[Hours | None, ...] = (WEEKDAY,) * 5 + (None, None)


@dataclass(frozen=True, slots=True)
class Organisation:
    """What every page and letter may say of it. `logo` is the digest of its picture, or empty."""

    name: str
    mail_name: str
    currency: str
    language: str
    timezone: str
    week: tuple[Hours | None, ...] = WEEK
    logo: str = ""


def read_setting(session: Session, key: str) -> dict[str, Any]:
    """The value kept under `key`, or an empty one."""
    return session.scalar(select(Setting.value).where(Setting.key == key)) or {}


def write_setting(session: Session, key: str, value: dict[str, Any]) -> None:
    session.merge(Setting(key=key, value=value))
    forget()


def forget() -> None:
    """Let this process read anew; the others do within FRESH seconds."""
    _read.clear()


def name() -> str:
    """What the organisation is called, as shown on every page."""
    return current().name


def currency() -> str:
    """The currency of new amounts."""
    return current().currency


def current() -> Organisation:
    """The organisation, read every few seconds.

    While the database is away a page still has to say so: then it has the program's own name.
    """
    installation = current_installation()
    place = id(installation), installation.settings.database_url
    known = _read.get(place)
    if known is not None and clock.monotonic() < known[0]:
        return known[1]
    try:
        found = _found(installation)
    except SQLAlchemyError:
        return known[1] if known is not None else of(installation, {})
    _read[place] = clock.monotonic() + FRESH, found
    return found


def of(installation: Installation, kept: Mapping[str, Any], logo: str = "") -> Organisation:
    """What is kept, and for the rest what the environment says."""
    settings, named = installation.settings, str(kept.get("name") or DEFAULT_NAME)
    return Organisation(
        name=named,
        mail_name=str(kept.get("mail_name") or named),
        currency=kept.get("currency") or settings.currency,
        language=kept.get("language") or settings.language,
        timezone=kept.get("timezone") or settings.timezone,
        week=_week(kept["week"]) if "week" in kept else WEEK,
        logo=logo,
    )


def week_as_kept(week: tuple[Hours | None, ...]) -> list[list[str] | None]:
    return [
        None if day is None else [day.begins.isoformat("minutes"), day.ends.isoformat("minutes")]
        for day in week
    ]


_read: dict[tuple[int, str], tuple[float, Organisation]] = {}


def _found(installation: Installation) -> Organisation:
    kept = select(Setting.value).where(Setting.key == KEY).scalar_subquery()
    logo = select(Logo.digest).scalar_subquery()
    with installation.database.reading() as session:
        row = session.execute(select(kept.label("kept"), logo.label("logo"))).one()
    return of(installation, row.kept or {}, row.logo or "")


def _week(kept: list[list[str] | None]) -> tuple[Hours | None, ...]:
    return tuple(
        None if day is None else Hours(*(time.fromisoformat(at) for at in day)) for day in kept
    )
