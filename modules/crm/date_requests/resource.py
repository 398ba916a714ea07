"""Requests for dates over REST: a collection for staff and suppliers, and the supplier's answer."""

from flask import Response, request
from flask_babel import lazy_gettext as _l

from concord.actors import Face
from concord.api import body
from concord.api.answers import answer as answered
from concord.api.collection import Collection
from concord.api.describe import Operation, describes
from concord.api.idempotency import HEADER, hashed, once
from concord.api.serialising import serialiser
from concord.errors import Stale
from concord.records.access import get
from concord.records.models import Record
from concord.web.request import actor, session
from concord.web.routing import Routes
from modules.crm.date_requests import actions
from modules.crm.date_requests.models import DateRequest
from modules.crm.date_requests.permissions import DateRequests
from modules.crm.date_requests.policy import DATE_REQUESTS
from modules.crm.date_requests.schemas import AnswerIn, DateRequestIn, out_schema

SUPPLIER = frozenset({Face.SUPPLIER})

routes = Routes("date_requests_api", __name__)

COLLECTION = Collection(
    name="date_requests",
    kind="date_request",
    model=DateRequest,
    policy=DATE_REQUESTS,
    permission_read=DateRequests.READ,
    permission_write=DateRequests.WRITE,
    faces=frozenset({Face.STAFF, Face.SUPPLIER}),
    out_schema=out_schema,
    in_schema=DateRequestIn,
    create=actions.ask,
    filters={
        "state": DateRequest.state,
        "company_id": Record.company_id,
        "about_id": DateRequest.about_id,
        "owner_id": Record.owner_id,
        "answer_by": DateRequest.answer_by,
        "title": Record.title,
        "created_at": Record.created_at,
        "updated_at": Record.updated_at,
    },
    sorts={
        "id": Record.id,
        "title": Record.sort_key,
        "answer_by": DateRequest.answer_by,
        "updated_at": Record.updated_at,
    },
)

ANSWER = Operation(
    tag="date_requests",
    summary=_l("Answer a request for dates, line by line"),
    request=AnswerIn,
    response=out_schema,
    keyed=True,
)


@routes.post(
    "/api/v1/date_requests/<int:record_id>/answer",
    permission=DateRequests.ANSWER,
    faces=SUPPLIER,
)
@describes(ANSWER)
def answer(record_id: int) -> Response:
    found = get(
        session(), actor(), DateRequest, record_id, permission=DateRequests.ANSWER, lock=True
    )
    request_hash = hashed(request.get_data())
    with once(session(), actor(), request.headers.get(HEADER), request_hash) as first:
        if first:
            _answer(found)
    return _shown(found)


def _answer(found: DateRequest) -> None:
    if request.headers.get("If-Match") and not request.if_match.contains(str(found.version)):
        raise Stale(_written(found))
    values = body.read(AnswerIn)
    answers = [actions.LineAnswer(**line) for line in values["lines"]]
    try:
        actions.answer(session(), actor(), found, answers, expected_version=values.get("version"))
    except Stale:
        raise Stale(_written(found)) from None
    session().flush()


def _shown(found: DateRequest) -> Response:
    return answered(_written(found), tag=found.version)


def _written(found: DateRequest) -> dict[str, object]:
    return serialiser(out_schema(actor()), frozenset(), DateRequest).one(found)
