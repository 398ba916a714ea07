"""Records by their titles, as they are compared: in any case and width, and by their pinyin."""

from typing import Any

from sqlalchemy import ColumnElement, Select, case, or_, select, union_all
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.records.models import Record
from concord.records.sorting import normalised

FEW = 1000
"""So many records a statement names one by one."""


def titled(text: str) -> ColumnElement[bool]:
    """SQL: the title holds this text."""
    return Record.sort_key.contains(normalised(text), autoescape=True)


def narrowed(
    session: Session,
    query: Select[Any],
    kind: str,
    title: ColumnElement[bool],
    *ids: Select[tuple[int]],
) -> Select[Any]:
    """`query`, over records of `kind`, narrowed to those with such a title or with one of `ids`.

    Titles are looked through in the index of lists alone, which takes a fifth of the time that the
    rows would. Where many are found a list is full soon, and looks for itself.
    """
    found = select(Record.id).where(Record.kind == kind, title)
    few = session.scalars(union_all(*ids, found).limit(FEW + 1)).all()
    if len(few) <= FEW:
        return query.where(Record.id.in_(few))
    # PostgreSQL takes any part of a text for rare, and would look at all rows before it sorts them;
    # a CASE it takes for true of half of them.
    wanted = or_(title, *(Record.id.in_(some) for some in ids))
    return query.where(case((wanted, True), else_=False))


def search_titles(session: Session, actor: Actor, query: Select[Any], text: str) -> Select[Any]:
    """A list narrowed by `q`, where a noun has nothing but its title to be known by."""
    return query.where(titled(text))
