"""Companies on pages: the two lists, one company, its parts."""

from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from concord.errors import Forbidden, NotFound
from concord.lists.page import list_page
from concord.records.access import get
from concord.records.panels import PAGE, load_panel, position_of
from concord.web.pages import render
from concord.web.request import actor, session
from modules.crm.blueprint import routes
from modules.crm.companies import page
from modules.crm.companies.models import Company
from modules.crm.companies.queries import Side
from modules.crm.permissions import Crm


@routes.get("/customers", permission=Crm.COMPANY_READ)
def customers() -> Response:
    return list_page("customers")


@routes.get("/suppliers", permission=Crm.COMPANY_READ)
def suppliers() -> Response:
    return list_page("suppliers")


@routes.get("/customers/<int:record_id>", permission=Crm.COMPANY_READ)
def company(record_id: int) -> Response:
    return _page(record_id, Side.CUSTOMERS)


@routes.get("/suppliers/<int:record_id>", permission=Crm.COMPANY_READ)
def supplier(record_id: int) -> Response:
    return _page(record_id, Side.SUPPLIERS)


def _page(record_id: int, side: Side) -> Response:
    try:
        found = page.opened(session(), actor(), record_id)
    except NotFound:
        return _archived(record_id)
    company = found.company
    if not (company.is_customer if side is Side.CUSTOMERS else company.is_supplier):
        other = "crm.supplier" if side is Side.CUSTOMERS else "crm.company"
        return redirect(url_for(other, record_id=record_id))
    shown = page.whole_page(session(), actor(), found, request.args)
    return render("crm/companies/page.html", side=side.value, **shown)


def _archived(record_id: int) -> Response:
    """Whoever may restore it reads that it was archived; for everybody else it is not there."""
    may = Crm.COMPANY_ARCHIVE
    try:
        found = get(session(), actor(), Company, record_id, permission=may, archived=True)
    except Forbidden:
        raise NotFound from None
    return render("crm/companies/archived.html", 410, record=found)


@routes.get("/customers/<int:record_id>/panels/<name>", permission=Crm.COMPANY_READ)
def panel(record_id: int, name: str) -> Response:
    """One part of the page alone, when something on the company moved."""
    found = page.opened(session(), actor(), record_id)
    shown: dict[str, Any] = {"position": position_of(session(), found.company)}
    if name == PAGE:
        shown |= page.moving(session(), actor(), found)
        return render("crm/companies/moved.html", **shown)
    loaded = load_panel(page.ASIDE, session(), actor(), found.company, name)
    if loaded is None:
        raise NotFound
    shown |= {"record": found.company, "item": loaded, "url": request.path}
    return render("nouns/panel.html", **shown)
