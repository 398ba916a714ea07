"""Records by their titles, as they are compared: in any case and width, and by their pinyin."""

from typing import Any

from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.records.models import Record
from concord.records.sorting import normalised


def titled(text: str) -> ColumnElement[bool]:
    """SQL: the title holds this text."""
    return Record.sort_key.contains(normalised(text), autoescape=True)


def search_titles(session: Session, actor: Actor, query: Select[Any], text: str) -> Select[Any]:
    """A list narrowed by `q`, where a noun has nothing but its title to be known by."""
    return query.where(titled(text))
