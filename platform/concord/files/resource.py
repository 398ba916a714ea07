"""Files over REST: uploaded first, then named by their ids where an entry is posted."""

from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import Schema, fields
from werkzeug.wrappers import Response

from concord.api.answers import JSON, answer, encoded
from concord.api.describe import PAGING, Operation, Parameter, describes
from concord.api.fields import Identifier, Moment
from concord.api.filtering import read_limit, single
from concord.api.idempotency import HEADER, Answer, hashed, once
from concord.api.serialising import serialiser
from concord.errors import Invalid
from concord.files import versions
from concord.files.actions import register
from concord.files.on_record import Wanted, files_of
from concord.files.queries import PAGE, readable
from concord.files.routes import described, kept_upload, sent
from concord.files.versions import versions_of
from concord.records.access import find_place
from concord.timeline.permissions import Timeline
from concord.web.rates import costly
from concord.web.request import actor, session
from concord.web.routing import EVERYBODY, SIGNED_IN, Routes

PARAMETERS = frozenset({"kind", "audience", "sort", "limit", "cursor"})

routes = Routes("api_files", __name__, url_prefix="/api/v1")


class FileOut(Schema):
    """A file as its current version is; `content_type` is by its content, `url` for a browser.

    `checked` is clean, waiting (for the virus scan) or infected; only clean ones are given out.
    """

    id = Identifier()
    name = fields.String()
    size = fields.Integer()
    content_type = fields.String()
    version = fields.Integer()
    checked = fields.String()
    url = fields.String()


class RecordFileOut(FileOut):
    """A file in the list of a record's."""

    at = Moment()
    by = fields.String()
    audience = fields.String(attribute="audience.word")


class VersionOut(Schema):
    """One version; `restored_from` names the one whose content was brought back."""

    number = fields.Integer()
    name = fields.String()
    size = fields.Integer()
    content_type = fields.String()
    checked = fields.String()
    by = fields.String()
    at = Moment()
    restored_from = fields.Integer(allow_none=True)
    current = fields.Boolean()


UPLOAD = Operation(
    tag="files",
    summary=_l("Upload a file as the part “file” of a form; post it with an entry within a day"),
    response=FileOut,
    status=201,
    keyed=True,
    upload=True,
)
DOWNLOAD = Operation(tag="files", summary=_l("Download the content of a file"))
ABOUT = Operation(tag="files", summary=_l("Read what a file is"), response=FileOut)
VERSIONS = Operation(
    tag="files",
    summary=_l("Read the versions of a file, the current one first"),
    response=VersionOut,
    paged="string",
)
REPLACE = Operation(
    tag="files",
    summary=_l("Upload a new version as the part “file” of a form"),
    response=FileOut,
    status=201,
    keyed=True,
    upload=True,
)
OLDER = Operation(tag="files", summary=_l("Download one version of a file"))
RESTORE = Operation(
    tag="files", summary=_l("Bring an earlier version back as the newest"), response=FileOut
)
WITHDRAW = Operation(tag="files", summary=_l("Withdraw a file"), status=204)
LIST = Operation(
    tag="files",
    summary=_l("Read the files of a record, newest first"),
    parameters=(
        Parameter("kind", "string", _l("One of: picture, document, table, text, other")),
        Parameter("audience", "string", _l("Only what this audience reads")),
        Parameter("sort", "string", _l("One of: time, name, size; with a minus downwards")),
        *PAGING,
    ),
    response=RecordFileOut,
    paged="string",
)


@routes.post("/files", permission=Timeline.POST, faces=EVERYBODY)
@describes(UPLOAD)
@costly("240/minute")
def upload() -> Response:
    name, stored = kept_upload()
    request_hash = hashed(f"{name}\n{stored.sha256}".encode())
    first = once(session(), actor(), request.headers.get(HEADER), request_hash)
    if first.answer is not None:
        return _again(first.answer)
    made = described(register(session(), actor(), name, stored))
    location = f"{request.path}/{made['id']}"
    first.keep(201, encoded(made), {"Location": location})
    return answer(made, 201, location=location)


@routes.get("/files/<int:file_id>", permission=SIGNED_IN, faces=EVERYBODY)
@describes(DOWNLOAD)
def download(file_id: int) -> Response:
    return sent(readable(session(), actor(), file_id))


@routes.get("/files/<int:file_id>/about", permission=SIGNED_IN, faces=EVERYBODY)
@describes(ABOUT)
def one(file_id: int) -> Response:
    return answer(described(readable(session(), actor(), file_id)))


@routes.get("/files/<int:file_id>/versions", permission=SIGNED_IN, faces=EVERYBODY)
@describes(VERSIONS)
def all_versions(file_id: int) -> Response:
    found = versions_of(session(), readable(session(), actor(), file_id))
    return answer({"items": serialiser(VersionOut).many(found), "next": None})


@routes.post("/files/<int:file_id>/versions", permission=Timeline.POST, faces=EVERYBODY)
@describes(REPLACE)
def replace(file_id: int) -> Response:
    versions.check_change(session(), actor(), readable(session(), actor(), file_id))
    name, stored = kept_upload()
    request_hash = hashed(f"{name}\n{stored.sha256}".encode())
    first = once(session(), actor(), request.headers.get(HEADER), request_hash)
    if first.answer is not None:
        return _again(first.answer)
    file = readable(session(), actor(), file_id)
    versions.replace(session(), actor(), file, name, stored)
    first.keep(201, encoded(described(file)))
    return answer(described(file), 201)


@routes.get("/files/<int:file_id>/versions/<int:number>", permission=SIGNED_IN, faces=EVERYBODY)
@describes(OLDER)
def older(file_id: int, number: int) -> Response:
    file = readable(session(), actor(), file_id)
    return sent(versions.version_of(session(), file, number))


@routes.post(
    "/files/<int:file_id>/versions/<int:number>/restore",
    permission=Timeline.POST,
    faces=EVERYBODY,
)
@describes(RESTORE)
def restore(file_id: int, number: int) -> Response:
    file = readable(session(), actor(), file_id)
    versions.restore(session(), actor(), file, number)
    return answer(described(file))


@routes.delete("/files/<int:file_id>", permission=Timeline.POST, faces=EVERYBODY)
@describes(WITHDRAW)
def withdraw(file_id: int) -> Response:
    versions.withdraw(session(), actor(), readable(session(), actor(), file_id))
    return Response(status=204)


@routes.get("/records/<int:record_id>/files", permission=SIGNED_IN, faces=EVERYBODY)
@describes(LIST)
def of_record(record_id: int) -> Response:
    given = single(request.args)
    _refuse_unknown(given)
    found = files_of(
        session(),
        actor(),
        find_place(session(), actor(), record_id),
        Wanted.read(given),
        limit=read_limit(given, PAGE),
        cursor=given.get("cursor"),
    )
    return answer({"items": serialiser(RecordFileOut).many(found.items), "next": found.next})


def _refuse_unknown(given: Mapping[str, Any]) -> None:
    if unknown := given.keys() - PARAMETERS:
        raise Invalid({name: [_("There is no such filter.")] for name in unknown})


def _again(first: Answer) -> Response:
    """The answer to a request that was sent before; the content that came again will be swept."""
    response = Response(first.body, first.status, mimetype=JSON, headers=dict(first.headers))
    response.headers["Idempotency-Replayed"] = "true"
    return response
