"""Everything that changes a request for dates. Callers pass values that a schema has checked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import Actor, Audience
from concord.clock import now
from concord.errors import Conflict, Invalid, NotFound, Stale
from concord.facts.record import Link
from concord.facts.record import record as record_fact
from concord.installation import current_installation
from concord.parties.models import Party
from concord.records import actions as records
from concord.records.access import find_record
from concord.records.models import Record
from modules.crm.date_requests.facts import (
    DateRequestClosed,
    DateRequestReopened,
    DatesAnswered,
    DatesAsked,
    DatesAskedAgain,
)
from modules.crm.date_requests.models import (
    ANSWERED,
    CLOSED,
    OPEN,
    REASONS,
    DateRequest,
    DateRequestLine,
)
from modules.crm.date_requests.wording import moved

FARTHEST_DAYS = 3660


@dataclass(frozen=True, slots=True, kw_only=True)
class LineAnswer:
    """What the supplier says of one line; the wanted day confirms it."""

    line_id: int
    answered_on: date
    reason: str | None = None
    remark: str | None = None


def ask(session: Session, actor: Actor, values: Mapping[str, Any]) -> DateRequest:
    """Ask a supplier for the dates of some lines; its people are told.

    `values`: company_id (the supplier), about_id (what it is for, seen by staff only), title,
    number, note, answer_by, and lines of item, quantity, wanted_on.
    """
    supplier = _supplier(session, actor, values["company_id"])
    about = _about(session, actor, values.get("about_id"))
    lines = values["lines"]
    request = DateRequest(
        title=values.get("title") or _title_of(lines),
        number=values.get("number"),
        company_id=supplier.id,
        about_id=about.id if about is not None else None,
        asked_by_id=actor.user_id,
        note=values.get("note"),
        answer_by=values.get("answer_by"),
        lines=[DateRequestLine(position=n, **line) for n, line in enumerate(lines, start=1)],
    )
    records.create(session, actor, request)
    fact = DatesAsked(title=request.title, company=supplier.title, count=len(lines))
    record_fact(session, actor, fact, subject=request, links=_links(session, request))
    return request


def answer(
    session: Session,
    actor: Actor,
    request: DateRequest,
    answers: Sequence[LineAnswer],
    expected_version: int | None = None,
) -> None:
    """Give dates for some lines, or change those given before; the asker is told at once.

    The request comes locked. Raises Stale where it changed since `expected_version`, Conflict
    when it is closed, Invalid naming `lines.<index>.<field>`.
    """
    if request.state == CLOSED:
        raise Conflict(detail=_("This request is closed; its dates stay as they are."))
    if expected_version is not None and expected_version != request.version:
        raise Stale(request.version)
    lines = {line.id: line for line in request.lines}
    _check(lines, answers)
    changed = [lines[given.line_id] for given in answers if _set(lines[given.line_id], given)]
    if not changed:
        return
    request.answered_at = request.updated_at = now()
    request.state = _state_of(request)
    session.flush()
    _say_answered(session, actor, request, changed)


def ask_again(session: Session, actor: Actor, request: DateRequest, words: str | None) -> None:
    """Have the late lines (or all, where none is late) answered again; `words` say why."""
    if request.state == CLOSED:
        raise Conflict(detail=_("This request is closed; its dates stay as they are."))
    late = [line for line in request.lines if line.days_late > 0]
    for line in late or request.lines:
        line.answered_at = None
    request.state, request.updated_at = OPEN, now()
    fact = DatesAskedAgain(
        title=request.title,
        company=_name_of(session, request.company_id),
        count=len(late or request.lines),
    )
    links = _links(session, request)
    record_fact(session, actor, fact, subject=request, links=links, body=words or None)


def close(session: Session, actor: Actor, request: DateRequest) -> None:
    """Keep the dates as they are: no answer changes them any more."""
    if request.state == CLOSED:
        return
    request.state = CLOSED
    fact = DateRequestClosed(title=request.title)
    record_fact(session, actor, fact, subject=request, links=_links(session, request))


def reopen(session: Session, actor: Actor, request: DateRequest) -> None:
    """Let the supplier answer again."""
    if request.state != CLOSED:
        return
    request.state = _state_of(request)
    fact = DateRequestReopened(title=request.title)
    record_fact(session, actor, fact, subject=request, links=_links(session, request))


def _state_of(request: DateRequest) -> str:
    return ANSWERED if all(line.answered for line in request.lines) else OPEN


def _supplier(session: Session, actor: Actor, company_id: int) -> Party:
    try:
        company, _type = find_record(session, actor, company_id)
    except NotFound:
        company = None
    if not isinstance(company, Party) or not company.is_supplier:
        raise Invalid({"company_id": [_("Choose a supplier.")]})
    return company


def _about(session: Session, actor: Actor, about_id: int | None) -> Record | None:
    if about_id is None:
        return None
    try:
        return find_record(session, actor, about_id)[0]
    except NotFound:
        raise Invalid({"about_id": [_("Choose something you can see.")]}) from None


def _title_of(lines: Sequence[Mapping[str, Any]]) -> str:
    first = str(lines[0]["item"])
    return f"{first} +{len(lines) - 1}" if len(lines) > 1 else first


def _check(lines: Mapping[int, DateRequestLine], answers: Sequence[LineAnswer]) -> None:
    errors: dict[str, list[str]] = {}
    if not answers:
        errors["lines"] = [_("Answer at least one line.")]
    if len({given.line_id for given in answers}) != len(answers):
        errors["lines"] = [_("A line is answered twice.")]
    for index, given in enumerate(answers):
        if (line := lines.get(given.line_id)) is None:
            errors[f"lines.{index}.line_id"] = [_("This line is not part of the request.")]
            continue
        days = (given.answered_on - line.wanted_on).days
        if abs(days) > FARTHEST_DAYS:
            errors[f"lines.{index}.answered_on"] = [_("Check the year of this date.")]
        elif days > 0 and given.reason not in REASONS:
            errors[f"lines.{index}.reason"] = [_("Choose why it is later than wanted.")]
    if errors:
        raise Invalid(errors)


def _set(line: DateRequestLine, given: LineAnswer) -> bool:
    """Take over an answer; False where it says what stands there already."""
    reason = given.reason if given.answered_on > line.wanted_on else None
    said = (given.answered_on, reason, given.remark or None)
    if line.answered and said == (line.answered_on, line.reason, line.remark):
        return False
    line.answered_on, line.reason, line.remark = said
    line.answered_at = now()
    return True


def _say_answered(
    session: Session, actor: Actor, request: DateRequest, lines: Sequence[DateRequestLine]
) -> None:
    late = [line for line in lines if line.days_late > 0]
    fact = DatesAnswered(
        title=request.title,
        count=len(lines),
        confirmed=len(lines) - len(late),
        late=len(late),
        lines=tuple(_stated(line) for line in lines),
    )
    links = _links(session, request)
    record_fact(session, actor, fact, subject=request, links=links, body=moved(lines))


def _stated(line: DateRequestLine) -> dict[str, Any]:
    return {
        "item": line.item,
        "wanted": line.wanted_on.isoformat(),
        "answered": line.answered_on.isoformat() if line.answered_on else None,
        "days_late": line.days_late,
        "reason": line.reason,
    }


def _links(session: Session, request: DateRequest) -> Iterable[Link]:
    """The request and the supplier, both read by the supplier; what it is for, internal."""
    company = _known(session, request.company_id)
    about = _known(session, request.about_id)
    yield Link(request, Audience.SUPPLIER, request.company_id)
    if company is not None:
        yield Link(company, Audience.SUPPLIER, request.company_id)
    if about is not None and about is not company:
        yield Link(about)


def _known(session: Session, record_id: int | None) -> Record | None:
    """A record of a kind that this program knows; others cannot be loaded."""
    kind = session.scalar(select(Record.kind).where(Record.id == record_id))
    known = kind is not None and current_installation().records.get(kind) is not None
    return session.get(Record, record_id) if known else None


def _name_of(session: Session, record_id: int | None) -> str:
    return session.scalar(select(Record.title).where(Record.id == record_id)) or ""
