"""Taking a list along as a file: at once where it is small, else as soon as it is made."""

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO, Any

from flask import Response as FlaskResponse
from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from concord.bulk.asking import read_ids
from concord.clock import now, today
from concord.errors import Forbidden, Gone, Invalid, NotFound
from concord.exports import storage
from concord.exports.asking import AT_ONCE, count_of, sheet_of
from concord.exports.making import MAKE, note_export
from concord.exports.models import Export
from concord.exports.permissions import Exports
from concord.exports.sheets import Sheet
from concord.exports.writing import Format, write
from concord.jobs.job import enqueue
from concord.lists.asking import PARTS
from concord.lists.page import reach
from concord.lists.registry import list_named
from concord.lists.types import ListType
from concord.web.pages import go_to, render
from concord.web.rates import costly
from concord.web.request import actor, session
from concord.web.routing import Routes

routes = Routes("exports", __name__)
CHUNK = 64 * 1024


@routes.get("/lists/<key>/bulk/export", permission=Exports.EXPORT)
def ask(key: str) -> Response:
    """Which format: the only question, for everything else is as the list shows it."""
    list_type, parameters, ids = _asked(key, request.args)
    sheet = sheet_of(session(), actor(), list_type, parameters, ids)
    try:
        count, errors = count_of(session(), sheet), {}
    except Invalid as error:
        count, errors = 0, error.errors
    shown: dict[str, Any] = {"list": list_type, "ids": ids, "count": count, "errors": errors}
    return render("exports/ask.html", **shown, parameters=parameters)


@routes.post("/lists/<key>/bulk/export", permission=Exports.EXPORT)
@costly("30/minute")
def export(key: str) -> Response:
    list_type, parameters, ids = _asked(key, request.form)
    chosen = _format(request.form.get("format", ""))
    sheet = sheet_of(session(), actor(), list_type, parameters, ids)
    count = count_of(session(), sheet)
    note_export(session(), actor(), sheet, chosen, count)
    if count <= AT_ONCE:
        return _sent(sheet, chosen)
    words = sheet.words
    export = Export(
        user_id=actor().user_id,
        token_id=actor().token_id,
        list_key=key,
        format=chosen.value,
        rows=count,
        asked={
            "parameters": parameters,
            "ids": ids,
            "name": str(list_type.label),
            "words": {
                "heads": dict(words.heads), "choices": dict(words.choices),
                "truths": list(words.truths),
            },
        },
    )  # fmt: skip
    session().add(export)
    session().flush()
    enqueue(session(), MAKE, export.id)
    return go_to(url_for("exports.show", export_id=export.id))


@routes.get("/exports/<int:export_id>", permission=Exports.EXPORT)
def show(export_id: int) -> Response:
    """Whether it is there yet; looks again by itself until it is."""
    export = _mine(export_id)
    list_type = list_named(export.list_key)
    return render("exports/show.html", export=export, list=list_type, moment=now())


@routes.get("/exports/<int:export_id>/file", permission=Exports.EXPORT)
def download(export_id: int) -> Response:
    """The file, for whoever asked for it and may still see what is in it."""
    export = _mine(export_id)
    list_type = list_named(export.list_key)
    if not actor().may(list_type.permission) or set(export.groups) - actor().field_groups:
        raise Forbidden
    if export.expires_at is None or export.key is None or export.failed:
        raise NotFound
    path = storage.path_of(export.key)
    if export.expires_at < now() or not path.exists():
        raise Gone(_("This file was kept for a day. Export the list again."))
    return _attachment(path.open("rb"), list_type, Format(export.format))


def _asked(key: str, given: MultiDict[str, str]) -> tuple[ListType, dict[str, str], list[int]]:
    list_type = reach(key)
    ids = read_ids(given)
    parameters = {name: value for name, value in request.args.items() if name in PARTS}
    return list_type, parameters, list(ids)


def _format(text: str) -> Format:
    try:
        return Format(text)
    except ValueError:
        raise Invalid({"format": [_("Choose CSV or Excel.")]}) from None


def _mine(export_id: int) -> Export:
    export = session().get(Export, export_id)
    if export is None or export.user_id != actor().user_id:
        raise NotFound
    return export


def _sent(sheet: Sheet, chosen: Format) -> Response:
    # `_parts` closes it when the answer has gone out.
    file = TemporaryFile()  # noqa: SIM115
    write(file, chosen, str(sheet.list_type.label), sheet.heads, sheet.rows(session()))
    file.seek(0)
    return _attachment(file, sheet.list_type, chosen)


def _attachment(file: IO[bytes], list_type: ListType, chosen: Format) -> Response:
    name = f"{list_type.label} {today(actor().timezone).isoformat()}.{chosen.value}"
    response = FlaskResponse(_parts(file), mimetype=chosen.content_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "no-store"
    return response


def _parts(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while part := file.read(CHUNK):
            yield part
