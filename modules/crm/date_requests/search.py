"""How requests for dates are found: by staff, and by the supplier that is asked."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import Actor, Face
from concord.records.models import Record
from concord.search.types import Document, SearchType
from modules.crm.date_requests.models import DateRequest, DateRequestLine
from modules.crm.date_requests.queries import Supplier
from modules.crm.date_requests.schemas import STATE_LABELS


def documents(request: DateRequest) -> Mapping[Face, Document]:
    """Both sides read the same: what it is for is no part of it."""
    both = Document(
        title=request.title,
        names=(request.number,),
        numbers=(request.number,),
        text=(request.note, *(line.item for line in request.lines)),
    )
    return {Face.STAFF: both, Face.SUPPLIER: both}


def details(session: Session, actor: Actor, ids: Sequence[int]) -> Mapping[int, str]:
    """The number, for staff who is asked, and the state."""
    query = select(DateRequest.id, DateRequest.number, DateRequest.state, Supplier.title)
    rows = session.execute(
        query.outerjoin(Supplier, Supplier.id == Record.company_id).where(DateRequest.id.in_(ids))
    ).all()
    found = {}
    for row in rows:
        parts = (row.number, None if actor.outside else row.title, str(STATE_LABELS[row.state]))
        found[row.id] = " · ".join(part for part in parts if part)
    return found


DATE_REQUEST_SEARCH: SearchType[DateRequest] = SearchType(
    documents=documents, details=details, parts={DateRequestLine: "request_id"}
)
