"""Tags for programs: those there are, and those on a record."""

from flask import Response, request
from flask_babel import lazy_gettext as _l
from marshmallow import Schema, fields
from sqlalchemy import Select, false, select, true
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.api import body
from concord.api.answers import answer, nothing
from concord.api.collection import Collection
from concord.api.describe import Operation, describes
from concord.api.fields import Identifier
from concord.api.idempotency import HEADER, hashed, once
from concord.api.serialising import serialiser
from concord.errors import NotFound
from concord.records.access import find_record
from concord.tags import actions, queries
from concord.tags.access import taggable
from concord.tags.models import HUES, Tag
from concord.tags.permissions import Tags
from concord.web.request import actor, session
from concord.web.routing import Routes

routes = Routes("api_tags", __name__, url_prefix="/api/v1/records")


class TagPolicy:
    """The house's tags: known to staff, managed by whoever may."""

    def visible(self, actor: Actor) -> Select[Tag]:
        return select(Tag).where(true() if actor.staff and actor.may(Tags.TAG_READ) else false())

    def allows(self, actor: Actor, permission: str, _tag: Tag) -> bool:
        return actor.staff and actor.may(permission)


class TagIn(Schema):
    name = fields.String(required=True)
    hue = fields.Integer(validate=lambda hue: 0 <= hue < HUES)


class TagOut(Schema):
    id = Identifier()
    name = fields.String()
    hue = fields.Integer()


class NamesIn(Schema):
    tags = fields.List(fields.String(), required=True)


def create(session: Session, actor: Actor, values: dict[str, object]) -> Tag:
    return actions.find_or_make(session, actor, [str(values["name"])])[0]


def change(session: Session, actor: Actor, tag: Tag, values: dict[str, object]) -> None:
    name, hue = str(values.get("name", tag.name)), int(str(values.get("hue", tag.hue)))
    actions.change(session, actor, tag, name=name, hue=hue)


TAG_COLLECTION: Collection[Tag] = Collection(
    name="tags",
    kind="tag",
    model=Tag,
    policy=TagPolicy(),
    permission_read=Tags.TAG_READ,
    permission_write=Tags.TAG_MANAGE,
    out_schema=TagOut,
    in_schema=TagIn,
    create=create,
    update=change,
    archive=actions.remove,
    filters={"name": Tag.name, "hue": Tag.hue, "created_at": Tag.created_at},
    sorts={"name": Tag.key, "created_at": Tag.created_at},
)


@routes.get("/<identifier:record_id>/tags", permission=Tags.TAG_READ)
@describes(
    Operation(tag="tags", summary=_l("The tags of a record"), response=TagOut, paged="string")
)
def of_record(record_id: int) -> Response:
    record, _type = find_record(session(), actor(), record_id)
    return answer(_shown(queries.tagged(session(), actor(), record)))


@routes.post("/<identifier:record_id>/tags", permission=Tags.TAG_READ)
@describes(
    Operation(
        tag="tags",
        summary=_l("Put tags on a record; new ones are made"),
        request=NamesIn,
        response=TagOut,
        paged="string",
        keyed=True,
    )
)
def put_on(record_id: int) -> Response:
    """To have a tag twice is to have it once: a repeated request does no harm."""
    record = taggable(session(), actor(), record_id)
    names = body.read(NamesIn)["tags"]
    if once(session(), actor(), request.headers.get(HEADER), hashed(request.get_data())):
        for tag in actions.find_or_make(session(), actor(), names):
            actions.put_on(session(), actor(), [record.id], tag)
    return answer(_shown(queries.tagged(session(), actor(), record)))


@routes.delete("/<identifier:record_id>/tags/<identifier:tag_id>", permission=Tags.TAG_READ)
@describes(Operation(tag="tags", summary=_l("Take a tag off a record"), status=204))
def take_off(record_id: int, tag_id: int) -> Response:
    record = taggable(session(), actor(), record_id)
    tag = session().get(Tag, tag_id)
    if tag is None or not actions.take_off(session(), actor(), [record.id], tag):
        raise NotFound
    return nothing()


def _shown(found: queries.Tagged) -> dict[str, object]:
    return {"items": serialiser(TagOut).many(found.tags), "next": None}
