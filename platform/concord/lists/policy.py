"""Who sees views: each person their own and the shared ones, of lists that they may read."""

from typing import Any

from sqlalchemy import Select, or_, select

from concord.actors import Actor
from concord.lists.models import SavedView
from concord.lists.permissions import Lists
from concord.lists.registry import every_list


class ViewPolicy:
    """People outside have no views."""

    read = Lists.LIST_READ

    def visible(self, actor: Actor) -> Select[Any]:
        keys = [found.key for found in every_list() if actor.staff and actor.may(found.permission)]
        mine = or_(SavedView.owner_id == actor.user_id, SavedView.is_shared)
        return select(SavedView).where(SavedView.list_key.in_(keys), mine)

    def allows(self, actor: Actor, permission: str, record: SavedView) -> bool:
        if not (actor.staff and actor.may(permission)):
            return False
        own = record.owner_id == actor.user_id
        if permission == self.read:
            return own or record.is_shared
        return own or (record.is_shared and actor.may(Lists.VIEW_MANAGE))


VIEWS = ViewPolicy()
