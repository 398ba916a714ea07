"""Following, hearing only when mentioned, muting: what a person says about one record."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.notifications.models import Follow
from concord.prepared import execute, numbers


class State(StrEnum):
    FOLLOW = "follow"
    MENTIONS = "mentions"
    MUTE = "mute"


def state_of(session: Session, actor: Actor, record_id: int) -> State | None:
    """What the actor said about the record; None where they are told as usual."""
    found = session.get(Follow, (record_id, actor.user_id))
    return None if found is None else State(found.state)


def say(session: Session, actor: Actor, record_id: int, state: State | None) -> None:
    """Follow, mute, or go back to being told as usual. The caller has reached the record."""
    found = session.get(Follow, (record_id, actor.user_id))
    if state is None:
        if found is not None:
            session.delete(found)
    elif found is None:
        session.add(Follow(record_id=record_id, user_id=actor.user_id, state=state.value))
    else:
        found.state = state.value


def states_on(session: Session, record_ids: Iterable[int]) -> dict[tuple[int, int], State]:
    """What anybody said about these records: (user, record) → state."""
    rows = execute(session, _said, None, record_ids=list(record_ids))
    return {(user, record): State(state) for user, record, state in rows}


def _said() -> Any:
    query = select(Follow.user_id, Follow.record_id, Follow.state)
    return query.where(Follow.record_id.in_(numbers("record_ids")))
