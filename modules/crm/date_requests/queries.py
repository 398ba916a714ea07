"""Lists of requests for dates, for staff. Each starts from what its reader may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, select
from sqlalchemy.orm import Session, aliased

from concord.actors import Actor
from concord.clock import today
from concord.identity.models import User
from concord.prepared import RECORD, execute, numbers
from concord.records.access import visible_ids
from concord.records.models import Record
from modules.crm.companies.models import Company
from modules.crm.companies.policy import COMPANIES
from modules.crm.date_requests.models import OPEN, DateRequest, DateRequestLine
from modules.crm.date_requests.policy import DATE_REQUESTS

IN_PANEL = 5
MOST_CHOICES = 200

Supplier, About = aliased(Record, flat=True), aliased(Record, flat=True)


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One line of a list. `about` is empty where the reader cannot open it."""

    id: int
    title: str
    number: str | None
    state: str
    answer_by: date | None
    supplier_id: int | None
    supplier: str
    about_id: int | None
    about: str
    owner_id: int | None
    owner: str
    overdue: bool
    counted: "Counted"


@dataclass(frozen=True, slots=True)
class Counted:
    """A request's lines: how many, how many answered, how many late, the days of the latest."""

    lines: int = 0
    answered: int = 0
    late: int = 0
    worst: int = 0

    def with_line(self, wanted_on: date, answered_on: date | None, answered: bool) -> "Counted":
        days = (answered_on - wanted_on).days if answered_on else 0
        return Counted(
            self.lines + 1, self.answered + answered, self.late + (days > 0), max(self.worst, days)
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """A record that can be chosen, or led to."""

    id: int
    kind: str
    title: str

    @property
    def pair(self) -> tuple[int, str]:
        """As a select offers it."""
        return (self.id, self.title)


def around(session: Session, actor: Actor, record: Record) -> list[RequestRow]:
    """The latest requests about a record, and those asked of it as a supplier; open ones first."""
    rows = execute(session, _around, actor, record_id=record.id).all()
    return _shown(session, actor, rows)


def _around(actor: Actor) -> Select[Any]:
    query = _rows(actor).where((DateRequest.about_id == RECORD) | (Record.company_id == RECORD))
    first = case((DateRequest.state == OPEN, 0), else_=1)
    return query.order_by(first, Record.id.desc()).limit(IN_PANEL)


def suppliers(session: Session, actor: Actor) -> list[Choice]:
    return _companies(session, actor, Company.is_supplier.is_(True))


def customers(session: Session, actor: Actor) -> list[Choice]:
    return _companies(session, actor, Company.is_customer.is_(True))


def title_of(session: Session, actor: Actor, record_id: int | None) -> Choice | None:
    """What a request is for, if the reader may open it."""
    if record_id is None:
        return None
    row = session.execute(select(Record.kind, Record.title).where(Record.id == record_id)).first()
    if row is None or record_id not in visible_ids(session, actor, {record_id: row.kind}):
        return None
    return Choice(record_id, row.kind, row.title)


def counted_lines(session: Session, request_ids: Sequence[int]) -> dict[int, Counted]:
    """The lines of these requests, counted: one statement."""
    counted = dict.fromkeys(request_ids, Counted())
    for row in execute(session, _lines_of, None, request_ids=list(request_ids)):
        counted[row.request_id] = counted[row.request_id].with_line(
            row.wanted_on, row.answered_on, row.answered_at is not None
        )
    return counted


def _lines_of() -> Any:
    line = DateRequestLine
    query = select(line.request_id, line.wanted_on, line.answered_on, line.answered_at)
    return query.where(line.request_id.in_(numbers("request_ids")))


def is_overdue(request: Any, actor: Actor) -> bool:
    """Still waiting after the day by which the answer was asked for (a request or its row)."""
    day = request.answer_by
    return bool(request.state == OPEN and day is not None and day < today(actor.timezone))


def _rows(actor: Actor) -> Select[Any]:
    columns: tuple[Any, ...] = (
        Record.id,
        Record.title,
        DateRequest.number,
        DateRequest.state,
        DateRequest.answer_by,
        Record.company_id.label("supplier_id"),
        Supplier.title.label("supplier"),
        DateRequest.about_id,
        About.title.label("about"),
        About.kind.label("about_kind"),
        Record.owner_id,
        User.name.label("owner"),
    )
    return (
        DATE_REQUESTS.visible(actor)
        .with_only_columns(*columns)
        .outerjoin(Supplier, Supplier.id == Record.company_id)
        .outerjoin(About, About.id == DateRequest.about_id)
        .outerjoin(User, User.id == Record.owner_id)
    )


def _shown(session: Session, actor: Actor, rows: Any) -> list[RequestRow]:
    counted = counted_lines(session, [row.id for row in rows])
    abouts = {row.about_id: row.about_kind for row in rows if row.about_kind is not None}
    opened = visible_ids(session, actor, abouts)
    return [_row(row, actor, counted[row.id], row.about_id in opened) for row in rows]


def _row(row: Any, actor: Actor, counted: Counted, opened: bool) -> RequestRow:
    return RequestRow(
        id=row.id,
        title=row.title,
        number=row.number,
        state=row.state,
        answer_by=row.answer_by,
        supplier_id=row.supplier_id,
        supplier=row.supplier or "",
        about_id=row.about_id if opened else None,
        about=row.about if opened else "",
        owner_id=row.owner_id,
        owner=row.owner or "",
        overdue=is_overdue(row, actor),
        counted=counted,
    )


def _companies(session: Session, actor: Actor, side: ColumnElement[bool]) -> list[Choice]:
    query = (
        COMPANIES.visible(actor)
        .where(side)
        .with_only_columns(Company.id, Company.kind, Company.title)
    )
    rows = session.execute(query.order_by(Record.sort_key, Record.id).limit(MOST_CHOICES))
    return [Choice(row.id, row.kind, row.title) for row in rows]
