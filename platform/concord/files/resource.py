"""Files over REST: uploaded first, then named by their ids where an entry is posted."""

from flask import request
from flask_babel import lazy_gettext as _l
from marshmallow import Schema, fields
from werkzeug.wrappers import Response

from concord.actors import Actor
from concord.api.answers import JSON, answer, encoded
from concord.api.describe import Operation, describes
from concord.api.fields import Identifier
from concord.api.idempotency import HEADER, hashed, once
from concord.files.actions import register
from concord.files.queries import readable
from concord.files.routes import described, kept_upload, sent
from concord.timeline.permissions import Timeline
from concord.web.request import actor, session
from concord.web.routing import EVERYBODY, SIGNED_IN, Routes

routes = Routes("api_files", __name__)


class FileOut(Schema):
    """A file; `content_type` is by its content, `url` its content in a browser."""

    id = Identifier()
    name = fields.String()
    size = fields.Integer()
    content_type = fields.String()
    url = fields.String()


def schema_for(_who: Actor) -> type[Schema]:
    return FileOut


UPLOAD = Operation(
    tag="files",
    summary=_l("Upload a file as the part “file” of a form; post it with an entry within a day"),
    response=schema_for,
    status=201,
    keyed=True,
)
DOWNLOAD = Operation(tag="files", summary=_l("Download the content of a file"))


@routes.post("/api/v1/files", permission=Timeline.POST, faces=EVERYBODY)
@describes(UPLOAD)
def upload() -> Response:
    name, stored = kept_upload()
    request_hash = hashed(f"{name}\n{stored.sha256}".encode())
    first = once(session(), actor(), request.headers.get(HEADER), request_hash)
    if first.answer is not None:
        return Response(first.answer.body, 201, mimetype=JSON)
    made = described(register(session(), actor(), name, stored))
    first.keep(201, encoded(made))
    return answer(made, 201, location=f"{request.path}/{made['id']}")


@routes.get("/api/v1/files/<int:file_id>", permission=SIGNED_IN, faces=EVERYBODY)
@describes(DOWNLOAD)
def download(file_id: int) -> Response:
    return sent(readable(session(), actor(), file_id))
