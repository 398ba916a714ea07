"""A list as a calendar: a month or a week of days, each with what lies on it."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.clock import today
from concord.errors import Invalid
from concord.lists.boards import within
from concord.lists.conditions import Ignored
from concord.lists.fields import Field
from concord.lists.rows import ListRow, listed
from concord.lists.tree import Condition
from concord.lists.types import Asked, ListType

MOST_SHOWN = 200
WEEK, WEEKS = 7, 6
EARLIEST, LATEST = date(1900, 1, 1), date(9000, 1, 1)


@dataclass(slots=True)
class Day:
    day: date
    outside: bool
    today: bool
    rows: list[ListRow] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Calendar:
    """`first` is the first day of what is shown as the address names it; `weeks` rows of days."""

    by: Field
    first: date
    weekly: bool
    weeks: list[list[Day]]
    before: date
    after: date
    now: date
    ignored: list[Ignored]
    may_move: bool
    capped: bool


def calendar_field(list_type: ListType, actor: Actor, asked: Asked) -> Field:
    """The day by which the records lie; Invalid where the list has no calendar."""
    fields = list_type.fields_for(actor)
    names = [asked.look.by] if asked.look.by in list_type.calendar else [*list_type.calendar]
    found = next((known for name in names if (known := fields.get(name or "")) is not None), None)
    if found is None:
        raise Invalid({"layout": [_("This list has no calendar.")]})
    return found


def calendar(session: Session, actor: Actor, list_type: ListType, asked: Asked) -> Calendar:
    """The days around the one that is asked for, as `2026-11` or, for a week, `2026-11-23`."""
    by = calendar_field(list_type, actor, asked)
    present = today(actor.timezone)
    weekly, first = _first(asked.month, present)
    start = first - timedelta(days=first.weekday())
    length = WEEK if weekly else _length(start, first)
    days = [start + timedelta(days=n) for n in range(length)]
    between = Condition(by.name, "between", (days[0].isoformat(), days[-1].isoformat()))
    narrowed = within(asked, between)
    ordered = replace(narrowed, look=replace(narrowed.look, sort=(by.name,)))
    found = listed(
        session, actor, list_type, _with_column(list_type, ordered, by), limit=MOST_SHOWN
    )
    made = {day: Day(day, not weekly and day.month != first.month, day == present) for day in days}
    for row in found.rows:
        if (day := _day_of(row.values[by.name], actor.timezone)) in made:
            made[day].rows.append(row)
    shown = list(made.values())
    return Calendar(
        by=by,
        first=first,
        weekly=weekly,
        weeks=[shown[n : n + WEEK] for n in range(0, len(shown), WEEK)],
        before=start - timedelta(days=WEEK) if weekly else _month(first, -1),
        after=start + timedelta(days=WEEK) if weekly else _month(first, 1),
        now=present,
        ignored=[item for item in found.ignored if item.path[:1] == (0,)],
        may_move=by.editable is not None and list_type.may_write(actor),
        capped=found.next is not None,
    )


def _first(text: str, present: date) -> tuple[bool, date]:
    try:
        if len(text) > len("2026-11"):
            day = date.fromisoformat(text)
            weekly, found = True, day - timedelta(days=day.weekday())
        else:
            weekly, found = False, date.fromisoformat(f"{text or present.isoformat()[:7]}-01")
    except ValueError:
        found = LATEST
        weekly = False
    if not EARLIEST <= found < LATEST:
        raise Invalid({"month": [_("Name a month as 2026-11, or a day of a week as 2026-11-23.")]})
    return weekly, found


def _length(start: date, first: date) -> int:
    """Whole weeks until the month has ended."""
    end = _month(first, 1)
    return -(-(end - start).days // WEEK) * WEEK


def _month(first: date, by: int) -> date:
    months = first.year * 12 + first.month - 1 + by
    return date(months // 12, months % 12 + 1, 1)


def _day_of(value: date | datetime, timezone: str) -> date:
    return value.astimezone(ZoneInfo(timezone)).date() if isinstance(value, datetime) else value


def _with_column(list_type: ListType, asked: Asked, by: Field) -> Asked:
    names = asked.look.columns or list_type.columns
    return replace(asked, look=replace(asked.look, columns=tuple(dict.fromkeys((*names, by.name)))))
