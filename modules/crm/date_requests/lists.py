"""The list of requests for dates."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.clock import today
from concord.lists.fields import Field, moment_field, person_field, record_field, title_field
from concord.lists.kinds import Kind
from concord.lists.types import BuiltIn, ListType, Look
from concord.records.models import Record
from concord.records.titles import titled
from concord.tags.lists import TAGS
from modules.crm.date_requests.models import ANSWERED, OPEN, STATES, DateRequest, DateRequestLine
from modules.crm.date_requests.permissions import DateRequests
from modules.crm.date_requests.policy import DATE_REQUESTS
from modules.crm.date_requests.schemas import STATE_LABELS


def late_lines() -> Any:
    """SQL: how many lines of a request are answered with a later day than was wanted."""
    late = DateRequestLine.answered_on > DateRequestLine.wanted_on
    return _lines(late)


def _lines(*conditions: ColumnElement[bool]) -> Any:
    counted = select(func.count()).where(DateRequestLine.request_id == Record.id, *conditions)
    return counted.correlate(Record).scalar_subquery()


def overdue(actor: Actor) -> ColumnElement[bool]:
    return and_(DateRequest.state == OPEN, DateRequest.answer_by < today(actor.timezone))


def search(session: Session, actor: Actor, query: Select[Any], text: str) -> Select[Any]:
    """By title, or by the number the supplier knows it under."""
    return query.where(or_(titled(text), DateRequest.number.icontains(text, autoescape=True)))


FIELDS = (
    title_field(_l("Date request")),
    Field(name="number", label=_l("Number"), column=DateRequest.number, sortable=True, width=110),
    record_field("supplier", _l("Supplier"), Record.company_id, groupable=True),
    record_field("about", _l("For"), DateRequest.about_id),
    Field(
        name="state", label=_l("State"), kind=Kind.CHOICE, column=DateRequest.state,
        options=tuple(STATE_LABELS.items()), tones={OPEN: "warn", ANSWERED: "ok"}, sortable=True,
        groupable=True, width=110,
    ),
    Field(
        name="answer_by", label=_l("Answer by"), kind=Kind.DAY, column=DateRequest.answer_by,
        sortable=True, overdue=overdue, width=110,
    ),
    Field(
        name="lines", label=_l("Lines"), kind=Kind.NUMBER, column=_lines(), aggregate="sum",
        width=80,
    ),
    Field(
        name="late", label=_l("Late lines"), kind=Kind.NUMBER, column=late_lines(),
        aggregate="sum", width=100,
    ),
    person_field("owner", _l("Owner"), Record.owner_id),
    moment_field("answered_at", _l("Answered at"), DateRequest.answered_at),
    moment_field("created_at", _l("Created"), Record.created_at),
    TAGS,
)  # fmt: skip


DATE_REQUEST_LIST = ListType(
    key="date-requests",
    kind="date_request",
    label=_l("Date requests"),
    policy=DATE_REQUESTS,
    permission=DateRequests.READ,
    permission_write=DateRequests.WRITE,
    endpoint="date_requests.index",
    fields=FIELDS,
    columns=("name", "supplier", "about", "answer_by", "state", "late", "owner"),
    second=("supplier", "answer_by"),
    first=OPEN,
    sort=("-created_at",),
    views=tuple(BuiltIn(s, STATE_LABELS[s], Look.where(("state", "is", s))) for s in STATES),
    board=("state",),
    calendar=("answer_by",),
    search=search,
    new="date_requests.new",
    new_label=_l("Ask for a date"),
    collection="date_requests",
)
