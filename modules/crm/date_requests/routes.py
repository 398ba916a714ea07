"""Requests for dates as staff see them: the list, one request, asking, asking again, closing."""

from secrets import token_urlsafe
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.api.idempotency import once
from concord.identity.models import User
from concord.lists.page import list_page
from concord.records.access import get
from concord.timeline import panel as timeline
from concord.web.pages import go_to, render
from concord.web.request import actor, session
from concord.web.routing import Routes
from concord.web.toasts import toast
from modules.crm.date_requests import actions, queries
from modules.crm.date_requests.forms import read_request
from modules.crm.date_requests.models import DateRequest
from modules.crm.date_requests.permissions import DateRequests
from modules.crm.date_requests.schemas import REASON_LABELS, STATE_LABELS

ROWS_OFFERED = 3

routes = Routes("date_requests", __name__)


@routes.get("/date-requests", permission=DateRequests.READ)
def index() -> Response:
    return list_page("date-requests")


@routes.get("/date-requests/new", permission=DateRequests.WRITE)
def new() -> Response:
    return render(
        "crm/date_requests/new.html",
        suppliers=queries.suppliers(session(), actor()),
        customers=queries.customers(session(), actor()),
        company_id=request.args.get("company_id", type=int),
        about_id=request.args.get("about_id", type=int),
        rows=range(ROWS_OFFERED),
        idempotency_key=token_urlsafe(18),
    )


@routes.post("/date-requests", permission=DateRequests.WRITE)
def create() -> Response:
    key = request.form.get("idempotency_key")
    with once(session(), actor(), key, request.path) as first:
        if not first:
            return go_to(url_for("date_requests.index"))
        asked = actions.ask(session(), actor(), read_request())
    toast(_("Asked. The supplier's people are told."))
    return go_to(url_for("date_requests.page", record_id=asked.id))


@routes.get("/date-requests/<int:record_id>", permission=DateRequests.READ)
def page(record_id: int) -> Response:
    found = get(session(), actor(), DateRequest, record_id)
    return render(
        "crm/date_requests/page.html",
        **_shown(found),
        **timeline.context(session(), actor(), found, request.args),
    )


@routes.get("/date-requests/<int:record_id>/lines", permission=DateRequests.READ)
def lines(record_id: int) -> Response:
    """The lines without their page, when the supplier answered."""
    found = get(session(), actor(), DateRequest, record_id)
    return render("crm/date_requests/lines.html", record=found, **_shown(found))


@routes.post("/date-requests/<int:record_id>/reask", permission=DateRequests.WRITE)
def ask_again(record_id: int) -> Response:
    found = _writable(record_id)
    actions.ask_again(session(), actor(), found, request.form.get("body", "").strip())
    toast(_("Asked again."))
    return go_to(url_for("date_requests.page", record_id=record_id))


@routes.post("/date-requests/<int:record_id>/closure", permission=DateRequests.WRITE)
def close(record_id: int) -> Response:
    actions.close(session(), actor(), _writable(record_id))
    undo = url_for("date_requests.reopen", record_id=record_id)
    toast(_("Closed. The dates stay as they are."), undo=undo)
    return go_to(url_for("date_requests.page", record_id=record_id))


@routes.post("/date-requests/<int:record_id>/reopening", permission=DateRequests.WRITE)
def reopen(record_id: int) -> Response:
    actions.reopen(session(), actor(), _writable(record_id))
    toast(_("Open again."))
    return go_to(url_for("date_requests.page", record_id=record_id))


def _writable(record_id: int) -> DateRequest:
    return get(session(), actor(), DateRequest, record_id, permission=DateRequests.WRITE, lock=True)


def _shown(found: DateRequest) -> dict[str, Any]:
    return {
        "found": found,
        "supplier": queries.title_of(session(), actor(), found.company_id),
        "about": queries.title_of(session(), actor(), found.about_id),
        "owner": session().get(User, found.owner_id) if found.owner_id else None,
        "overdue": queries.is_overdue(found, actor()),
        "states": STATE_LABELS,
        "reasons": REASON_LABELS,
    }
