"""Contacts on pages: adding one to a company; the rest is as of any noun."""

from collections.abc import Mapping
from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from concord.errors import Invalid, NotFound
from concord.nouns.pages import Pages, Values, record_routes
from concord.nouns.showing import shown_facts
from concord.records.access import get
from concord.web.forms import load
from concord.web.pages import go_to, render
from concord.web.request import actor, is_fragment, session
from modules.crm.blueprint import routes
from modules.crm.companies import page as company_page
from modules.crm.companies.models import Company
from modules.crm.contacts import actions
from modules.crm.contacts.models import Contact
from modules.crm.contacts.noun import CONTACT
from modules.crm.contacts.policy import CONTACTS
from modules.crm.contacts.queries import contacts_of
from modules.crm.contacts.schemas import ContactForm
from modules.crm.permissions import CONTACT_WRITING, Crm


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
        return go_to(url_for("contacts.page", record_id=contact.id))
    return _contacts(company)


def _company(record_id: int) -> Company:
    """The company, if the caller may add people to it."""
    return get(session(), actor(), Company, record_id, permission=Crm.CONTACT_WRITE)


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


class ContactPages(Pages[Contact]):
    """A contact is changed by its own actions, and its page names who works there too."""

    def _change(self, found: Contact, changes: Values, before: Values) -> None:
        actions.change_contact(session(), actor(), found, changes, before)

    def _archive(self, found: Contact) -> None:
        actions.archive_contact(session(), actor(), found)

    def _restore(self, found: Contact) -> None:
        actions.restore_contact(session(), actor(), found)

    def _after_archiving(self, found: Contact) -> str:
        return url_for("crm.company", record_id=found.company_id)

    def _beside(self, found: Contact) -> dict[str, Any]:
        permitted = CONTACTS.permitted(session(), actor(), found, CONTACT_WRITING)
        return {
            "may_write": Crm.CONTACT_WRITE in permitted,
            "may_archive": Crm.CONTACT_ARCHIVE in permitted,
        }

    def _around(self, found: Contact) -> dict[str, Any]:
        """The company, where the reader may open it, and the others who work there."""
        try:
            company = get(session(), actor(), Company, found.company_id or 0)
        except NotFound:
            return {"company": None, "others": []}
        everybody = contacts_of(session(), actor(), company)
        return {"company": company, "others": [other for other in everybody if other is not found]}


CONTACT_ROUTES = record_routes(ContactPages(CONTACT))
