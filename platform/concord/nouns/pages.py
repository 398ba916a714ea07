"""The pages of a noun: its list, a form, the record with its timeline, edits in place, archive."""

from collections.abc import Mapping
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.api.linked import visible_company
from concord.errors import Conflict, Forbidden, Invalid, NotFound
from concord.lists.page import list_page
from concord.nouns import actions
from concord.nouns.choices import companies, company_of
from concord.nouns.facts import facts_of
from concord.nouns.noun import AnyNoun
from concord.nouns.showing import Clashes, shown_facts, typed
from concord.records.access import get
from concord.records.meanwhile import last_saver
from concord.records.models import Record
from concord.records.panels import PAGE, load_panel, load_panels, position_of
from concord.records.slots import RECORD_ASIDE
from concord.timeline import panel as timeline
from concord.web import conflicts
from concord.web.forms import load, originals
from concord.web.pages import go_to, render
from concord.web.request import actor, session
from concord.web.routing import Routes
from concord.web.toasts import toast

ASIDE = (RECORD_ASIDE,)


def routes_of(noun: AnyNoun) -> Routes:
    """The blueprint `<name>`: the list, a form, the record, and what is done with it."""
    routes, pages = Routes(noun.name, __name__, url_prefix=f"/{noun.name}"), Pages(noun)
    one = "/<int:record_id>"
    read, write = {"permission": noun.read}, {"permission": noun.write}
    routes.get("", endpoint="index", **read)(pages.index)
    routes.get("/new", endpoint="new", **write)(pages.new)
    routes.post("", endpoint="create", **write)(pages.create)
    routes.get(one, endpoint="page", **read)(pages.page)
    routes.get(f"{one}/panels/<name>", endpoint="panel", **read)(pages.panel)
    routes.get(f"{one}/edit", endpoint="edit", **write)(pages.edit)
    routes.post(f"{one}/edit", endpoint="save", **write)(pages.save)
    routes.patch(one, endpoint="change", **write)(pages.change)
    routes.post(f"{one}/archive", endpoint="archive", **write)(pages.archive)
    routes.post(f"{one}/restore", endpoint="restore", **write)(pages.restore)
    return routes


class Pages:
    """The views of one noun. Records are reached through the reader, always."""

    def __init__(self, noun: AnyNoun) -> None:
        self.noun = noun

    def index(self) -> Response:
        return list_page(self.noun.name)

    def new(self) -> Response:
        return self._new_form({"company_id": request.args.get("company_id", "")}, {}, 200)

    def create(self) -> Response:
        try:
            values = load(self.noun.schema(), beside=("company_id",))
            company_id = request.form.get("company_id", type=int) or 0
            company = visible_company(session(), actor(), company_id)
        except Invalid as error:
            return self._new_form(typed(), error.errors, 422)
        made = actions.add(session(), actor(), self.noun, company, values)
        toast(_("%(name)s is added.", name=made.title))
        return go_to(self._url("page", made))

    def page(self, record_id: int) -> Response:
        try:
            found = self._seen(record_id)
        except NotFound:
            return self._archived(record_id)
        panels = load_panels(ASIDE, session(), actor(), found)
        around = timeline.context(session(), actor(), found, request.args)
        return render("nouns/page.html", panels=panels, **(self._shown(found) | around))

    def panel(self, record_id: int, name: str) -> Response:
        """One part of the page alone, when something on the record moved."""
        found = self._seen(record_id)
        position = position_of(session(), found)
        if name == PAGE:
            return render("nouns/moved.html", position=position, **self._shown(found))
        loaded = load_panel(ASIDE, session(), actor(), found, name)
        if loaded is None:
            raise NotFound
        url = request.path
        return render("nouns/panel.html", record=found, item=loaded, position=position, url=url)

    def edit(self, record_id: int) -> Response:
        return self._edit_form(self._writable(record_id), {}, {}, 200)

    def save(self, record_id: int) -> Response:
        found = self._writable(record_id)
        try:
            self._apply(found)
        except Conflict as error:
            return self._choose(found, error)
        except Invalid as error:
            return self._edit_form(found, typed(), error.errors, 422)
        toast(_("Saved."))
        return go_to(self._url("page", found))

    def change(self, record_id: int) -> Response:
        """One field in place, answered with the facts and the head of the page."""
        found = self._writable(record_id)
        try:
            self._apply(found)
        except Conflict as error:
            return self._choose(found, error)
        return render("nouns/changed.html", **self._shown(found))

    def archive(self, record_id: int) -> Response:
        found = get(
            session(), actor(), self.noun.model, record_id, permission=self.noun.write, lock=True
        )
        actions.archive(session(), actor(), self.noun, found)
        toast(_("%(name)s is archived.", name=found.title), undo=self._url("restore", found))
        return go_to(url_for(f"{self.noun.name}.index"))

    def restore(self, record_id: int) -> Response:
        found = self._behind(record_id, lock=True)
        actions.restore(session(), actor(), self.noun, found)
        toast(_("%(name)s is back.", name=found.title))
        return go_to(self._url("page", found))

    def _seen(self, record_id: int) -> Record:
        found: Record = get(session(), actor(), self.noun.model, record_id)
        return found

    def _writable(self, record_id: int) -> Record:
        may = self.noun.write
        found: Record = get(session(), actor(), self.noun.model, record_id, permission=may)
        return found

    def _behind(self, record_id: int, *, lock: bool = False) -> Record:
        """An archived record, for whoever may bring it back; others learn nothing of it."""
        model, may = self.noun.model, self.noun.write
        try:
            found: Record = get(
                session(), actor(), model, record_id, permission=may, archived=True, lock=lock
            )
        except Forbidden:
            raise NotFound from None
        return found

    def _shown(self, found: Record) -> dict[str, Any]:
        return {
            "noun": self.noun,
            "record": found,
            "company": company_of(session(), actor(), found),
            "facts": shown_facts(self.noun.form, found, self.noun.names()),
            "may_write": self.noun.policy.allows(actor(), self.noun.write, found),
        }

    def _archived(self, record_id: int) -> Response:
        found = self._behind(record_id)
        return render("nouns/archived.html", 410, noun=self.noun, record=found)

    def _new_form(
        self, sent: Mapping[str, str], errors: Mapping[str, list[str]], status: int
    ) -> Response:
        fields = shown_facts(self.noun.form, None, self.noun.names())
        choices = companies(session(), actor())
        shown = {"noun": self.noun, "fields": fields, "companies": choices}
        return render("nouns/new.html", status, typed=sent, errors=errors, **shown)

    def _edit_form(
        self, found: Record, sent: Mapping[str, str], errors: Mapping[str, list[str]], status: int
    ) -> Response:
        fields = shown_facts(self.noun.form, found, self.noun.names())
        shown = {"noun": self.noun, "record": found, "fields": fields}
        return render("nouns/edit.html", status, typed=sent, errors=errors, **shown)

    def _apply(self, found: Record) -> None:
        changes = load(self.noun.schema(), partial=True)
        actions.change(session(), actor(), self.noun, found, changes, originals(self.noun.form))

    def _choose(self, found: Record, error: Conflict) -> Response:
        """Ask which values stay; the choice goes the way of the whole form."""
        clashes = Clashes.of(self.noun.form, error)
        saver = last_saver(session(), found, [facts_of(self.noun).changed])
        return conflicts.choose(
            clashes.error,
            title=found.title,
            url=self._url("save", found),
            labels=clashes.labels,
            shown=clashes.shown,
            by=saver,
            at=saver.at if saver else None,
        )

    def _url(self, view: str, record: Record) -> str:
        return url_for(f"{self.noun.name}.{view}", record_id=record.id)
