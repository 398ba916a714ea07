"""Positions as each reader counts them: what a reader may not know of leaves no gap.

The staff stream is stored once, with every entry. Entries of a field group are few; a colleague who
does not hold the group counts without them, by subtracting those that stand before.
"""

from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from concord.actors import Actor, Face
from concord.installation import current_installation
from concord.timeline.models import TimelineLink

Hidden = aliased(TimelineLink)


def position_for(actor: Actor) -> Any:
    """SQL: the position of a link in the stream that `actor` reads."""
    if actor.outside:
        return TimelineLink.audience_position
    if sees_everything(actor):
        return TimelineLink.position
    before = Hidden.position <= TimelineLink.position
    return TimelineLink.position - hidden_from(actor, TimelineLink.record_id, before)


def hidden_from(actor: Actor, record_id: Any, *conditions: ColumnElement[bool]) -> Any:
    """SQL: how many entries on a record are of field groups that `actor` does not hold."""
    return (
        select(func.count())
        .select_from(Hidden)
        .where(
            Hidden.record_id == record_id,
            Hidden.field_group.is_not(None),
            Hidden.field_group.not_in(actor.field_groups),
            *conditions,
        )
        .correlate(TimelineLink)
        .scalar_subquery()
    )


def sees_everything(actor: Actor) -> bool:
    """No entry of a staff stream is hidden from `actor`."""
    return actor.face is Face.SYSTEM or field_groups() <= actor.field_groups


def field_groups() -> frozenset[str]:
    """Every field group that an installed module knows."""
    modules = current_installation().modules
    return frozenset(
        group for module in modules for groups in module.field_groups.values() for group in groups
    )
