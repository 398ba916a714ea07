"""What of a list is wanted as a file, and how much that is."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from concord.actors import Actor
from concord.errors import Forbidden, Invalid
from concord.exports.permissions import Exports
from concord.exports.sheets import Sheet, Words
from concord.lists.asking import PARTS, read
from concord.lists.fields import Field, Fields, joined
from concord.lists.types import Asked, ListType
from concord.lists.views import views_of
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
    *,
    strict: bool = False,
) -> Sheet:
    """The list as the actor sees it at this address, or these of its records.

    Forbidden without the right to export, or to read the list. Invalid for what has no meaning;
    `strict` leaves out no condition that cannot be applied, but says so.
    """
    if not (actor.may(Exports.EXPORT) and actor.may(list_type.permission)):
        raise Forbidden
    own = {name: text for name, text in parameters.items() if name in PARTS}
    asked = read(list_type, actor, views_of(session, actor, list_type), MultiDict(own))
    query, _ignored = list_type.matching(
        session,
        actor,
        asked.look.filter,
        words=asked.words,
        archived=asked.archived,
        strict=strict,
        forgiving=asked.saved,
    )
    if ids:
        query = query.where(Record.id.in_(ids))
    fields = list_type.fields_for(actor)
    columns = _columns(list_type, fields, asked)
    sorts = _sorts(list_type, fields, asked)
    return Sheet(
        list_type=list_type,
        actor=actor,
        fields=columns,
        query=joined(query, [known for known, _down in sorts]),
        order=_order(actor, sorts),
        words=words or Words.of(columns),
    )


def count_of(session: Session, sheet: Sheet) -> int:
    """How many rows; Invalid where they are more than one file holds."""
    query: Select[Any] = sheet.query.with_only_columns(Record.id, maintain_column_froms=True)
    few = query.order_by(None).limit(MOST + 1).subquery()
    count = session.scalar(select(func.count()).select_from(few)) or 0
    if count > MOST:
        sentence = _("At most %(most)s rows in one file: narrow the list.", most=MOST)
        raise Invalid({"_": [sentence]})
    return count


def _columns(list_type: ListType, fields: Fields, asked: Asked) -> list[Field]:
    names = asked.look.columns or list_type.columns
    return [known for name in names if (known := fields.get(name)) is not None]


def _sorts(list_type: ListType, fields: Fields, asked: Asked) -> list[tuple[Field, bool]]:
    """As the list: by its groups first, but each record once."""
    group = fields.get(asked.look.group or "")
    first = (group.name,) if group is not None and group.each is None else ()
    names = (*first, *(asked.look.sort or list_type.sort))
    found = [(fields.get(name.removeprefix("-")), name.startswith("-")) for name in names]
    return [(known, down) for known, down in found if known is not None]


def _order(actor: Actor, sorts: Sequence[tuple[Field, bool]]) -> list[Any]:
    """Empty values last."""
    found: list[Any] = []
    for known, down in sorts:
        column = known.ordering(actor)
        found.append((column.desc() if down else column.asc()).nulls_last())
    return [*found, Record.id]
