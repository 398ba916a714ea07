"""Everything a person chose about being told, as one value to show and one to read in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import Actor, Face
from concord.errors import Invalid
from concord.facts.topics import MailWhen
from concord.installation import current_installation
from concord.notifications.choices import (
    Choices,
    Chosen,
    choose,
    choose_as_topic,
    topics_for,
)
from concord.notifications.hours import as_minutes, as_time, clock_of, keep_clock
from concord.notifications.models import Follow
from concord.records.access import visible_ids
from concord.records.models import Record

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MOST_RECORDS = 100
WAYS = ("program", "mail", "push", "only_mine", "muted_until")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """A topic or a fact type of it, and how it is told; `apart` where it differs from the topic."""

    key: str
    label: LazyString | str
    hint: LazyString | str = ""
    icon: str = "bell"
    program: bool
    mail: str
    push: bool
    only_mine: bool
    muted_until: datetime | None
    apart: bool = False
    kinds: tuple["Preference", ...] = ()


@dataclass(frozen=True, slots=True)
class QuietDay:
    """The quiet that begins on one weekday; nothing where there is none."""

    day: str
    start: str
    until: str
    quiet: bool


@dataclass(frozen=True, slots=True)
class Followed:
    """A record about which the person said something."""

    id: int
    kind: str
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class Preferences:
    timezone: str
    digest_at: str
    quiet: tuple[QuietDay, ...]
    topics: tuple[Preference, ...]


def preferences_of(session: Session, actor: Actor) -> Preferences:
    assert actor.user_id is not None
    clock = clock_of(session, actor.user_id, actor.timezone)
    choices = Choices.of(session, [actor.user_id])
    return Preferences(
        actor.timezone,
        as_time(clock.digest_at),
        tuple(_quiet_day(*pair) for pair in zip(DAYS, clock.quiet, strict=True)),
        tuple(_topic(actor, choices, key) for key in topics_for(actor)),
    )


def ways_of(session: Session, actor: Actor, topic: str) -> dict[str, Any]:
    """How one topic is told now."""
    assert actor.user_id is not None
    choices = Choices.of(session, [actor.user_id])
    return _ways(choices.for_topic(actor.user_id, Face(actor.face), topic))


def change_topics(session: Session, actor: Actor, wanted: Mapping[str, Mapping[str, Any]]) -> None:
    """Change some ways of some topics or fact types.

    A fact type that comes to be told as its topic is follows it from then on. Raises Invalid for
    a key or value that there is not.
    """
    offered = topics_for(actor)
    known = {*offered, *(fact.name for facts in offered.values() for fact in facts)}
    _check(wanted, known)
    for key in sorted(wanted, key=lambda key: key not in offered):
        choose(session, actor, key, **wanted[key])
    session.flush()
    _rejoin(session, actor)


def change_hours(
    session: Session,
    actor: Actor,
    *,
    digest_at: str | None = None,
    quiet: Iterable[Mapping[str, str]] | None = None,
) -> None:
    """Change when the digest comes (`8:30`) and when it is quiet.

    `quiet` lists the days that have any, as `{"day": "monday", "from": "20:00", "until": "8:00"}`.
    """
    assert actor.user_id is not None
    values: dict[str, Any] = {}
    if digest_at is not None:
        values["digest_at"] = _minutes(digest_at, "digest_at")
    if quiet is not None:
        week: list[list[int] | None] = [None] * 7
        for hours in quiet:
            if hours.get("day") not in DAYS:
                raise Invalid({"quiet": [_("There is no such day.")]})
            start = _minutes(hours.get("from", ""), f"quiet.{hours['day']}")
            until = _minutes(hours.get("until", ""), f"quiet.{hours['day']}")
            week[DAYS.index(hours["day"])] = [start, until]
        values["quiet"] = week
    keep_clock(session, actor.user_id, **values)


def followed(session: Session, actor: Actor) -> list[Followed]:
    """The records about which the actor said something and which they may still open."""
    query = (
        select(Record.id, Record.kind, Record.title, Follow.state)
        .join(Follow, Follow.record_id == Record.id)
        .where(Follow.user_id == actor.user_id)
        .order_by(Follow.at.desc(), Record.id)
        .limit(MOST_RECORDS)
    )
    rows = session.execute(query).all()
    seen = visible_ids(session, actor, {row.id: row.kind for row in rows})
    return [Followed(*row) for row in rows if row.id in seen]


def _topic(actor: Actor, choices: Choices, key: str) -> Preference:
    assert actor.user_id is not None
    topic = current_installation().topics[key]
    chosen = choices.for_topic(actor.user_id, Face(actor.face), key)
    kinds = []
    for fact in topics_for(actor)[key]:
        apart = choices.apart(actor.user_id, fact.name)
        shown = _ways(apart or chosen)
        assert fact.label is not None
        kinds.append(
            Preference(
                key=fact.name, label=fact.label, icon=fact.icon, apart=apart is not None, **shown
            )
        )
    return Preference(
        key=key,
        label=topic.label,
        hint=topic.hint,
        icon=topic.icon,
        kinds=tuple(kinds) if len(kinds) > 1 else (),
        **_ways(chosen),
    )


def _ways(chosen: Chosen) -> dict[str, Any]:
    return {
        "program": chosen.delivery.program,
        "mail": chosen.delivery.mail.value,
        "push": chosen.delivery.push,
        "only_mine": chosen.only_mine,
        "muted_until": chosen.muted_until,
    }


def _rejoin(session: Session, actor: Actor) -> None:
    """A fact type needs no choice of its own where it is told as its topic is."""
    assert actor.user_id is not None
    choices = Choices.of(session, [actor.user_id])
    for key, facts in topics_for(actor).items():
        heading = choices.for_topic(actor.user_id, Face(actor.face), key)
        for fact in facts:
            if choices.apart(actor.user_id, fact.name) == heading:
                choose_as_topic(session, actor, fact.name)


def _check(wanted: Mapping[str, Mapping[str, Any]], known: set[str]) -> None:
    errors: dict[str, list[str]] = {}
    for key, values in wanted.items():
        if key not in known:
            errors[key] = [_("There is no such topic.")]
        elif unknown := values.keys() - set(WAYS):
            errors[key] = [_("There is no such way: %(name)s.", name=sorted(unknown)[0])]
        elif values.get("mail", "none") not in {*MailWhen}:
            errors[f"{key}.mail"] = [_("Choose now, digest or none.")]
        else:
            truths = [name for name in ("program", "push", "only_mine") if name in values]
            for name in truths:
                if not isinstance(values[name], bool):
                    errors[f"{key}.{name}"] = [_("Choose yes or no.")]
    if errors:
        raise Invalid(errors)


def _minutes(text: str, field: str) -> int:
    try:
        return as_minutes(text)
    except ValueError:
        raise Invalid({field: [_("Write a time of day as 8:30.")]}) from None


def _quiet_day(day: str, hours: Any) -> QuietDay:
    if hours is None:
        return QuietDay(day, "20:00", "08:00", False)
    return QuietDay(day, as_time(hours[0]), as_time(hours[1]), True)
