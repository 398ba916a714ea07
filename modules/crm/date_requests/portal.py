"""What a supplier's people see of the requests to their company: an allow-list, field by field."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.database.paging import Page, page_of_rows
from concord.identity.models import User
from concord.records.models import Record
from modules.crm.date_requests.models import OPEN, DateRequest, DateRequestLine
from modules.crm.date_requests.policy import DATE_REQUESTS
from modules.crm.date_requests.queries import counted_lines

ON_HOME = 5
PAGE = 30


@dataclass(frozen=True, slots=True)
class PortalLine:
    """One line as the supplier answers it."""

    id: int
    position: int
    item: str
    quantity: str | None
    wanted_on: date
    answered_on: date | None
    days_late: int
    reason: str | None
    remark: str | None
    answered: bool


@dataclass(frozen=True, slots=True)
class PortalRequest:
    id: int
    version: int
    title: str
    number: str | None
    note: str | None
    state: str
    answer_by: date | None
    asked_at: datetime
    asked_by: str
    lines: tuple[PortalLine, ...]

    @property
    def answered(self) -> int:
        return sum(line.answered for line in self.lines)

    @property
    def open(self) -> int:
        return len(self.lines) - self.answered


@dataclass(frozen=True, slots=True)
class PortalRow:
    """A request in a list: how many lines, and how many still wait."""

    id: int
    title: str
    number: str | None
    state: str
    answer_by: date | None
    asked_at: datetime
    asked_by: str
    lines: int
    open: int
    late: int


@dataclass(frozen=True, slots=True)
class WaitingDates:
    """The block on the home page: requests that wait for an answer."""

    requests: tuple[PortalRow, ...]

    @property
    def waiting(self) -> int:
        return len(self.requests)


def portal_request(session: Session, request: DateRequest) -> PortalRequest:
    """A request that its reader may see, without what it is for."""
    asked_by = session.scalar(select(User.name).where(User.id == request.asked_by_id))
    return PortalRequest(
        id=request.id,
        version=request.version,
        title=request.title,
        number=request.number,
        note=request.note,
        state=request.state,
        answer_by=request.answer_by,
        asked_at=request.created_at,
        asked_by=asked_by or "",
        lines=tuple(portal_line(line) for line in request.lines),
    )


def portal_line(line: DateRequestLine) -> PortalLine:
    return PortalLine(
        id=line.id,
        position=line.position,
        item=line.item,
        quantity=line.quantity,
        wanted_on=line.wanted_on,
        answered_on=line.answered_on,
        days_late=line.days_late,
        reason=line.reason,
        remark=line.remark,
        answered=line.answered,
    )


def waiting_dates(session: Session, actor: Actor) -> WaitingDates | None:
    """Requests of the actor's company that wait, the most urgent first; None where none does."""
    query = _rows(actor).where(DateRequest.state == OPEN)
    query = query.order_by(DateRequest.answer_by.asc().nulls_last(), Record.id.desc())
    rows = session.execute(query.limit(ON_HOME)).all()
    return WaitingDates(tuple(_shown(session, rows))) if rows else None


def portal_rows(session: Session, actor: Actor, *, cursor: str | None = None) -> Page[PortalRow]:
    """Every request to the actor's company, newest first."""
    found = page_of_rows(
        session, _rows(actor), order=(Record.id.desc(),), limit=PAGE, cursor=cursor
    )
    return Page(_shown(session, found.items), found.next)


def _rows(actor: Actor) -> Select[Any]:
    columns: tuple[Any, ...] = (
        Record.id,
        Record.title,
        DateRequest.number,
        DateRequest.state,
        DateRequest.answer_by,
        Record.created_at,
        User.name.label("asked_by"),
    )
    return (
        DATE_REQUESTS.visible(actor)
        .with_only_columns(*columns)
        .outerjoin(User, User.id == DateRequest.asked_by_id)
    )


def _shown(session: Session, rows: Any) -> list[PortalRow]:
    counted = counted_lines(session, [row.id for row in rows])
    return [
        PortalRow(
            id=row.id,
            title=row.title,
            number=row.number,
            state=row.state,
            answer_by=row.answer_by,
            asked_at=row.created_at,
            asked_by=row.asked_by or "",
            lines=counted[row.id].lines,
            open=counted[row.id].lines - counted[row.id].answered,
            late=counted[row.id].late,
        )
        for row in rows
    ]
