"""The pages of a noun: its list, a form, the record with its timeline, edits in place, archive."""

from collections.abc import Mapping
from typing import Any, Generic, TypeAlias

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.api.linked import visible_company
from concord.errors import Conflict, Forbidden, Invalid, NotFound
from concord.lists.page import list_page
from concord.nouns import actions
from concord.nouns.choices import companies, company_of
from concord.nouns.choosing import choose
from concord.nouns.facts import facts_of
from concord.nouns.noun import AnyNoun, Noun, R
from concord.nouns.showing import shown_facts, typed
from concord.records.access import get
from concord.records.models import Record
from concord.records.panels import PAGE, load_panel, load_panels, position_of
from concord.records.slots import RECORD_ASIDE
from concord.timeline import panel as timeline
from concord.web.forms import load, originals
from concord.web.pages import go_to, render
from concord.web.request import actor, session
from concord.web.routing import Routes
from concord.web.toasts import toast

ASIDE = (RECORD_ASIDE,)
Values: TypeAlias = Mapping[str, Any]


def routes_of(noun: AnyNoun) -> Routes:
    """The blueprint `<name>`: the list, a form, the record, and what is done with it."""
    pages = Pages(noun)
    routes = record_routes(pages)
    routes.get("/new", endpoint="new", permission=noun.write)(pages.new)
    routes.post("", endpoint="create", permission=noun.write)(pages.create)
    return routes


def record_routes(pages: "Pages[Any]") -> Routes:
    """The same without the form, for a noun that is added elsewhere."""
    noun, one = pages.noun, "/<int:record_id>"
    routes = Routes(noun.name, __name__, url_prefix=f"/{noun.name}")
    read, write = {"permission": noun.read}, {"permission": noun.write}
    archive = {"permission": noun.archiving}
    routes.get("", endpoint="index", **read)(pages.index)
    routes.get(one, endpoint="page", **read)(pages.page)
    routes.get(f"{one}/panels/<name>", endpoint="panel", **read)(pages.panel)
    routes.get(f"{one}/edit", endpoint="edit", **write)(pages.edit)
    routes.post(f"{one}/edit", endpoint="save", **write)(pages.save)
    routes.patch(one, endpoint="change", **write)(pages.change)
    routes.post(f"{one}/archive", endpoint="archive", **archive)(pages.archive)
    routes.post(f"{one}/restore", endpoint="restore", **archive)(pages.restore)
    return routes


class Pages(Generic[R]):
    """The views of one noun. Records are reached through the reader, always."""

    def __init__(self, noun: Noun[R]) -> None:
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
        stream = timeline.context(session(), actor(), found, request.args)
        shown = self._shown(found) | self._around(found) | stream
        return render(self.noun.part("page.html"), panels=panels, **shown)

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
        may = self.noun.archiving
        found = get(session(), actor(), self.noun.model, record_id, permission=may, lock=True)
        self._archive(found)
        toast(_("%(name)s is archived.", name=found.title), undo=self._url("restore", found))
        return go_to(self._after_archiving(found))

    def restore(self, record_id: int) -> Response:
        found = self._behind(record_id, lock=True)
        self._restore(found)
        toast(_("%(name)s is back.", name=found.title))
        return go_to(self._url("page", found))

    def _seen(self, record_id: int) -> R:
        return get(session(), actor(), self.noun.model, record_id)

    def _writable(self, record_id: int) -> R:
        return get(session(), actor(), self.noun.model, record_id, permission=self.noun.write)

    def _behind(self, record_id: int, *, lock: bool = False) -> R:
        """An archived record, for whoever may bring it back; others learn nothing of it."""
        model, may = self.noun.model, self.noun.archiving
        try:
            return get(
                session(), actor(), model, record_id, permission=may, archived=True, lock=lock
            )
        except Forbidden:
            raise NotFound from None

    def _shown(self, found: R) -> dict[str, Any]:
        noun = self.noun
        return {
            "noun": noun,
            "record": found,
            "facts": shown_facts(noun.form, found, noun.facts or noun.names()),
            **self._beside(found),
        }

    def _beside(self, found: R) -> dict[str, Any]:
        """What the reader may do with the record, and what its head says."""
        may_write = self.noun.policy.allows(actor(), self.noun.write, found)
        company = company_of(session(), actor(), found)
        return {"company": company, "may_write": may_write, "may_archive": may_write}

    def _around(self, found: R) -> dict[str, Any]:
        """What stands on the whole page only."""
        return {}

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
        self, found: R, sent: Mapping[str, str], errors: Mapping[str, list[str]], status: int
    ) -> Response:
        fields = shown_facts(self.noun.form, found, self.noun.names())
        shown = {"noun": self.noun, "record": found, "fields": fields}
        return render(self.noun.part("edit.html"), status, typed=sent, errors=errors, **shown)

    def _apply(self, found: R) -> None:
        self._change(found, load(self.noun.schema(), partial=True), originals(self.noun.form))

    def _change(self, found: R, changes: Values, before: Values) -> None:
        actions.change(session(), actor(), self.noun, found, changes, before)

    def _archive(self, found: R) -> None:
        actions.archive(session(), actor(), self.noun, found)

    def _restore(self, found: R) -> None:
        actions.restore(session(), actor(), self.noun, found)

    def _after_archiving(self, found: R) -> str:
        """Where whoever archived the record goes on."""
        return url_for(f"{self.noun.name}.index")

    def _choose(self, found: R, error: Conflict) -> Response:
        fact = facts_of(self.noun).changed
        return choose(found, self.noun.form, error, url=self._url("save", found), fact=fact)

    def _url(self, view: str, record: Record) -> str:
        return url_for(f"{self.noun.name}.{view}", record_id=record.id)
