"""A record's timeline over REST: reading a stream by position, and writing on it."""

from collections.abc import Mapping
from typing import Any

from flask import Response, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import Schema, fields, validate

from concord.actors import Actor, Audience
from concord.api import body
from concord.api.answers import answer
from concord.api.describe import Operation, Parameter, describes
from concord.api.fields import Identifier, Moment, Part
from concord.api.filtering import read_limit, read_position, single
from concord.api.idempotency import HEADER, Once, hashed, once
from concord.api.serialising import Serialiser, serialiser
from concord.errors import Invalid, NotFound
from concord.installation import current_installation
from concord.records.access import find_place, find_record
from concord.records.models import Record
from concord.timeline.actions import post
from concord.timeline.facts import POSTED
from concord.timeline.permissions import Timeline
from concord.timeline.queries import PAGE, one, page
from concord.web.request import actor, session
from concord.web.routing import EVERYBODY, SIGNED_IN, Routes

routes = Routes("api_timeline", __name__)
AUDIENCES = tuple(audience.word for audience in Audience)
KINDS = {*POSTED, "event", "edit", "withdrawal"}
PARAMETERS = frozenset({"after", "before", "limit", "kinds", "audience"})


class FileOut(Schema):
    id = Identifier()
    name = fields.String()
    size = fields.Integer()


class OutsideWriter(Schema):
    """Whoever did it, as people outside know them."""

    name = fields.String(attribute="actor_name")
    face = fields.String(attribute="actor_face")
    company = fields.String(attribute="company_name")


class Writer(OutsideWriter):
    id = Identifier(attribute="actor_id", allow_none=True)


class OutsideSubject(Schema):
    """What it was done to. No id: the reader cannot open it."""

    id = Identifier(attribute="record_id", allow_none=True)
    title = fields.String(attribute="record_title")


class Subject(OutsideSubject):
    url = fields.String(attribute="record_url", allow_none=True)


class OutsideEntry(Schema):
    """An entry for people outside: an allow-list of its own, on positions of their own stream."""

    id = Identifier()
    position = fields.Integer()
    kind = fields.String()
    actor = Part(OutsideWriter)
    at = Moment()
    audience = fields.String(attribute="audience.word")
    sentence = fields.String()
    body = fields.String()
    record = Part(OutsideSubject)
    files = fields.List(fields.Nested(FileOut))
    entry_id = Identifier(attribute="amends_id", allow_none=True)
    edited_at = Moment(allow_none=True)
    withdrawn_at = Moment(allow_none=True)


class StaffEntry(OutsideEntry):
    """The same for staff, who also learn which company reads it."""

    actor = Part(Writer)
    record = Part(Subject)
    reader = fields.String(attribute="reader_name")


class EntryIn(Schema):
    kind = fields.String(load_default="note", validate=validate.OneOf(tuple(POSTED)))
    body = fields.String(load_default="")
    audience = fields.String(load_default="internal", validate=validate.OneOf(AUDIENCES))
    company_id = Identifier(load_default=None, allow_none=True)
    mentions = fields.List(Identifier(), load_default=list)
    files = fields.List(Identifier(), load_default=list)


def schema_for(who: Actor) -> type[Schema]:
    return OutsideEntry if who.outside else StaffEntry


READ = Operation(
    tag="timeline",
    summary=_l("Read a timeline, newest first"),
    parameters=(
        Parameter("after", "integer", _l("The entries nearest above this position")),
        Parameter("before", "integer", _l("The entries nearest below this position")),
        Parameter("limit", "integer", _l("How many, at most 100")),
        Parameter("kinds", "string", _l("Only these kinds, separated by commas")),
        Parameter("audience", "string", _l("Only what this audience reads")),
    ),
    response=schema_for,
    paged="integer",
)
WRITE = Operation(
    tag="timeline",
    summary=_l("Write on a timeline"),
    request=EntryIn,
    response=schema_for,
    status=201,
    keyed=True,
)


@routes.get(
    "/api/v1/records/<identifier:record_id>/timeline", permission=SIGNED_IN, faces=EVERYBODY
)
@describes(READ)
def read(record_id: int) -> Response:
    given = single(request.args)
    asked = _asked(given)
    record = find_place(session(), actor(), record_id)
    found = page(session(), actor(), record, limit=read_limit(given, PAGE), **asked)
    items = _serialiser().many(found.entries)
    return answer({"items": items, "next": found.next, "position": found.position})


@routes.post(
    "/api/v1/records/<identifier:record_id>/timeline", permission=Timeline.POST, faces=EVERYBODY
)
@describes(WRITE)
def write(record_id: int) -> Response:
    """Positions are given at the commit, so the answer is read after it."""
    record, _type = find_record(session(), actor(), record_id)
    request_hash = hashed(request.get_data())
    with once(session(), actor(), request.headers.get(HEADER), request_hash) as first:
        entry_id = _written(record, first) if first else _written_before(first)
    session().commit()
    with current_installation().database.read_session() as reading:
        found = one(reading, actor(), record, entry_id)
    if found is None:
        raise NotFound
    response = answer(_serialiser().one(found), 201)
    if not first:
        response.headers["Idempotency-Replayed"] = "true"
    return response


def _written(record: Record, first: Once) -> int:
    values = body.read(EntryIn)
    values["audience"] = Audience[values["audience"].upper()]
    entry = post(session(), actor(), record, **values)
    first.keep(201, headers={"id": str(entry.id)})
    return entry.id


def _written_before(repeated: Once) -> int:
    assert repeated.answer is not None
    return int(repeated.answer.headers["id"])


def _serialiser() -> Serialiser:
    return serialiser(schema_for(actor()))


def _asked(given: Mapping[str, str]) -> dict[str, Any]:
    """Where in the stream, and what of it; Invalid names what has no meaning."""
    if unknown := sorted(given.keys() - PARAMETERS):
        raise Invalid({name: [_("There is no such filter.")] for name in unknown})
    if "after" in given and "before" in given:
        raise Invalid({"before": [_("Ask for what is after or for what is before, not both.")]})
    audience = given.get("audience")
    if audience not in (None, *AUDIENCES):
        raise Invalid({"audience": [_("There is no such audience.")]})
    kinds = given["kinds"].split(",") if given.get("kinds") else []
    if set(kinds) - KINDS:
        raise Invalid({"kinds": [_("There is no such kind of entry.")]})
    return {
        "after": read_position(given, "after"),
        "before": read_position(given, "before"),
        "kinds": kinds,
        "audience": Audience[audience.upper()] if audience else None,
    }
