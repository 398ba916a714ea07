"""Slots: places a module opens on its pages for others to fill."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from flask_babel import LazyString
from sqlalchemy.orm import Session

from concord.actors import Actor

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Slot(Generic[R]):
    """A named place on the page of a record of type `record`."""

    name: str
    record: type[R]

    def panel(
        self,
        template: str,
        load: Callable[[Session, Actor, R], object],
        *,
        permission: str,
        order: int = 50,
    ) -> "Panel[R]":
        """A panel for this place: `load` gives what `template` shows as `panel`."""
        return Panel(self, template, load, permission, order)


@dataclass(frozen=True, slots=True)
class Panel(Generic[R]):
    slot: Slot[R]
    template: str
    load: Callable[[Session, Actor, R], object]
    permission: str
    order: int = 50


AnyPanel: TypeAlias = Panel[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """A line in the staff's sidebar. `section` groups; `phone` puts it on the tab bar.

    Without a permission it is everybody's.
    """

    label: LazyString
    endpoint: str
    permission: str | None
    icon: str
    section: str = "records"
    order: int = 50
    phone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsPage:
    """A page of the staff's settings; its template extends `layouts/settings.html`.

    "you" is for what is the reader's own, "organisation" for how the house works, "system" for
    how the program runs. Without a permission it is everybody's.
    """

    label: LazyString
    endpoint: str
    icon: str
    permission: str | None
    group: Literal["you", "organisation", "system"]
    order: int = 50


ANY_KIND = frozenset({"*"})
"""For commands that can be done to a record of whatever kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What the palette offers to do; it answers to its label in both languages, and to pinyin.

    With `kinds` it is done to the record found best, of one of these kinds: the label says where
    its title goes, as %(title)s, and the page takes its id as `record_id`; `scoped` asks whether
    the permission reaches that record. `arguments` and `fragment` complete the address; `dialog`
    opens the page in a dialog. With `sends` these values are posted there instead.
    """

    label: LazyString
    icon: str
    endpoint: str
    permission: str | None
    kinds: frozenset[str] = frozenset()
    scoped: bool = False
    arguments: Mapping[str, Any] = field(default_factory=dict)
    fragment: str = ""
    dialog: bool = False
    sends: Mapping[str, str] | None = None
    order: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstStep:
    """Something an administrator does in a new house; `is_done` looks whether it was done."""

    label: LazyString
    note: LazyString
    endpoint: str
    icon: str
    permission: str | None
    is_done: Callable[[Session, Actor], bool]
    order: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalPage:
    """A page that a module opens to people outside, on the faces it names."""

    label: LazyString
    endpoint: str
    icon: str
    faces: frozenset[Any]
    permission: str
    order: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalHome:
    """A block on the portal's home page: `load` returns only what its reader may see."""

    template: str
    load: Callable[[Session, Actor], object]
    faces: frozenset[Any]
    permission: str
    order: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbenchBlock:
    """A part of the staff's first page: `load` gives what `template` shows as `block`.

    What is None is left out. `place` is the column: the day's work, or what goes on around it.
    A ring of `topic` loads the block again, by its `name`.
    """

    name: str
    template: str
    load: Callable[[Session, Actor], object | None]
    permission: str
    place: Literal["main", "aside"] = "main"
    order: int = 50
    topic: str | None = None
