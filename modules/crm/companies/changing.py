"""Changing companies from pages: create, edit in place or whole, hand over, archive, restore."""

from collections.abc import Mapping
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.errors import Conflict, Invalid
from concord.identity.assignees import assignees, find_assignee
from concord.nouns.choosing import choose
from concord.nouns.showing import shown_facts, typed
from concord.records.access import get
from concord.web.forms import load, originals
from concord.web.pages import go_to, render
from concord.web.request import actor, session
from concord.web.toasts import toast
from modules.crm.blueprint import routes
from modules.crm.companies import actions, page
from modules.crm.companies.facts import COMPANY_CHANGED, COMPANY_CREDIT_CHANGED, CREDIT_WORDS
from modules.crm.companies.models import Company
from modules.crm.companies.queries import Side, find_duplicates
from modules.crm.companies.schemas import form_of
from modules.crm.permissions import Crm

NEW = ("name", "phone", "email", "city", "industry", "tier", "source")
KEYS = ("name", "phone", "email")
LONGEST = 200


@routes.get("/customers/new", permission=Crm.COMPANY_WRITE, endpoint="new_customer")
def new_customer() -> Response:
    return _new_form(Side.CUSTOMERS, {"is_customer": "1", "tier": "none"})


@routes.get("/suppliers/new", permission=Crm.COMPANY_WRITE, endpoint="new_supplier")
def new_supplier() -> Response:
    return _new_form(Side.SUPPLIERS, {"is_supplier": "1", "tier": "none"})


@routes.post("/customers", permission=Crm.COMPANY_WRITE)
def create_customer() -> Response:
    return _create(Side.CUSTOMERS)


@routes.post("/suppliers", permission=Crm.COMPANY_WRITE)
def create_supplier() -> Response:
    return _create(Side.SUPPLIERS)


@routes.get("/customers/similar", permission=Crm.COMPANY_WRITE)
def similar() -> Response:
    """Companies like the one being typed, as a hint beside the form."""
    return render("crm/companies/similar.html", similar=_duplicates(request.args))


@routes.get("/customers/<int:record_id>/edit", permission=Crm.COMPANY_WRITE)
def edit_company(record_id: int) -> Response:
    found = _writable(record_id)
    return _edit_form(found, {}, {}, 200)


@routes.post("/customers/<int:record_id>/edit", permission=Crm.COMPANY_WRITE)
def save_company(record_id: int) -> Response:
    """The whole form: what others changed meanwhile and this form did not stays theirs."""
    found = _writable(record_id)
    try:
        _apply(found)
    except Conflict as error:
        return _choose(found, error)
    except Invalid as error:
        return _edit_form(found, error.errors, typed(), 422)
    toast(_("Saved."))
    return go_to(url_for("crm.company", record_id=record_id))


@routes.patch("/customers/<int:record_id>", permission=Crm.COMPANY_WRITE)
def change_company(record_id: int) -> Response:
    """One field in place, answered with the facts and the head of the page."""
    found = _writable(record_id)
    try:
        _apply(found)
    except Conflict as error:
        return _choose(found, error)
    session().flush()
    now = page.opened(session(), actor(), record_id)
    shown = page.facts(actor(), now) | page.head(session(), actor(), now)
    return render("crm/companies/changed.html", **shown)


@routes.get("/customers/<int:record_id>/owner", permission=Crm.COMPANY_WRITE)
def choose_owner(record_id: int) -> Response:
    found = _writable(record_id)
    return render("crm/companies/owner.html", record=found, colleagues=assignees(session()))


@routes.post("/customers/<int:record_id>/owner", permission=Crm.COMPANY_WRITE)
def assign_company(record_id: int) -> Response:
    found = _writable(record_id)
    before = found.owner_id
    owner = find_assignee(session(), request.values.get("owner_id", type=int))
    actions.assign_company(session(), actor(), found, owner)
    undo = url_for("crm.assign_company", record_id=record_id, owner_id=before) if before else None
    toast(_("%(company)s is now with %(name)s.", company=found.title, name=owner.name), undo=undo)
    return go_to(url_for("crm.company", record_id=record_id))


@routes.post("/customers/<int:record_id>/archive", permission=Crm.COMPANY_ARCHIVE)
def archive_company(record_id: int) -> Response:
    found = get(session(), actor(), Company, record_id, permission=Crm.COMPANY_ARCHIVE, lock=True)
    actions.archive_company(session(), actor(), found)
    undo = url_for("crm.restore_company", record_id=record_id)
    toast(_("%(company)s is archived.", company=found.title), undo=undo)
    return go_to(url_for("crm.customers" if found.is_customer else "crm.suppliers"))


@routes.post("/customers/<int:record_id>/restore", permission=Crm.COMPANY_ARCHIVE)
def restore_company(record_id: int) -> Response:
    may = Crm.COMPANY_ARCHIVE
    found = get(session(), actor(), Company, record_id, permission=may, archived=True, lock=True)
    actions.restore_company(session(), actor(), found)
    toast(_("%(company)s is back.", company=found.title))
    return go_to(url_for("crm.company", record_id=record_id))


def _writable(record_id: int) -> Company:
    return get(session(), actor(), Company, record_id, permission=Crm.COMPANY_WRITE)


def _create(side: Side) -> Response:
    """Add what the form says; a likely duplicate that was not shown yet is shown first."""
    try:
        values = load(form_of(actor()), beside=("seen",))
        if unseen := [found for found in _duplicates(request.form) if found.id not in _seen()]:
            return _new_form(side, typed(), similar=unseen, status=422)
        company = actions.create_company(session(), actor(), values)
    except Invalid as error:
        similar = _duplicates(request.form)
        return _new_form(side, typed(), errors=error.errors, similar=similar, status=422)
    return go_to(url_for("crm.company", record_id=company.id))


def _duplicates(typed: Mapping[str, str]) -> list[Company]:
    name, phone, email = (typed.get(key, "").replace("\x00", "")[:LONGEST] for key in KEYS)
    return find_duplicates(session(), actor(), name=name, phone=phone, email=email)


def _seen() -> set[int]:
    """The likely duplicates that stood beside the form when it was sent."""
    sent = request.form.get("seen", "")[:LONGEST].split(",")
    return {int(part) for part in sent if part.isascii() and part.isdecimal()}


def _new_form(
    side: Side,
    typed: Mapping[str, str],
    *,
    errors: Mapping[str, list[str]] | None = None,
    similar: list[Company] | None = None,
    status: int = 200,
) -> Response:
    return render(
        "crm/companies/new.html",
        status,
        side=side.value,
        fields={fact.name: fact for fact in shown_facts(form_of(actor()), None, NEW)},
        typed=typed,
        errors=errors or {},
        similar=similar or [],
    )


def _edit_form(
    company: Company, errors: Mapping[str, list[str]], typed: Mapping[str, str], status: int
) -> Response:
    schema = form_of(actor())
    shown: dict[str, Any] = {
        "record": company,
        "fields": shown_facts(schema, company, schema.fields),
        "typed": typed,
        "errors": errors,
    }
    return render("crm/companies/edit.html", status, **shown)


def _apply(company: Company) -> None:
    schema = form_of(actor())
    changes = load(schema, partial=True)
    actions.change_company(session(), actor(), company, changes, originals(schema))


def _choose(company: Company, error: Conflict) -> Response:
    of_credit = {clash.field for clash in error.conflicts} <= CREDIT_WORDS.keys()
    fact = COMPANY_CREDIT_CHANGED if of_credit else COMPANY_CHANGED
    url = url_for("crm.save_company", record_id=company.id)
    return choose(company, form_of(actor()), error, url=url, fact=fact)
