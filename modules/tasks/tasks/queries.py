"""Lists of tasks, as their reader may know them."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import Row, Select
from sqlalchemy.orm import Session, aliased

from concord.actors import Actor
from concord.database.paging import Page, page_of_rows
from concord.identity.models import User
from concord.prepared import RECORD, execute
from concord.records.access import visible_ids
from concord.records.models import Record
from modules.tasks.tasks.due import A_DAY, SOON, When, days_late, start_of_today, when
from modules.tasks.tasks.models import State, Task
from modules.tasks.tasks.policy import TASKS

LIST, PANEL, DAY, DONE = 100, 20, 50, 20
About = aliased(Record, name="about")


class View(StrEnum):
    """Whose tasks a list shows."""

    MINE = "mine"
    TEAM = "team"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """A task in a list. Names of a record that its reader cannot open are left out."""

    id: int
    title: str
    state: str
    priority: str
    due_at: datetime | None
    due_on: date | None
    done_at: datetime | None
    owner_id: int | None
    owner_name: str
    about_id: int | None
    about_kind: str
    about_title: str
    when: When
    days_late: int

    @property
    def done(self) -> bool:
        return self.state == State.DONE

    @property
    def late(self) -> bool:
        return not self.done and self.when is When.OVERDUE


def listed(
    session: Session, actor: Actor, view: View, *, cursor: str | None = None
) -> tuple[Page[TaskLine], Sequence[TaskLine]]:
    """One page of what is open, the most urgent first, undated last; beside the first, what was
    done today."""
    query = _lines(actor).where(Task.state == State.OPEN, *_whose(actor, view))
    found = page_of_rows(session, query, order=[Task.due_at, Task.id], limit=LIST, cursor=cursor)
    done = _done_today(session, actor, view) if cursor is None else []
    lines = shown(session, actor, [*found.items, *done])
    return Page(lines[: len(found.items)], found.next), lines[len(found.items) :]


def done_today(session: Session, actor: Actor, view: View) -> Sequence[TaskLine]:
    """What was finished since midnight, latest first."""
    return shown(session, actor, _done_today(session, actor, view))


def my_day(session: Session, actor: Actor) -> Sequence[TaskLine]:
    """What waits for the actor up to a week ahead, the most urgent first."""
    ahead = start_of_today(actor.timezone) + SOON + A_DAY
    query = _lines(actor).where(
        Task.state == State.OPEN, Task.due_at < ahead, *_whose(actor, View.MINE)
    )
    rows = session.execute(query.order_by(Task.due_at, Task.id).limit(DAY))
    return shown(session, actor, list(rows))


def open_on(session: Session, actor: Actor, record: Record) -> Sequence[TaskLine]:
    """Open tasks on a record; on a company also those on everything that is the company's."""
    is_company = record.company_id == record.id
    rows = execute(session, _open_on, actor, is_company, record_id=record.id)
    return shown(session, actor, list(rows), {record.id})


def _open_on(actor: Actor, is_company: bool) -> Select[Any]:
    belongs = (Record.company_id if is_company else Task.about_id) == RECORD
    query = _lines(actor).where(Task.state == State.OPEN, belongs)
    return query.order_by(Task.due_at.asc().nulls_last(), Task.id).limit(PANEL)


def one(session: Session, actor: Actor, record_id: int) -> TaskLine | None:
    rows = session.execute(_lines(actor).where(Record.id == record_id)).all()
    return shown(session, actor, rows)[0] if rows else None


def shown(
    session: Session, actor: Actor, rows: Sequence[Row[Any]], seen: Set[int] = frozenset()
) -> list[TaskLine]:
    """The rows without the names of records that the actor cannot open: one statement for all.

    `seen` are records that the actor is known to see.
    """
    about = {row.about_id: row.about_kind for row in rows if row.about_kind is not None}
    unknown = {record_id: kind for record_id, kind in about.items() if record_id not in seen}
    opened = seen | visible_ids(session, actor, unknown)
    return [_line(actor, row, row.about_id in opened) for row in rows]


def _done_today(session: Session, actor: Actor, view: View) -> Sequence[Row[Any]]:
    since = start_of_today(actor.timezone)
    query = _lines(actor).where(Task.done_at >= since, *_whose(actor, view))
    return session.execute(query.order_by(Task.done_at.desc(), Task.id).limit(DONE)).all()


def _lines(actor: Actor) -> Select[Any]:
    query: Any = (
        TASKS.visible(actor)
        .with_only_columns(
            Task.id,
            Task.title,
            Task.state,
            Task.priority,
            Task.due_at,
            Task.due_on,
            Task.done_at,
            Task.about_id,
            Task.owner_id,
            User.name.label("owner_name"),
            About.title.label("about_title"),
            About.kind.label("about_kind"),
        )
        .outerjoin(User, User.id == Record.owner_id)
        .outerjoin(About, About.id == Task.about_id)
    )
    return cast(Select[Any], query)


def _whose(actor: Actor, view: View) -> list[Any]:
    if view is View.MINE:
        return [Record.owner_id == actor.user_id]
    return [Record.team_id.in_(actor.team_ids)] if view is View.TEAM else []


def _line(actor: Actor, row: Row[Any], opened: bool) -> TaskLine:
    group = when(row.due_at, row.due_on, actor.timezone)
    late = days_late(row.due_at, row.due_on, actor.timezone) if group is When.OVERDUE else 0
    return TaskLine(
        id=row.id,
        title=row.title,
        state=row.state,
        priority=row.priority,
        due_at=row.due_at,
        due_on=row.due_on,
        done_at=row.done_at,
        owner_id=row.owner_id,
        owner_name=row.owner_name or "",
        about_id=row.about_id if opened else None,
        about_kind=row.about_kind or "",
        about_title=row.about_title if opened else "",
        when=group,
        days_late=late,
    )
