"""Companies on pages: the two lists, one company, its parts."""

from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from concord.errors import Forbidden, NotFound
from concord.records.access import get
from concord.records.panels import PAGE, load_panel, position_of
from concord.web.pages import render
from concord.web.request import actor, is_fragment, session
from modules.crm.blueprint import routes
from modules.crm.companies import page
from modules.crm.companies.models import Company
from modules.crm.companies.queries import Side, colleagues, list_companies, read_filters
from modules.crm.companies.schemas import TIER_LABELS
from modules.crm.permissions import Crm


@routes.get("/customers", permission=Crm.COMPANY_READ)
def customers() -> Response:
    return _list(Side.CUSTOMERS)


@routes.get("/suppliers", permission=Crm.COMPANY_READ)
def suppliers() -> Response:
    return _list(Side.SUPPLIERS)


def _list(side: Side) -> Response:
    """The page; a fragment request gets the rows it lacks, or the list after a change of filter."""
    filters, cursor = read_filters(request.args), request.args.get("cursor")
    found = list_companies(session(), actor(), side, filters, cursor)
    shown: dict[str, Any] = {
        "side": side.value,
        "filters": filters,
        "rows": found.items,
        "more": f"/{side}{filters.query(cursor=found.next)}" if found.next else None,
        "may_add": actor().may(Crm.COMPANY_WRITE),
    }
    if is_fragment():
        return render("crm/companies/rows.html" if cursor else "crm/companies/answer.html", **shown)
    choices: dict[str, Any] = {"colleagues": colleagues(session()), "tiers": TIER_LABELS}
    return render("crm/companies/list.html", **shown, **choices)


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
