"""Uploading and downloading, for every face; a download is always a download."""

from typing import Any

import structlog
from flask import jsonify, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.errors import Conflict, Gone, Invalid
from concord.files import storage
from concord.files.actions import keep, register
from concord.files.measuring import Missing
from concord.files.models import INFECTED, WAITING, File
from concord.files.previews import TYPE, preview
from concord.files.queries import readable
from concord.files.versions import Version, version_of
from concord.timeline.permissions import Timeline
from concord.web.marks import N_
from concord.web.rates import costly
from concord.web.request import actor, close_session, session
from concord.web.routing import EVERYBODY, SIGNED_IN, Routes

SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"
MISSING = N_("The content of this file is missing on the server. Tell your administrator.")
CHECKING = N_("This file is being checked for malicious software. Try again in a minute.")
MALICIOUS = N_("This file holds malicious software. Nobody can open it.")

log = structlog.get_logger()
routes = Routes("files", __name__)


@routes.post("/files", permission=Timeline.POST, faces=EVERYBODY)
@costly("240/minute")
def upload() -> Response:
    name, stored = kept_upload()
    return jsonify(described(register(session(), actor(), name, stored)))


@routes.get("/files/<int:file_id>", permission=SIGNED_IN, faces=EVERYBODY)
def download(file_id: int) -> Response:
    return sent(readable(session(), actor(), file_id))


@routes.get("/files/<int:file_id>/versions/<int:number>", permission=SIGNED_IN, faces=EVERYBODY)
def download_version(file_id: int, number: int) -> Response:
    return sent(version_of(session(), readable(session(), actor(), file_id), number))


@routes.get("/files/<int:file_id>/preview/<int:longest>", permission=SIGNED_IN, faces=EVERYBODY)
def picture(file_id: int, longest: int) -> Response:
    """Its pixels as WebP. A browser may keep it, but asks us each time whether it still may."""
    file = readable(session(), actor(), file_id)
    refuse_unchecked(file)
    close_session()
    response = Response(preview(file.stored_key, file.content_type, longest), mimetype=TYPE)
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(f"{file.stored_key}-{longest}")
    response.make_conditional(request.environ)
    return response


def kept_upload() -> tuple[str, storage.Stored]:
    """The name and the content, now on disk, of the one file in this request.

    The body is read and written while no session is open: on SQLite an open writing session
    keeps every other writer waiting, and a phone may take minutes to send 20 MB.
    """
    close_session()
    part = request.files.get("file")
    if part is None or not part.filename:
        raise Invalid({"file": [_("Choose a file.")]})
    return part.filename, keep(part.stream)


def described(file: File) -> dict[str, Any]:
    return {
        "id": file.id,
        "name": file.name,
        "size": file.size,
        "content_type": file.content_type,
        "version": file.version,
        "checked": file.checked,
        "url": f"/files/{file.id}",
    }


def refuse_unchecked(file: File | Version) -> None:
    """What the scanner has not seen is not given out, and what it found never."""
    if file.checked == WAITING:
        raise Conflict(detail=CHECKING)
    if file.checked == INFECTED:
        raise Gone(MALICIOUS)


def sent(file: File | Version) -> Response:
    """The content as an attachment that no browser opens in our name, and no cache keeps."""
    refuse_unchecked(file)
    try:
        content = storage.pieces(file.stored_key)
    except Missing:
        log.error("file_missing", key=file.stored_key)
        raise Gone(MISSING) from None
    response = Response(content, mimetype=file.content_type)
    response.content_length = file.size
    response.headers.set("Content-Disposition", "attachment", filename=file.name)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
