"""A noun in one value: what it is called, who may do what, which fields it has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeAlias, TypeVar

from flask_babel import LazyString
from marshmallow import Schema
from sqlalchemy import ColumnElement

from concord.actors import Actor, Face
from concord.bulk.declaring import Counted
from concord.lists.types import BuiltIn
from concord.policy import Policy, ScopedPolicy
from concord.records.models import Record

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Words:
    """What the noun is called inside sentences; `counted` stands after a number in Chinese."""

    one: str
    many: str
    zh: str
    counted: str

    @property
    def counting(self) -> Counted:
        """The noun with a number before it."""
        return Counted(self.one, self.many, self.counted)


@dataclass(frozen=True, kw_only=True, eq=False)
class Noun(Generic[R]):
    """A kind of record with the usual pages, list, API, facts and search, from its fields.

    `name` is the plural in addresses (`/visits`, `/api/v1/visits`), `kind` the singular. `schema`
    declares each field once, with its look (`concord.nouns.fields`); the one whose attribute is
    `title` names the record. Every record concerns a company, whose timeline tells of it too.

    `columns` are shown in the list at first, `board` and `calendar` name the choices and days by
    which it can also be laid out. `faces` opens `shared`, and no other field, to the people of the
    company. `policy` is made from `read` and `faces` unless a noun has its own, and whoever may
    write may archive unless `archive` names another permission.

    The page shows the fields named by `facts`, all without it. A template in the folder `parts` is
    taken instead of the one of this name in `nouns`; a noun with ways of its own overrides steps of
    `concord.nouns.pages.Pages`.
    """

    name: str
    kind: str
    model: type[R]
    label: LazyString
    plural: LazyString
    words: Words
    icon: str
    read: str
    write: str
    schema: type[Schema]
    columns: tuple[str, ...]
    sort: str
    board: tuple[str, ...] = ()
    calendar: tuple[str, ...] = ()
    views: tuple[BuiltIn, ...] = ()
    faces: frozenset[Face] = frozenset()
    shared: tuple[str, ...] = ()
    own_policy: Policy[R] | None = None
    archive: str | None = None
    facts: tuple[str, ...] = ()
    parts: str | None = None
    section: str = "work"
    order: int = 60
    defaults: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def policy(self) -> Policy[R]:
        return self.own_policy or SharedPolicy(self)

    @property
    def archiving(self) -> str:
        """The permission to archive and restore."""
        return self.archive or self.write

    @cached_property
    def form(self) -> Schema:
        """The fields as pages and lists read them."""
        return self.schema()

    def attribute(self, name: str) -> str:
        """The model's attribute behind a field."""
        return self.form.fields[name].attribute or name

    def column(self, name: str) -> Any:
        """The SQL behind a field: the spine's own column for what stands there."""
        attribute = self.attribute(name)
        return Record.title if attribute == "title" else getattr(self.model, attribute)

    def names(self) -> Sequence[str]:
        return tuple(self.form.fields)

    def part(self, name: str) -> list[Any]:
        """Where a template of the pages is looked for."""
        return [f"{folder}/{name}" for folder in (self.parts, "nouns") if folder]


AnyNoun: TypeAlias = Noun[Any]


class SharedPolicy(ScopedPolicy[R]):
    """Staff by scope; the people of the company by the faces that the noun names."""

    def __init__(self, noun: Noun[R]) -> None:
        super().__init__(noun.model, kind=noun.kind, read=noun.read)
        self.faces = noun.faces

    def outside(self, actor: Actor) -> ColumnElement[bool]:
        if actor.face not in self.faces:
            return super().outside(actor)
        return Record.company_id == actor.company_id
