"""Uploading and downloading, for every face; a download is always a download."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import structlog
from flask import jsonify, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.errors import Gone, Invalid
from concord.files import storage
from concord.files.actions import keep, register
from concord.files.models import File
from concord.files.queries import readable
from concord.timeline.permissions import Timeline
from concord.web.marks import N_
from concord.web.request import actor, close_session, session
from concord.web.routing import EVERYBODY, SIGNED_IN, Routes

SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"
MISSING = N_("The content of this file is missing on the server. Tell your administrator.")

log = structlog.get_logger()
routes = Routes("files", __name__)


@routes.post("/files", permission=Timeline.POST, faces=EVERYBODY)
def upload() -> Response:
    name, stored = kept_upload()
    return jsonify(described(register(session(), actor(), name, stored)))


@routes.get("/files/<int:file_id>", permission=SIGNED_IN, faces=EVERYBODY)
def download(file_id: int) -> Response:
    return sent(readable(session(), actor(), file_id))


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
        "url": f"/files/{file.id}",
    }


def sent(file: File) -> Response:
    """The content as an attachment that no browser opens in our name, and no cache keeps."""
    path = storage.path_of(file.stored_key)
    if not path.is_file():
        log.error("file_missing", file_id=file.id)
        raise Gone(MISSING)
    response = Response(_pieces(path), mimetype=file.content_type)
    response.content_length = file.size
    response.headers.set("Content-Disposition", "attachment", filename=file.name)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _pieces(path: Path) -> Iterator[bytes]:
    """The content, opened only when it is really sent."""
    with path.open("rb") as content:
        while piece := content.read(storage.CHUNK):
            yield piece
