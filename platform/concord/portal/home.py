"""The home page: what waits for an answer first, then the talk, then what there is to read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.clock import now
from concord.installation import current_installation
from concord.slots import PortalHome

BESIDE = 50
"""Blocks of this order and above stand beside the main ones."""


@runtime_checkable
class Waiting(Protocol):
    """A block whose lines wait for an answer of the reader: `waiting` is how many."""

    @property
    def waiting(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Block:
    """A module's part of the page: its template shows `panel`."""

    template: str
    panel: object
    order: int

    @property
    def waiting(self) -> int:
        return self.panel.waiting if isinstance(self.panel, Waiting) else 0


def blocks(session: Session, actor: Actor) -> list[Block]:
    """What the modules show to this reader; a block that loads None has nothing to say."""
    offered = [block for module in current_installation().modules for block in module.portal_home]
    loaded = [
        Block(block.template, block.load(session, actor), block.order)
        for block in sorted(offered, key=lambda block: block.order)
        if _is_open(block, actor)
    ]
    return [block for block in loaded if block.panel is not None]


def greeting(actor: Actor, moment: datetime | None = None) -> str:
    """A greeting by the time of day where the reader is."""
    hour = (moment or now()).astimezone(ZoneInfo(actor.timezone)).hour
    if 5 <= hour < 12:
        return _("Good morning, %(name)s", name=actor.name)
    if 12 <= hour < 18:
        return _("Good afternoon, %(name)s", name=actor.name)
    return _("Good evening, %(name)s", name=actor.name)


def what_waits(number: int) -> str:
    if not number:
        return _("Nothing waits for your answer.")
    return ngettext(
        "One thing waits for your answer.", "%(num)s things wait for your answer.", number
    )


def _is_open(block: PortalHome, actor: Actor) -> bool:
    return actor.face in block.faces and actor.may(block.permission)
