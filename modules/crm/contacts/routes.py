"""Contacts on pages: adding one to a company, the person's own page, edits in place, archive."""

from collections.abc import Mapping
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.errors import Conflict, Forbidden, Invalid, NotFound
from concord.lists.page import list_page
from concord.nouns.showing import Clashes, shown_facts, typed
from concord.records.access import get
from concord.records.meanwhile import last_saver
from concord.records.panels import PAGE, load_panel, load_panels, position_of
from concord.records.slots import RECORD_ASIDE
from concord.timeline import panel as timeline
from concord.web import conflicts
from concord.web.forms import load, originals
from concord.web.pages import go_to, render
from concord.web.request import actor, is_fragment, session
from concord.web.toasts import toast
from modules.crm.blueprint import routes
from modules.crm.companies import page as company_page
from modules.crm.companies.models import Company
from modules.crm.contacts import actions
from modules.crm.contacts.facts import CONTACT_CHANGED
from modules.crm.contacts.models import Contact
from modules.crm.contacts.policy import CONTACTS
from modules.crm.contacts.queries import contacts_of
from modules.crm.contacts.schemas import ContactForm
from modules.crm.permissions import CONTACT_WRITING, Crm

ASIDE = (RECORD_ASIDE,)
FACTS = ("title", "phone", "email", "role", "importance", "birthday")


@routes.get("/customers/<int:record_id>/contacts/new", permission=Crm.CONTACT_WRITE)
def new_contact(record_id: int) -> Response:
    return _new_form(_company(record_id), {"importance": "normal"}, {}, 200)


@routes.post("/customers/<int:record_id>/contacts", permission=Crm.CONTACT_WRITE)
def add_contact(record_id: int) -> Response:
    company = _company(record_id)
    try:
        contact = actions.add_contact(session(), actor(), company, load(ContactForm()))
    except Invalid as error:
        return _new_form(company, request.form, error.errors, 422)
    if not is_fragment():
        return go_to(url_for("crm.contact", record_id=contact.id))
    return _contacts(company)


@routes.get("/contacts", permission=Crm.CONTACT_READ)
def contacts() -> Response:
    return list_page("contacts")


@routes.get("/contacts/<int:record_id>", permission=Crm.CONTACT_READ)
def contact(record_id: int) -> Response:
    try:
        found = get(session(), actor(), Contact, record_id)
    except NotFound:
        return _archived(record_id)
    panels = load_panels(ASIDE, session(), actor(), found)
    around = _around(found) | timeline.context(session(), actor(), found, request.args)
    return render("crm/contacts/page.html", panels=panels, **_shown(found) | around)


@routes.get("/contacts/<int:record_id>/panels/<name>", permission=Crm.CONTACT_READ)
def contact_panel(record_id: int, name: str) -> Response:
    """One part of the page alone, when something on the contact moved."""
    found = get(session(), actor(), Contact, record_id)
    position = position_of(session(), found)
    if name == PAGE:
        return render("crm/contacts/moved.html", position=position, **_shown(found))
    loaded = load_panel(ASIDE, session(), actor(), found, name)
    if loaded is None:
        raise NotFound
    return render(
        "nouns/panel.html", record=found, item=loaded, position=position, url=request.path
    )


@routes.get("/contacts/<int:record_id>/edit", permission=Crm.CONTACT_WRITE)
def edit_contact(record_id: int) -> Response:
    return _edit_form(_writable(record_id), {}, {}, 200)


@routes.post("/contacts/<int:record_id>/edit", permission=Crm.CONTACT_WRITE)
def save_contact(record_id: int) -> Response:
    found = _writable(record_id)
    try:
        _apply(found)
    except Conflict as error:
        return _choose(found, error)
    except Invalid as error:
        return _edit_form(found, error.errors, typed(), 422)
    toast(_("Saved."))
    return go_to(url_for("crm.contact", record_id=record_id))


@routes.patch("/contacts/<int:record_id>", permission=Crm.CONTACT_WRITE)
def change_contact(record_id: int) -> Response:
    """One field in place, answered with the facts and the head of the page."""
    found = _writable(record_id)
    try:
        _apply(found)
    except Conflict as error:
        return _choose(found, error)
    return render("crm/contacts/changed.html", **_shown(found))


@routes.post("/contacts/<int:record_id>/archive", permission=Crm.CONTACT_ARCHIVE)
def archive_contact(record_id: int) -> Response:
    found = get(session(), actor(), Contact, record_id, permission=Crm.CONTACT_ARCHIVE, lock=True)
    actions.archive_contact(session(), actor(), found)
    undo = url_for("crm.restore_contact", record_id=record_id)
    toast(_("%(name)s is archived.", name=found.title), undo=undo)
    return go_to(url_for("crm.company", record_id=found.company_id))


@routes.post("/contacts/<int:record_id>/restore", permission=Crm.CONTACT_ARCHIVE)
def restore_contact(record_id: int) -> Response:
    may = Crm.CONTACT_ARCHIVE
    found = get(session(), actor(), Contact, record_id, permission=may, archived=True, lock=True)
    actions.restore_contact(session(), actor(), found)
    toast(_("%(name)s is back.", name=found.title))
    return go_to(url_for("crm.contact", record_id=record_id))


def _company(record_id: int) -> Company:
    """The company, if the caller may add people to it."""
    return get(session(), actor(), Company, record_id, permission=Crm.CONTACT_WRITE)


def _writable(record_id: int) -> Contact:
    return get(session(), actor(), Contact, record_id, permission=Crm.CONTACT_WRITE)


def _shown(contact: Contact) -> dict[str, Any]:
    permitted = CONTACTS.permitted(session(), actor(), contact, CONTACT_WRITING)
    return {
        "record": contact,
        "facts": shown_facts(ContactForm(), contact, FACTS),
        "may_write": Crm.CONTACT_WRITE in permitted,
        "may_archive": Crm.CONTACT_ARCHIVE in permitted,
    }


def _around(contact: Contact) -> dict[str, Any]:
    """The company, where the reader may open it, and the others who work there."""
    try:
        company = get(session(), actor(), Company, contact.company_id or 0)
    except NotFound:
        return {"company": None, "others": []}
    everybody = contacts_of(session(), actor(), company)
    return {"company": company, "others": [other for other in everybody if other is not contact]}


def _archived(record_id: int) -> Response:
    may = Crm.CONTACT_ARCHIVE
    try:
        found = get(session(), actor(), Contact, record_id, permission=may, archived=True)
    except Forbidden:
        raise NotFound from None
    return render("crm/contacts/archived.html", 410, record=found)


def _contacts(company: Company) -> Response:
    """The list beside the timeline with the new person in it; the dialog closes."""
    session().flush()
    found = company_page.opened(session(), actor(), company.id)
    shown = company_page.contacts(session(), actor(), found)
    response = render("crm/companies/contacts.html", position=0, **shown)
    response.headers["HX-Retarget"] = "#contacts"
    response.headers["HX-Reswap"] = "outerMorph"
    response.headers["HX-Trigger"] = "concord:close"
    return response


def _new_form(
    company: Company, typed: Mapping[str, str], errors: Mapping[str, list[str]], status: int
) -> Response:
    schema = ContactForm()
    fields = shown_facts(schema, None, schema.fields)
    shown: dict[str, Any] = {"company": company, "fields": fields, "typed": typed, "errors": errors}
    return render("crm/contacts/new.html", status, **shown)


def _edit_form(
    contact: Contact, errors: Mapping[str, list[str]], typed: Mapping[str, str], status: int
) -> Response:
    schema = ContactForm()
    fields = shown_facts(schema, contact, schema.fields)
    shown: dict[str, Any] = {"record": contact, "fields": fields, "typed": typed, "errors": errors}
    return render("crm/contacts/edit.html", status, **shown)


def _apply(contact: Contact) -> None:
    changes = load(ContactForm(), partial=True)
    actions.change_contact(session(), actor(), contact, changes, originals(ContactForm()))


def _choose(contact: Contact, error: Conflict) -> Response:
    """Ask which values stay; the choice goes the way of the whole form."""
    clashes = Clashes.of(ContactForm(), error)
    saver = last_saver(session(), contact, [CONTACT_CHANGED])
    return conflicts.choose(
        clashes.error,
        title=contact.title,
        url=url_for("crm.save_contact", record_id=contact.id),
        labels=clashes.labels,
        shown=clashes.shown,
        by=saver,
        at=saver.at if saver else None,
    )
