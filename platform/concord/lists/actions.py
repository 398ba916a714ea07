"""What people do with views: keep one, rename, share, order, take over, delete."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.errors import Forbidden, Invalid, NotFound
from concord.identity.models import User
from concord.lists.looks import as_json
from concord.lists.models import SavedView, ViewOrder
from concord.lists.permissions import Lists
from concord.lists.types import ListType, Look
from concord.lists.views import MOST_VIEWS, find_view

LONGEST_NAME = 60
MOST_KEYS = 200


def save_view(
    session: Session,
    actor: Actor,
    list_type: ListType,
    *,
    name: str,
    look: Look,
    shared: bool = False,
) -> SavedView:
    """A new view of the actor's. Invalid without a name, or with too many already."""
    owned = select(func.count()).where(
        SavedView.owner_id == actor.user_id, SavedView.list_key == list_type.key
    )
    if (session.scalar(owned) or 0) >= MOST_VIEWS:
        raise Invalid({"name": [_("At most %(most)s views. Delete one first.", most=MOST_VIEWS)]})
    view = SavedView(
        list_key=list_type.key, name=checked_name(name), owner_id=actor.user_id, look=as_json(look)
    )
    session.add(view)
    session.flush()
    if shared:
        share_view(session, actor, view, True)
    return view


def checked_name(name: str) -> str:
    tidy = " ".join(name.replace("\x00", "").split())
    if not tidy:
        raise Invalid({"name": [_("Give the view a name.")]})
    if len(tidy) > LONGEST_NAME:
        raise Invalid({"name": [_("At most %(most)s characters.", most=LONGEST_NAME)]})
    return tidy


def view_of(session: Session, actor: Actor, view_id: int, *, changing: bool = True) -> SavedView:
    """A view that the actor may open, and change: their own, or with the right to manage any
    shared one. NotFound unseen, Forbidden not theirs."""
    found = find_view(session, actor, view_id)
    if found is None:
        raise NotFound
    manages = found.is_shared and actor.may(Lists.VIEW_MANAGE)
    if changing and found.owner_id != actor.user_id and not manages:
        raise Forbidden(_("This view is changed by whoever made it. Save your own beside it."))
    return found


def rename_view(session: Session, actor: Actor, view: SavedView, name: str) -> None:
    view.name = checked_name(name)


def update_look(session: Session, actor: Actor, view: SavedView, look: Look) -> None:
    view.look = as_json(look)


def share_view(session: Session, actor: Actor, view: SavedView, shared: bool) -> None:
    """Open a view to every colleague, or to its owner alone again. It shows each of them only
    what they see anyway."""
    if shared and not actor.may(Lists.VIEW_SHARE):
        raise Forbidden
    view.is_shared = shared


def take_over(session: Session, actor: Actor, view: SavedView) -> None:
    """Make a shared view one's own, when whoever made it has left."""
    owner = session.get(User, view.owner_id)
    if owner is not None and owner.disabled_at is None:
        raise Forbidden(_("Whoever made this view is still here."))
    view.owner_id = actor.user_id or view.owner_id


def delete_view(session: Session, actor: Actor, view: SavedView) -> None:
    session.delete(view)


def arrange(
    session: Session, actor: Actor, list_type: ListType, keys: Sequence[str], first: str | None
) -> None:
    """Put the views of a list in one's own order, and say which one opens by itself."""
    if len(keys) > MOST_KEYS or any(len(key) > LONGEST_NAME for key in (*keys, first or "")):
        raise Invalid({"keys": [_("This is too long.")]})
    values: dict[str, Any] = {"keys": list(dict.fromkeys(keys)), "first": first}
    kept = session.get(ViewOrder, (actor.user_id, list_type.key))
    if kept is None:
        session.add(ViewOrder(user_id=actor.user_id, list_key=list_type.key, **values))
    else:
        kept.keys, kept.first = values["keys"], values["first"]
