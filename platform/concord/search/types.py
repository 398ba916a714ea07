"""What a noun says about itself so that it is found: the safe values of each face."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy.orm import Session

from concord.actors import Actor, Face
from concord.database.base import Model

R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A record as one face may find it. Values of a field group never belong here, and neither
    do names of other records: who finds it may not know them.

    `names` are further names, `numbers` phones and the like, found by any part of four characters,
    `addresses` e-mail and web addresses. What is for `everyone` on a face belongs to no company.
    """

    title: str
    names: Iterable[str | None] = ()
    numbers: Iterable[str | None] = ()
    addresses: Iterable[str | None] = ()
    text: Iterable[str | None] = ()
    everyone: bool = False


def no_details(_session: Session, _actor: Actor, _ids: Sequence[int]) -> Mapping[int, str]:
    """Nothing beside the title."""
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchType(Generic[R]):
    """How records of one kind are found.

    `documents` gives one document for each face that may find the record. `details` says in a few
    words, by id, what these records are, as far as the actor may know it. `parts` names models
    whose change changes the record's documents, with the attribute that holds the record's id.
    `people` are found after an @.
    """

    documents: Callable[[R], Mapping[Face, Document]]
    details: Callable[[Session, Actor, Sequence[int]], Mapping[int, str]] = no_details
    parts: Mapping[type[Model], str] = field(default_factory=dict)
    people: bool = False


def by_title(record: Any) -> Mapping[Face, Document]:
    """What a noun that says nothing else is found by: its title, by staff."""
    return {Face.STAFF: Document(title=record.title)}


def nowhere(_record: Any) -> Mapping[Face, Document]:
    return {}


BY_TITLE: SearchType[Any] = SearchType(documents=by_title)
NOWHERE: SearchType[Any] = SearchType(documents=nowhere)
"""For records that nobody looks for."""
