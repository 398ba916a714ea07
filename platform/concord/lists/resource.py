"""Views in the REST API."""

from typing import Any

from flask_babel import gettext as _
from marshmallow import Schema, fields
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.api.collection import Collection
from concord.api.fields import Identifier, Moment
from concord.errors import Invalid, NotFound
from concord.lists import actions
from concord.lists.looks import as_json, from_json
from concord.lists.models import SavedView
from concord.lists.permissions import Lists
from concord.lists.policy import VIEWS
from concord.lists.registry import list_named
from concord.lists.types import ListType


class ViewIn(Schema):
    """`look` holds filter, sort, group, columns, layout, by and widths, each where it matters."""

    list = fields.String(required=True)
    name = fields.String(required=True)
    look = fields.Dict(keys=fields.String())
    shared = fields.Boolean()


class ViewOut(Schema):
    id = Identifier()
    list = fields.String(attribute="list_key")
    name = fields.String()
    look = fields.Dict()
    shared = fields.Boolean(attribute="is_shared")
    owner_id = Identifier()
    created_at = Moment()
    updated_at = Moment()


def create(session: Session, actor: Actor, values: dict[str, Any]) -> SavedView:
    look = from_json(values.get("look") or {})
    return actions.save_view(
        session,
        actor,
        _readable(actor, values["list"]),
        name=values["name"],
        look=look,
        shared=values.get("shared", False),
    )


def update(session: Session, actor: Actor, view: SavedView, values: dict[str, Any]) -> None:
    if "name" in values:
        actions.rename_view(session, actor, view, values["name"])
    if "look" in values:
        view.look = as_json(from_json(values["look"]))
    if "shared" in values and values["shared"] != view.is_shared:
        actions.share_view(session, actor, view, values["shared"])


def _readable(actor: Actor, key: str) -> ListType:
    try:
        found = list_named(key)
    except NotFound:
        found = None
    if found is None or not actor.may(found.permission):
        raise Invalid({"list": [_("There is no such list.")]})
    return found


COLLECTION = Collection(
    name="views",
    kind="view",
    model=SavedView,
    policy=VIEWS,
    permission_read=Lists.LIST_READ,
    permission_write=Lists.VIEW_WRITE,
    out_schema=ViewOut,
    in_schema=ViewIn,
    create=create,
    update=update,
    archive=actions.delete_view,
    filters={
        "list": SavedView.list_key,
        "name": SavedView.name,
        "owner_id": SavedView.owner_id,
        "shared": SavedView.is_shared,
    },
    sorts={"id": SavedView.id},
    fixed=frozenset({"list"}),
)
