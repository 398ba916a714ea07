"""The blocks of the workbench, each loaded as the person who looks at it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.errors import NotFound
from concord.installation import current_installation
from concord.notifications.queries import InboxPage, Shown, inbox
from concord.slots import WorkbenchBlock

NEWEST = 5


@dataclass(frozen=True, slots=True)
class LoadedBlock:
    """A block and what it shows; None where it has nothing to say."""

    block: WorkbenchBlock
    content: object | None


def loaded(session: Session, actor: Actor) -> Sequence[LoadedBlock]:
    """Every block this person may see, in order."""
    return [LoadedBlock(block, block.load(session, actor)) for block in blocks_of(actor)]


def loaded_one(session: Session, actor: Actor, name: str) -> LoadedBlock:
    """One block by its name; NotFound where this person has none of that name."""
    for block in blocks_of(actor):
        if block.name == name:
            return LoadedBlock(block, block.load(session, actor))
    raise NotFound


def blocks_of(actor: Actor) -> list[WorkbenchBlock]:
    blocks = [block for module in current_installation().modules for block in module.workbench]
    allowed = (block for block in blocks if actor.may(block.permission))
    return sorted(allowed, key=lambda block: block.order)


def news(session: Session, actor: Actor) -> InboxPage:
    """What is unread, the newest first."""
    return inbox(session, actor, limit=NEWEST, shown=Shown.UNREAD)
