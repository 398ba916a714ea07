"""The supplier's pages: the requests to their company, and answering them line by line."""

from secrets import token_urlsafe

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord import organisation
from concord.actors import Face
from concord.api.idempotency import once
from concord.errors import Invalid, Stale
from concord.portal.conversation import conversation
from concord.portal.view import page
from concord.records.access import get
from concord.web.pages import go_to
from concord.web.request import actor, session
from concord.web.routing import Routes
from concord.web.toasts import toast
from modules.crm.date_requests import actions
from modules.crm.date_requests.forms import named_as_sent, read_answers, read_typed
from modules.crm.date_requests.models import DateRequest
from modules.crm.date_requests.permissions import DateRequests
from modules.crm.date_requests.portal import portal_request, portal_rows
from modules.crm.date_requests.schemas import REASON_LABELS, STATE_LABELS

SUPPLIER = frozenset({Face.SUPPLIER})

routes = Routes("date_requests_portal", __name__, url_prefix="/portal/dates")


@routes.get("", permission=DateRequests.READ, faces=SUPPLIER)
def index() -> Response:
    found = portal_rows(session(), actor(), cursor=request.args.get("cursor"))
    return page(
        "crm/date_requests/portal_list.html",
        requests=found.items,
        next=found.next,
        states=STATE_LABELS,
    )


@routes.get("/<int:record_id>", permission=DateRequests.READ, faces=SUPPLIER)
def show(record_id: int) -> Response:
    return _page(get(session(), actor(), DateRequest, record_id))


@routes.post("/<int:record_id>", permission=DateRequests.ANSWER, faces=SUPPLIER)
def answer(record_id: int) -> Response:
    found = get(
        session(), actor(), DateRequest, record_id, permission=DateRequests.ANSWER, lock=True
    )
    with once(session(), actor(), request.form.get("idempotency_key"), request.path) as first:
        if first:
            try:
                _answer(found)
            except Stale:
                return _page(found, status=409)
    toast(_("Sent. %(organisation)s sees your dates now.", organisation=organisation.name()))
    return go_to(url_for("date_requests_portal.show", record_id=record_id))


def _answer(found: DateRequest) -> None:
    answers = read_answers(found)
    version = request.form.get("version", type=int)
    try:
        actions.answer(session(), actor(), found, answers, expected_version=version)
    except Invalid as error:
        raise named_as_sent(error, answers) from None


def _page(found: DateRequest, status: int = 200) -> Response:
    """The page; after a colleague was faster also with what was typed, beside the newest dates."""
    talk = conversation(session(), actor(), found, request.path, request.args)
    return page(
        "crm/date_requests/portal_page.html",
        status,
        dates=portal_request(session(), found),
        typed=read_typed(found) if status == 409 else {},
        overtaken=status == 409,
        reasons=REASON_LABELS,
        states=STATE_LABELS,
        idempotency_key=token_urlsafe(18),
        record=talk.record,
        stream=talk.stream,
        composer=talk.composer,
    )
