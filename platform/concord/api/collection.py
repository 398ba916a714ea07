"""A collection: everything the REST API needs to know about one noun, in one value."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from marshmallow import Schema
from sqlalchemy import Select, inspect
from sqlalchemy.orm import Session
from sqlalchemy.sql.base import ExecutableOption
from sqlalchemy.types import TypeDecorator

from concord.actors import Actor, Face
from concord.api.serialising import Serialiser, serialiser
from concord.database.base import Model
from concord.policy import field_groups_hidden
from concord.records.models import Record
from concord.web.routing import STAFF

M = TypeVar("M", bound=Model)
SchemaChoice: TypeAlias = type[Schema] | Callable[[Actor], type[Schema]]
"""A schema class, or a function that gives the one for an actor's face."""


class Visibility(Protocol):
    """What a collection asks of a policy; `concord.policy.Policy` is one."""

    def visible(self, actor: Actor) -> Select[Any]: ...
    def allows(self, actor: Actor, permission: str, record: Any) -> bool: ...


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter whose `.contains` looks into a column of its own, made for searching.

    `normalise` turns what the caller wrote into the form that `contains` is stored in.
    """

    column: Any
    contains: Any = None
    normalise: Callable[[str], str] = str.strip

    @classmethod
    def of(cls, declared: Any) -> "Filter":
        return declared if isinstance(declared, cls) else cls(declared)

    @property
    def kind(self) -> type:
        """The Python type of the column's values."""
        stored = self.column.type
        if isinstance(stored, TypeDecorator):
            stored = stored.impl_instance
        found: type = stored.python_type
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection(Generic[M]):
    """A noun as a REST resource at `/api/v1/<name>`.

    `filters` and `sorts` map the names callers use to columns (a filter may be a `Filter`); the
    first sort is the default one. `search` narrows a query by `q`. `field_groups` maps a field to
    the group that opens it: whoever lacks the group can neither read, write, filter nor sort by
    it. Outside faces may filter and sort by fields of their own schema only.

    `create(session, actor, values)`, `update(session, actor, record, values)` and
    `archive(session, actor, record)` are the noun's actions; a missing one has no method.
    `fixed` names fields that are set at creation only, `shown_once` those that hold a secret in
    the answer to it and are kept nowhere; `options` say how objects are loaded.
    """

    name: str
    kind: str
    model: type[M]
    policy: Visibility
    permission_read: str
    permission_write: str
    permission_archive: str | None = None
    faces: frozenset[Face] = STAFF
    writing_faces: frozenset[Face] = STAFF
    out_schema: SchemaChoice
    in_schema: SchemaChoice | None = None
    create: Callable[[Session, Actor, dict[str, Any]], M] | None = None
    update: Callable[[Session, Actor, M, dict[str, Any]], object] | None = None
    archive: Callable[[Session, Actor, M], object] | None = None
    filters: Mapping[str, Any] = field(default_factory=dict)
    sorts: Mapping[str, Any] = field(default_factory=dict)
    search: Callable[[Session, Actor, Select[Any], str], Select[Any]] | None = None
    field_groups: Mapping[str, str] = field(default_factory=dict)
    options: Sequence[ExecutableOption] = ()
    fixed: frozenset[str] = frozenset({"company_id"})
    shown_once: frozenset[str] = frozenset()

    @property
    def identifier(self) -> Any:
        """The id column that lists end with: the spine's, whose indexes hold the order."""
        return Record.id if issubclass(self.model, Record) else self.model.id  # type: ignore[attr-defined]

    @property
    def versioned(self) -> bool:
        return inspect(self.model).version_id_col is not None

    def out_for(self, actor: Actor) -> type[Schema]:
        return chosen(self.out_schema, actor)

    def in_for(self, actor: Actor) -> type[Schema]:
        if self.in_schema is None:
            raise LookupError(f"{self.name} has actions but no in_schema")
        return chosen(self.in_schema, actor)

    def shown_to(self, actor: Actor) -> Serialiser:
        """What `actor` sees of one record, or of many."""
        return serialiser(self.out_for(actor), self.hidden(actor), self.model)

    def hidden(self, actor: Actor) -> frozenset[str]:
        """The fields that do not exist for `actor`."""
        return field_groups_hidden(actor, self.field_groups)

    def filters_for(self, actor: Actor) -> dict[str, Any]:
        return self._open(actor, self.filters)

    def sorts_for(self, actor: Actor) -> dict[str, Any]:
        return self._open(actor, self.sorts)

    def _open(self, actor: Actor, names: Mapping[str, Any]) -> dict[str, Any]:
        hidden = self.hidden(actor)
        shown = self.out_for(actor)._declared_fields if actor.outside else names
        return {name: names[name] for name in names if name in shown and name not in hidden}


AnyCollection: TypeAlias = Collection[Any]


def chosen(choice: SchemaChoice, actor: Actor) -> type[Schema]:
    """A schema, or the one that its function picks for the actor."""
    return choice if isinstance(choice, type) else choice(actor)
