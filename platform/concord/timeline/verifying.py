"""Looking whether the streams are whole: positions without gaps, counters that fit them."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import Session

from concord.timeline.models import Stream, TimelineLink


def problems(session: Session) -> Iterator[str]:
    """Streams whose counter, number of places and highest position are not one number."""
    counted: dict[tuple[int, int, int], tuple[int, int]] = {}
    for part in (_staff(), _shared()):
        for record, audience, company, places, highest in session.execute(part):
            counted[record, audience, company] = (places, highest)
    for stream in session.execute(select(*Stream.__table__.columns)):
        key = (stream.record_id, stream.audience, stream.company_id)
        places, highest = counted.pop(key, (0, 0))
        if not stream.position == places == highest:
            yield (
                f"record {key[0]}, {_named(key[1], key[2])}: counted to {stream.position},"
                f" {places} places, the highest is {highest}"
            )
    for record, audience, company in counted:
        yield f"record {record}, {_named(audience, company)}: there is no counter"


def _staff() -> Select[Any]:
    """Every link has a place in the staff's stream."""
    places: Any = select(
        TimelineLink.record_id,
        literal(0),
        literal(0),
        func.count(),
        func.max(TimelineLink.position),
    )
    of_staff: Select[Any] = places.group_by(TimelineLink.record_id)
    return of_staff


def _shared() -> Select[Any]:
    stream = (TimelineLink.record_id, TimelineLink.audience, TimelineLink.company_id)
    places: Any = select(*stream, func.count(), func.max(TimelineLink.audience_position))
    shared: Select[Any] = places.where(TimelineLink.audience != 0).group_by(*stream)
    return shared


def _named(audience: int, company: int) -> str:
    if audience == 0:
        return "the staff's stream"
    return f"the stream of company {company} as {('', 'customer', 'supplier')[audience]}"
