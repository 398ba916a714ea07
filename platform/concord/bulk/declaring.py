"""What a noun says about changing many of its records, and the verbs there are."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from flask_babel import LazyString
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.api.collection import AnyCollection
from concord.bulk.images import Image
from concord.errors import NotFound
from concord.identity.models import User
from concord.installation import current_installation

Values: TypeAlias = dict[str, Any]
"""What a verb was given, as JSON."""
Phrase: TypeAlias = tuple[str, str]
"""A sentence, or a piece of one, in English and in Chinese."""
MANY = "\ue000"
"""Stands in a run's sentence for the records with their number, which is known at the end."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The noun with a number before it."""

    one: str
    many: str
    zh: str

    def filled(self, said: Mapping[str, str], count: int) -> Phrase:
        """A sentence that was kept with MANY in it, said of so many."""
        noun = self.one if count == 1 else self.many
        en, zh = f"{count:,} {noun}", f" {count:,} {self.zh}"
        return said["en"].replace(MANY, en), said["zh"].replace(MANY, zh)


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkType:
    """What can be done to many records of the collection's kind.

    `assign(session, actor, records, owner)` and `restore(session, actor, record)` are the noun's
    actions; one that is left out is a verb that the noun does not have. `verbs` are its own ones.
    """

    collection: AnyCollection
    counted: Counted
    assign: Callable[[Session, Actor, Sequence[Any], User], object] | None = None
    restore: Callable[[Session, Actor, Any], object] | None = None
    verbs: tuple["BulkVerb", ...] = field(default=())

    @property
    def kind(self) -> str:
        return self.collection.kind


Read: TypeAlias = Callable[[Session, Actor, BulkType, Mapping[str, Any]], Values]
Apply: TypeAlias = Callable[..., Mapping[int, Image] | None]
Said: TypeAlias = Callable[[Session, BulkType, Values], Phrase]


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkVerb:
    """One thing to do to many records.

    `permission(type)` is what it takes on each record, None where the noun has no such verb.
    `read(session, actor, type, sent)` checks what was sent and gives the values to keep, or raises
    Invalid. `apply(session, actor, type, records, values)` does it; what it changes beside the
    records' own columns it gives as images. `said(session, type, values)` says it in English and
    Chinese with MANY in it. `archived` verbs work on records that are put away.
    """

    key: str
    label: LazyString
    icon: str
    permission: Callable[[BulkType], str | None]
    read: Read
    apply: Apply
    said: Said
    told: Callable[[Values], int | None] = lambda _values: None
    template: str = "bulk/verbs/plain.html"
    archived: bool = False
    danger: bool = False


def bulk_types() -> Iterator[BulkType]:
    for module in current_installation().modules:
        yield from module.bulk


def bulk_type(kind: str) -> BulkType:
    """The declaration for a kind; NotFound where its records are not changed in bulk."""
    for found in bulk_types():
        if found.kind == kind:
            return found
    raise NotFound
