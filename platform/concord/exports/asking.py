"""What of a list is wanted as a file, and how much that is."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.errors import Forbidden, Invalid
from concord.exports.permissions import Exports
from concord.exports.sheets import Sheet, Words
from concord.lists import tree
from concord.lists.fields import Field, Fields
from concord.lists.types import ListType
from concord.records.models import Record

MOST = 200_000
AT_ONCE = 2_000
"""So many rows are answered where they are asked for; more are a job."""


def sheet_of(
    session: Session,
    actor: Actor,
    list_type: ListType,
    parameters: Mapping[str, str],
    ids: Sequence[int] = (),
    words: Words | None = None,
) -> Sheet:
    """The list as the actor sees it with these parameters, or these of its records.

    Forbidden without the right to export, or to read the list. Invalid for what has no meaning.
    """
    if not (actor.may(Exports.EXPORT) and actor.may(list_type.permission)):
        raise Forbidden
    asked = tree.read(parameters.get("filter", ""))
    searched = parameters.get("q", "")
    query, _ignored = list_type.matching(session, actor, asked, words=searched, forgiving=True)
    if ids:
        query = query.where(Record.id.in_(ids))
    fields = list_type.fields_for(actor)
    columns = _columns(list_type, fields, parameters.get("columns", ""))
    return Sheet(
        list_type=list_type,
        actor=actor,
        fields=columns,
        query=query,
        order=_order(actor, list_type, fields, parameters.get("sort", "")),
        words=words or Words.of(columns),
    )


def count_of(session: Session, sheet: Sheet) -> int:
    """How many rows, counted up to one more than can be had."""
    query: Select[Any] = sheet.query.with_only_columns(Record.id, maintain_column_froms=True)
    few = query.order_by(None).limit(MOST + 1).subquery()
    count = session.scalar(select(func.count()).select_from(few)) or 0
    if count > MOST:
        sentence = _("At most %(most)s rows in one file: narrow the list.", most=MOST)
        raise Invalid({"_": [sentence]})
    return count


def _columns(list_type: ListType, fields: Fields, text: str) -> list[Field]:
    names = [name for name in text.split(",") if name] or list(list_type.columns)
    return _known(fields, names, "columns")


def _order(actor: Actor, list_type: ListType, fields: Fields, text: str) -> list[Any]:
    names = [name for name in text.split(",") if name] or list(list_type.sort)
    found: list[Any] = []
    for name in names:
        field = _known(fields, [name.removeprefix("-")], "sort")[0]
        column = field.ordering(actor)
        found.append(
            column.desc().nulls_last() if name.startswith("-") else column.asc().nulls_last()
        )
    return [*found, Record.id]


def _known(fields: Fields, names: Sequence[str], part: str) -> list[Field]:
    found = []
    for name in names:
        field = fields.get(name)
        if field is None:
            raise Invalid({part: [_("There is no such field: %(name)s.", name=name[:80])]})
        found.append(field)
    return found
