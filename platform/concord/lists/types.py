"""A noun's list: what it is of, which fields it has, how it first looks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from flask_babel import LazyString
from marshmallow import Schema
from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.lists.conditions import Ignored, Reading
from concord.lists.fields import Field, Fields
from concord.lists.tree import NOTHING, Condition, Group
from concord.policy import Policy
from concord.records.models import Record

Edit: TypeAlias = Callable[[Session, Actor, Any, Mapping[str, Any], Mapping[str, Any]], object]
Search: TypeAlias = Callable[[Session, Actor, Select[Any], str], Select[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a list is asked to show: part of an address, and what a saved view keeps.

    `sort` holds field names, with `-` before those that run down; `by` the field by which a board
    stands or a calendar lies; `widths` the pixels of columns that somebody has drawn.
    """

    filter: Group = NOTHING
    sort: tuple[str, ...] = ()
    group: str | None = None
    columns: tuple[str, ...] = ()
    layout: str = "list"
    by: str | None = None
    widths: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def where(cls, *conditions: tuple[str, ...], **more: Any) -> "Look":
        """A look with conditions that must all hold, each as field, operator and values."""
        parts = tuple(Condition(name, op, tuple(values)) for name, op, *values in conditions)
        return cls(filter=Group("all", parts), **more)


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """A view that a noun brings with it."""

    key: str
    label: LazyString
    look: Look


@dataclass(frozen=True, slots=True, kw_only=True)
class ListType:
    """The list of one noun, or of a part of it (`narrowed`): everything the platform needs.

    `endpoint` is the page of the list. `columns` are shown at first, `second` stands below the
    title on a phone. `board` names the choices by which cards can stand in columns, `calendar`
    the days by which they can lie. `search` narrows by words; `collection` is the REST resource.

    `look` is that of the view "all". A noun with a page of its own at `endpoint` names it by
    `plain` (label and icon); the list is then what has a `layout` in its address.

    A field is changed (in place, by dropping a card, in bulk) as the noun itself would:
    `form(actor)` is the schema that reads it, `edit(session, actor, record, changes, originals)`
    the action, both by the field's `editable` name. Where a form's text is not simply the
    attribute's, `starting(actor, record)` gives it. Whoever holds `permission_restore` on a record
    finds it among the archived ones.
    """

    key: str
    kind: str
    label: LazyString
    policy: Policy[Any]
    permission: str
    permission_write: str
    permission_restore: str | None = None
    endpoint: str
    fields: tuple[Field, ...]
    title: str = "name"
    columns: tuple[str, ...]
    second: tuple[str, ...] = ()
    sort: tuple[str, ...] = ()
    look: Look = Look()
    views: tuple[BuiltIn, ...] = ()
    first: str = "all"
    board: tuple[str, ...] = ()
    calendar: tuple[str, ...] = ()
    narrowed: ColumnElement[bool] | None = None
    search: Search | None = None
    form: Callable[[Actor], Schema] | None = None
    edit: Edit | None = None
    starting: Callable[[Actor, Any], Mapping[str, str]] | None = None
    new: str | None = None
    new_label: LazyString | None = None
    collection: str | None = None
    plain: tuple[LazyString, str] | None = None
    hued: bool = False
    empty: LazyString | None = None

    def fields_for(self, actor: Actor) -> Fields:
        """The fields that exist for this actor."""
        return Fields(self.fields, actor)

    def visible(self, actor: Actor, *, archived: bool = False) -> Select[Any]:
        """The records of this list that the actor may know of."""
        query: Select[Any] = self.policy.visible(actor, archived=archived)
        return query if self.narrowed is None else query.where(self.narrowed)

    def may_write(self, actor: Actor) -> bool:
        """Something here may be changed by them, and they do not only look as somebody else."""
        return actor.looking is None and actor.may(self.permission_write)

    def may_restore(self, actor: Actor) -> bool:
        """The list of archived records is open to this actor."""
        return self.permission_restore is not None and actor.may(self.permission_restore)

    def archived(self, actor: Actor) -> Select[Any]:
        """The archived records that the actor may bring back."""
        reach = self.policy.writable(actor, self.permission_restore or "")
        return self.visible(actor, archived=True).where(reach)

    def matching(
        self,
        session: Session,
        actor: Actor,
        asked: Group,
        *,
        words: str = "",
        archived: bool = False,
        strict: bool = False,
        forgiving: bool = False,
    ) -> tuple[Select[Any], list[Ignored]]:
        """The visible records that a filter and search words leave, and what was not applied."""
        reading = Reading(
            session, actor, self.fields_for(actor), strict=strict, forgiving=forgiving
        )
        query = self.archived(actor) if archived else self.visible(actor)
        condition = reading.sql(asked)
        if condition is not None:
            query = query.where(condition)
        if words and self.search is not None:
            query = self.search(session, actor, query, words)
        return query, reading.ignored

    def asked(
        self, session: Session, actor: Actor, asked: "Asked"
    ) -> tuple[Select[Any], list[Ignored]]:
        """The records that an address asks for."""
        return self.matching(
            session,
            actor,
            asked.look.filter,
            words=asked.words,
            archived=asked.archived,
            forgiving=asked.saved,
        )

    def selection(self, session: Session, actor: Actor, asked: "Asked") -> Select[tuple[int]]:
        """The ids of everything that `actor` sees in this list when it is asked for `asked`."""
        query, _ignored = self.asked(session, actor, asked)
        return query.with_only_columns(Record.id, maintain_column_froms=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an address asks of a list.

    `saved`: the filter is that of a view as it was saved. `closed` are the folded groups, by
    value; `month` is the first day that a calendar shows; `given` what the address said itself;
    `archived` asks for what is put away.
    """

    look: Look = Look()
    words: str = ""
    view: str = ""
    saved: bool = False
    cursor: str | None = None
    closed: tuple[str, ...] = ()
    month: str = ""
    archived: bool = False
    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def changed(self) -> bool:
        """The look is not quite the view's own."""
        return any(name in self.given for name in ("filter", "sort", "group", "columns", "layout"))
