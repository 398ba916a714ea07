"""A list as a board: a column for each value of a choice, its cards in the list's order."""

from dataclasses import dataclass, field, replace
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.errors import Invalid
from concord.lists.conditions import Ignored
from concord.lists.fields import Field
from concord.lists.groups import MOST_COUNTED
from concord.lists.rows import Listed, ListRow, listed
from concord.lists.tree import Condition, Group
from concord.lists.types import Asked, ListType
from concord.records.models import Record

CARDS = 40


@dataclass(slots=True, kw_only=True)
class Lane:
    """A column of a board. `more`: there are cards that are not shown."""

    key: str
    label: str
    tone: str
    count: int
    rows: list[ListRow] = field(default_factory=list)
    more: bool = False

    @property
    def capped(self) -> bool:
        return self.count > MOST_COUNTED


@dataclass(slots=True, kw_only=True)
class Board:
    by: Field
    lanes: list[Lane]
    ignored: list[Ignored]
    may_move: bool


def board_field(list_type: ListType, actor: Actor, asked: Asked) -> Field:
    """The choice by which the cards stand; Invalid where the list has no such board."""
    fields = list_type.fields_for(actor)
    names = [asked.look.by] if asked.look.by in list_type.board else [*list_type.board]
    found = next((known for name in names if (known := fields.get(name or "")) is not None), None)
    if found is None:
        raise Invalid({"layout": [_("This list has no board.")]})
    return found


def board(session: Session, actor: Actor, list_type: ListType, asked: Asked) -> Board:
    """Every column with its first cards: a statement for each, and one that counts."""
    by = board_field(list_type, actor, asked)
    counts, ignored = _counts(session, actor, list_type, asked, by)
    values = [*(value for value, _label in by.options), *([None] if counts.get(None) else [])]
    lanes = []
    for value in values:
        found = _cards(session, actor, list_type, asked, by, value) if counts.get(value) else None
        lanes.append(
            Lane(
                key="" if value is None else value,
                label=_("None") if value is None else by.label_of(value),
                tone=by.tones.get(value or "", ""),
                count=counts.get(value, 0),
                rows=found.rows if found else [],
                more=bool(found and found.next),
            )
        )
    may_move = by.editable is not None and list_type.may_write(actor)
    return Board(by=by, lanes=lanes, ignored=ignored, may_move=may_move)


def _counts(
    session: Session, actor: Actor, list_type: ListType, asked: Asked, by: Field
) -> tuple[dict[Any, int], list[Ignored]]:
    query, ignored = list_type.asked(session, actor, asked)
    value = by.expression(actor).label("value")
    inner = query.with_only_columns(Record.id, value, maintain_column_froms=True)
    counted = inner.limit(MOST_COUNTED + 1).subquery("counted")
    rows = session.execute(select(counted.c.value, func.count()).group_by(counted.c.value))
    return {row[0]: row[1] for row in rows}, ignored


def _cards(
    session: Session, actor: Actor, list_type: ListType, asked: Asked, by: Field, value: Any
) -> Listed:
    condition = Condition(by.name, "empty") if value is None else Condition(by.name, "is", (value,))
    return listed(session, actor, list_type, within(asked, condition), limit=CARDS)


def within(asked: Asked, *conditions: Condition) -> Asked:
    """The same list, narrowed by more conditions."""
    look = replace(asked.look, filter=Group("all", (asked.look.filter, *conditions)), group=None)
    return replace(asked, look=look, cursor=None)
