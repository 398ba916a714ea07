"""The views of a list as one person has them: brought by the noun, their own, shared by others."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import pgettext
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.errors import Invalid
from concord.identity.models import User
from concord.lists.looks import from_json
from concord.lists.models import SavedView, ViewOrder
from concord.lists.types import ListType, Look
from concord.prepared import execute

MOST_VIEWS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A tab of a list. `id` is set for saved ones. `abandoned`: its owner has left the house."""

    key: str
    label: str
    look: Look
    id: int | None = None
    owner_id: int | None = None
    owner: str = ""
    shared: bool = False
    abandoned: bool = False


@dataclass(frozen=True, slots=True)
class Views:
    """In the person's order; `first` is the key of the one that opens by itself."""

    shown: tuple[View, ...]
    first: str

    def __iter__(self) -> Iterator[View]:
        return iter(self.shown)

    def get(self, key: str) -> View | None:
        return next((view for view in self.shown if view.key == key), None)


def views_of(session: Session, actor: Actor, list_type: ListType) -> Views:
    """Every view of a list that the actor may open: one statement."""
    rows = execute(session, _known, actor, list_type.key).all()
    found = [*_brought(list_type)]
    found += [_saved(row.SavedView, row.name, row.disabled_at is not None)
              for row in rows if row.SavedView is not None]  # fmt: skip
    keys, first = (rows[0].keys or [], rows[0].first) if rows else ([], None)
    known = {view.key for view in found}
    return Views(tuple(_in_order(found, keys)), first if first in known else list_type.first)


def _known(actor: Actor, list_key: str) -> Any:
    order = and_(ViewOrder.user_id == actor.user_id, ViewOrder.list_key == list_key)
    mine = or_(SavedView.owner_id == actor.user_id, SavedView.is_shared)
    saved = and_(SavedView.list_key == list_key, mine)
    return (
        select(ViewOrder.keys, ViewOrder.first, SavedView, User.name, User.disabled_at)
        .select_from(User)
        .outerjoin(SavedView, and_(SavedView.owner_id == User.id, saved))
        .outerjoin(ViewOrder, order)
        .where(or_(SavedView.id.is_not(None), User.id == actor.user_id))
        .order_by(SavedView.id)
        .limit(MOST_VIEWS)
    )


def find_view(session: Session, actor: Actor, view_id: int) -> SavedView | None:
    """A saved view that the actor may open."""
    mine = or_(SavedView.owner_id == actor.user_id, SavedView.is_shared)
    return session.scalar(select(SavedView).where(SavedView.id == view_id, mine))


def _brought(list_type: ListType) -> Iterator[View]:
    yield View(key="all", label=pgettext("view", "All"), look=list_type.look)
    for brought in list_type.views:
        yield View(key=brought.key, label=str(brought.label), look=brought.look)


def _saved(view: SavedView, owner: str, gone: bool) -> View:
    try:
        look = from_json(view.look)
    except Invalid:
        look = Look()
    return View(
        key=str(view.id),
        label=view.name,
        look=look,
        id=view.id,
        owner_id=view.owner_id,
        owner=owner,
        shared=view.is_shared,
        abandoned=gone and view.is_shared,
    )


def _in_order(views: Iterable[View], keys: list[str]) -> list[View]:
    """As the person has put them; what they have never placed comes last, as it was made."""
    places = {key: place for place, key in enumerate(keys)}
    return sorted(views, key=lambda view: places.get(view.key, len(places)))
