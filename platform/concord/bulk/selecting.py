"""Which records are meant: named one by one, or everything that a list or a filter finds."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from concord.actors import Actor
from concord.api.collection import AnyCollection
from concord.api.filtering import read_query
from concord.errors import Invalid
from concord.lists import tree
from concord.lists.registry import list_of_collection
from concord.records.access import LARGEST_ID
from concord.records.models import Record

MOST_IDS = 10_000


def by_ids(
    collection: AnyCollection, actor: Actor, ids: Sequence[int], *, archived: bool = False
) -> Select[Any]:
    """The ids of those among `ids` that the actor sees; Invalid where they are none or too many."""
    wanted = {id_ for id_ in ids if 0 < id_ <= LARGEST_ID}
    if not wanted:
        raise Invalid({"ids": [_("Choose at least one record.")]})
    if len(wanted) > MOST_IDS:
        sentence = _("At most %(most)s records by id; name more by a filter.", most=MOST_IDS)
        raise Invalid({"ids": [sentence]})
    return _ids(collection, actor, archived).where(Record.id.in_(wanted))


def by_filter(
    session: Session,
    collection: AnyCollection,
    actor: Actor,
    asked: Mapping[str, Any],
    words: str | None = None,
    *,
    archived: bool = False,
) -> Select[Any]:
    """The ids of everything a filter finds: the parameters of the collection's address, or the
    tree of a list's filter. Invalid names what is unknown or senseless."""
    known = list_of_collection(collection.name)
    if known is not None and asked.keys() & {"all", "any"}:
        group = tree.from_json(dict(asked))
        query, _ignored = known.matching(session, actor, group, words=words or "", strict=True)
        return query.with_only_columns(Record.id, maintain_column_froms=True)
    given = MultiDict({name: _as_text(name, value) for name, value in asked.items()})
    if words:
        given["q"] = words
    read = read_query(collection, actor, given)
    query = _ids(collection, actor, archived).where(*read.conditions)
    if read.search is not None and collection.search is not None:
        query = collection.search(session, actor, query, read.search)
    return query


def _ids(collection: AnyCollection, actor: Actor, archived: bool) -> Select[Any]:
    policy: Any = collection.policy
    query: Select[Any] = policy.visible(actor, archived=archived)
    return query.with_only_columns(Record.id, maintain_column_froms=True)


def _as_text(name: str, value: Any) -> str:
    """A filter's value as an address would hold it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(type(part) in (int, str) for part in value):
        return ",".join(map(str, value))
    if value is None:
        return ""
    if type(value) not in (int, str):
        raise Invalid({f"filter.{name}"[:200]: [_("Send some text.")]})
    return str(value)
