"""What happens to a request for dates. Nothing here names what it is for: suppliers read it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from concord.actors import Face
from concord.facts.types import AnyFactType, Fact, FactType, Sentence, Told
from concord.identity.models import PortalMembership
from concord.records.models import Record
from modules.crm.date_requests.models import DateRequest
from modules.crm.date_requests.wording import in_words

SUPPLIER = frozenset({Face.SUPPLIER})


@dataclass(frozen=True, kw_only=True)
class DatesAsked(Fact):
    """`title` is the request's, `company` the supplier's name, `count` the number of lines."""

    title: str = ""
    company: str = ""
    count: int = 0


@dataclass(frozen=True, kw_only=True)
class DatesAskedAgain(DatesAsked):
    """`count` is the number of lines to answer again."""


@dataclass(frozen=True, kw_only=True)
class DatesAnswered(Fact):
    """The lines of one answer: `item`, `wanted` and `answered` (ISO days), `days_late`, `reason`.

    Of `count` lines `late` come later than wanted and `confirmed` do not.
    """

    title: str = ""
    count: int = 0
    confirmed: int = 0
    late: int = 0
    lines: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, kw_only=True)
class DateRequestClosed(Fact):
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class DateRequestReopened(Fact):
    title: str = ""


def people_of_the_supplier(told: Told) -> Iterable[int]:
    return told.session.scalars(
        select(PortalMembership.user_id).where(
            PortalMembership.company_id == told.record.company_id,
            PortalMembership.face == Face.SUPPLIER.value,
        )
    )


def asker_and_owners(told: Told) -> Iterator[int]:
    """Who asked, who has the request now, and the owner of what it is for."""
    request = told.record
    assert isinstance(request, DateRequest)
    about = select(Record.owner_id).where(Record.id == request.about_id)
    for user_id in (request.asked_by_id, request.owner_id, told.session.scalar(about)):
        if user_id is not None:
            yield user_id


DATES_ASKED = FactType(
    name="date_request.asked",
    fact=DatesAsked,
    icon="calendar-clock",
    sentence=Sentence(en="asked {company} for dates: {title}", zh="请{company}确认交期：{title}"),
    faces=SUPPLIER,
    tells=people_of_the_supplier,
    topic="dates",
    label=_l("Dates are asked for"),
    asks=True,
)
DATES_ASKED_AGAIN = FactType(
    name="date_request.asked_again",
    fact=DatesAskedAgain,
    icon="calendar-clock",
    sentence=Sentence(
        en="asked {company} again for dates: {title}", zh="请{company}重新确认交期：{title}"
    ),
    faces=SUPPLIER,
    tells=people_of_the_supplier,
    topic="dates",
    label=_l("Dates are asked for again"),
    asks=True,
)
DATES_ANSWERED = FactType(
    name="date_request.answered",
    fact=DatesAnswered,
    icon="calendar-check",
    sentence=Sentence(
        en="confirmed {confirmed} of {count} dates for {title}; {late} later than wanted",
        zh="答复了“{title}”的交期：{count} 项中按期 {confirmed} 项，晚于要求 {late} 项",
    ),
    faces=SUPPLIER,
    words=in_words,
    tells=asker_and_owners,
    topic="dates",
    label=_l("Dates are answered"),
)
DATE_REQUEST_CLOSED = FactType(
    name="date_request.closed",
    fact=DateRequestClosed,
    icon="archive",
    sentence=Sentence(en="closed the request for dates {title}", zh="结束了交期确认“{title}”"),
    faces=SUPPLIER,
)
DATE_REQUEST_REOPENED = FactType(
    name="date_request.reopened",
    fact=DateRequestReopened,
    icon="archive-restore",
    sentence=Sentence(
        en="reopened the request for dates {title}", zh="重新打开了交期确认“{title}”"
    ),
    faces=SUPPLIER,
)

FACTS: tuple[AnyFactType, ...] = (
    DATES_ASKED,
    DATES_ASKED_AGAIN,
    DATES_ANSWERED,
    DATE_REQUEST_CLOSED,
    DATE_REQUEST_REOPENED,
)
