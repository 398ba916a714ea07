"""Bulk changes on pages: a verb's dialog, a run's progress, and the runs there were."""

from typing import Any
from urllib.parse import urlsplit

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from concord.bulk import queries, starting
from concord.bulk.asking import Selection, read_selection
from concord.bulk.declaring import BulkVerb, bulk_type, bulk_types
from concord.bulk.dialogs import shown_fields, typed_values, values_of
from concord.bulk.models import BulkRun, State
from concord.bulk.permissions import Bulk
from concord.bulk.policy import RUNS
from concord.bulk.verbs import verbs_for
from concord.errors import Invalid
from concord.lists.types import ListType
from concord.records.access import get
from concord.timeline import panel as timeline
from concord.web.i18n import language
from concord.web.pages import go_to, render
from concord.web.request import actor, is_fragment, session
from concord.web.routing import Routes
from concord.web.toasts import toast

routes = Routes("bulk", __name__)


def offered(list_type: ListType, archived: bool = False) -> list[BulkVerb]:
    """The verbs in the bar of a list, as far as the reader may use them on anything there."""
    if not actor().may(Bulk.RUN_WRITE):
        return []
    known = next((found for found in bulk_types() if found.kind == list_type.kind), None)
    verbs = verbs_for(actor(), known) if known is not None else []
    return [verb for verb in verbs if verb.archived is archived]


routes.add_app_template_global(offered, "bulk_verbs")


@routes.get("/lists/<key>/bulk/<verb>", permission=Bulk.RUN_WRITE)
def ask(key: str, verb: str) -> Response:
    """The dialog in which a verb gets what it needs."""
    return _dialog(read_selection(actor(), key, verb, request.args))


@routes.post("/lists/<key>/bulk/<verb>", permission=Bulk.RUN_WRITE)
def begin(key: str, verb: str) -> Response:
    """A few records are done at once, and the list is shown again; more show their progress."""
    chosen = read_selection(actor(), key, verb, request.form)
    try:
        sent = values_of(session(), actor(), chosen, request.form)
        query = chosen.query(session(), actor())
        total = len(chosen.ids) or None
        run = starting.start(session(), actor(), chosen.bulk, chosen.verb, sent, query, total=total)
    except Invalid as error:
        return _dialog(chosen, error.errors, 422)
    if run.state != State.DONE:
        return render("bulk/progress.html", **_shown(run), back=chosen.list_url)
    toast(said(run), undo=_undo_of(run), tone="ok" if run.done else "risk")
    return go_to(chosen.list_url)


@routes.get("/settings/bulk", permission=Bulk.RUN_READ)
def index() -> Response:
    """One's own runs; administrators see everybody's."""
    cursor = request.args.get("cursor")
    found = queries.runs(session(), actor(), cursor)
    shown: dict[str, Any] = {
        "runs": [_summary(run) for run in found.items],
        "names": queries.starters(session(), found.items),
        "next": found.next,
    }
    rows = is_fragment() and cursor is not None
    return render("bulk/rows.html" if rows else "bulk/index.html", **shown)


@routes.get("/bulk/<int:record_id>", permission=Bulk.RUN_READ)
def run(record_id: int) -> Response:
    found = get(session(), actor(), BulkRun, record_id)
    left, following = queries.problems(session(), actor(), found, request.args.get("cursor"))
    shown = {**_shown(found), "left": left, "next": following}
    if is_fragment() and request.args.get("cursor"):
        return render("bulk/left.html", **shown)
    shown["names"] = queries.starters(session(), [found])
    line = timeline.context(session(), actor(), found, request.args)
    return render("bulk/page.html", **{**shown, **line})


@routes.get("/bulk/<int:record_id>/progress", permission=Bulk.RUN_READ)
def progress(record_id: int) -> Response:
    """How far it is: asked for once a second while it runs."""
    found = get(session(), actor(), BulkRun, record_id)
    back = request.args.get("back", "")
    return render("bulk/progress.html", **_shown(found), back=back)


@routes.post("/bulk/<int:record_id>/undo", permission=Bulk.RUN_WRITE)
def undo(record_id: int) -> Response:
    """From a list it goes on in that list; what takes longer, or left something, is looked at."""
    back = starting.undo(session(), actor(), _mine(record_id))
    if back.state == State.DONE:
        toast(said(back), tone="ok" if back.done else "risk")
        if not back.skipped and (here := _here()) is not None:
            return go_to(here)
    return go_to(url_for("bulk.run", record_id=back.id))


def _here() -> str | None:
    """The page on which a fragment was asked for, where that is not a run's own."""
    address = urlsplit(request.headers.get("HX-Current-URL", ""))
    if not address.path.startswith("/") or address.path.startswith(("//", "/bulk/")):
        return None
    return address.path + (f"?{address.query}" if address.query else "")


@routes.post("/bulk/<int:record_id>/hold", permission=Bulk.RUN_WRITE)
def hold(record_id: int) -> Response:
    starting.hold(session(), actor(), _mine(record_id))
    return go_to(url_for("bulk.run", record_id=record_id))


@routes.post("/bulk/<int:record_id>/continue", permission=Bulk.RUN_WRITE)
def go_on(record_id: int) -> Response:
    starting.go_on(session(), actor(), _mine(record_id))
    return go_to(url_for("bulk.run", record_id=record_id))


def said(run: BulkRun) -> str:
    """What was done, and what was not, in the reader's language."""
    sentence = _summary(run)["sentence"]
    parts = [sentence]
    if run.skipped:
        parts.append(
            ngettext("%(num)s was left as it is.", "%(num)s were left as they are.", run.skipped)
        )
    if run.refused:
        parts.append(_refused(run))
    return " ".join(parts)


def _refused(run: BulkRun) -> str:
    total = run.total + run.refused
    return ngettext(
        "%(num)s of %(total)s is not yours to change.",
        "%(num)s of %(total)s are not yours to change.",
        run.refused,
        total=total,
    )


def _mine(record_id: int) -> BulkRun:
    return get(session(), actor(), BulkRun, record_id, permission=Bulk.RUN_WRITE, lock=True)


def _summary(run: BulkRun) -> dict[str, Any]:
    """A run as a line says it."""
    count = run.done if run.state == State.DONE else run.total
    en, zh = bulk_type(run.subject_kind).counted.filled(run.said, count)
    text = zh if language() == "zh" else en
    sentence = text[:1].upper() + text[1:] + ("。" if language() == "zh" else ".")
    if run.verb == "undo":
        sentence = _("Taken back: %(what)s", what=sentence)
    return {"run": run, "sentence": sentence, "refused": _refused(run) if run.refused else ""}


def _shown(run: BulkRun) -> dict[str, Any]:
    may_write = RUNS.allows(actor(), Bulk.RUN_WRITE, run)
    may_undo = may_write and starting.is_undoable(session(), run)
    return {**_summary(run), "record": run, "may_write": may_write, "may_undo": may_undo}


def _undo_of(run: BulkRun) -> str | None:
    return url_for("bulk.undo", record_id=run.id) if run.done else None


def _dialog(
    chosen: Selection, errors: dict[str, list[str]] | None = None, status: int = 200
) -> Response:
    shown: dict[str, Any] = {
        "chosen": chosen,
        "verb": chosen.verb,
        "count": chosen.count(session(), actor()),
        "errors": errors or {},
        "typed": typed_values(request.values),
        **shown_fields(session(), actor(), chosen, request.values),
    }
    return render("bulk/dialog.html", status, **shown)
