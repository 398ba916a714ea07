"""The page of a file with its versions, and all files of a record in one place."""

from typing import Any

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.errors import Invalid
from concord.files import versions
from concord.files.kinds import KINDS
from concord.files.on_record import SORTS, Wanted, files_of
from concord.files.queries import readable
from concord.files.routes import kept_upload, routes
from concord.files.showing import about
from concord.records.access import Place, find_place
from concord.timeline.permissions import Timeline
from concord.web.pages import go_to, render
from concord.web.request import actor, close_session, is_fragment, session
from concord.web.routing import EVERYBODY, SIGNED_IN
from concord.web.toasts import toast


@routes.get("/files/<int:file_id>/about", permission=SIGNED_IN, faces=EVERYBODY)
def page(file_id: int) -> Response:
    return _about(file_id)


@routes.post("/files/<int:file_id>/versions", permission=Timeline.POST, faces=EVERYBODY)
def replace(file_id: int) -> Response:
    # Before anything is kept: who may not know of the file leaves nothing here.
    versions.check_change(session(), actor(), readable(session(), actor(), file_id))
    try:
        name, stored = kept_upload()
    except Invalid as error:
        close_session()
        return _about(file_id, error.errors)
    made = versions.replace(session(), actor(), readable(session(), actor(), file_id), name, stored)
    toast(_("Version %(number)s is the current one now.", number=made.number))
    return _done(file_id)


@routes.post(
    "/files/<int:file_id>/versions/<int:number>/restore",
    permission=Timeline.POST,
    faces=EVERYBODY,
)
def restore(file_id: int, number: int) -> Response:
    versions.restore(session(), actor(), readable(session(), actor(), file_id), number)
    toast(_("Version %(number)s is back.", number=number))
    return _done(file_id)


@routes.post("/files/<int:file_id>/withdraw", permission=Timeline.POST, faces=EVERYBODY)
def withdraw(file_id: int) -> Response:
    versions.withdraw(session(), actor(), readable(session(), actor(), file_id))
    toast(_("The file is withdrawn. Nobody can open it any more."))
    return go_to(_back())


@routes.get("/records/<int:record_id>/files", permission=SIGNED_IN, faces=EVERYBODY)
def of_record(record_id: int) -> Response:
    place = find_place(session(), actor(), record_id)
    wanted = Wanted.read(request.args)
    cursor = request.args.get("cursor")
    found = files_of(session(), actor(), place, wanted, cursor=cursor)
    template = "files/rows.html" if cursor and is_fragment() else "files/of_record.html"
    return render(template, **_listed(place, wanted), files=found.items, next=found.next)


def _about(file_id: int, errors: Any = None, *, changed: bool = False) -> Response:
    found = about(session(), actor(), readable(session(), actor(), file_id))
    status = 422 if errors else 200
    return render("files/about.html", status, about=found, errors=errors or {}, changed=changed)


def _done(file_id: int) -> Response:
    """A dialog stays and shows the new version; the page it lies on is loaded anew behind it."""
    return _about(file_id, changed=True) if is_fragment() else go_to(f"/files/{file_id}/about")


def _back() -> str:
    """The page from which the dialog was opened, when it is one of ours."""
    given = request.headers.get("HX-Current-URL", "")
    path = given.removeprefix(request.host_url.rstrip("/"))
    return path if path.startswith("/") and not path.startswith("//") else "/"


def _listed(place: Place, wanted: Wanted) -> dict[str, Any]:
    return {
        "record": place,
        "kind": wanted.kind,
        "audience": wanted.audience.word if wanted.audience else None,
        "sort": wanted.sort,
        "sorts": tuple(SORTS),
        "kinds": KINDS,
    }
