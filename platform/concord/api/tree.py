"""A filter tree in a collection's address: what a list on pages understands, a program may ask."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from concord.actors import Actor
from concord.api.collection import AnyCollection
from concord.errors import Invalid
from concord.lists import tree
from concord.lists.conditions import Reading
from concord.lists.registry import list_of_collection

PARAMETER = "filter"


def takes_tree(collection: AnyCollection, actor: Actor) -> bool:
    """Lists are for staff: outside faces filter by the fields of their own schema only."""
    return actor.staff and list_of_collection(collection.name) is not None


def split(
    session: Session, actor: Actor, collection: AnyCollection, arguments: MultiDict[str, str]
) -> tuple[list[Any], MultiDict[str, str]]:
    """The conditions of `filter=`, and the rest of the address. Unknown fields are refused."""
    rest = MultiDict((n, text) for n, text in arguments.items(multi=True) if n != PARAMETER)
    texts = arguments.getlist(PARAMETER)
    if not texts:
        return [], rest
    known = list_of_collection(collection.name)
    if known is None or not takes_tree(collection, actor) or len(texts) > 1:
        raise Invalid({PARAMETER: [_("There is no such filter.")]})
    reading = Reading(session, actor, known.fields_for(actor), strict=True)
    condition = reading.sql(tree.read(texts[0]))
    return ([] if condition is None else [condition]), rest
