"""The panels and menu lines of other modules on the page of a record."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import Actor, Audience
from concord.installation import current_installation
from concord.records.models import Record
from concord.slots import AnyPanel, Slot
from concord.timeline.models import Stream

PAGE = "page"
"""Names what the page itself shows, where other names are those of panels."""


@dataclass(frozen=True, slots=True)
class LoadedPanel:
    """A panel of another module, with what its template shows as `panel`."""

    name: str
    template: str
    panel: object


def load_panels(
    slots: Iterable[Slot[Any]], session: Session, actor: Actor, record: Record
) -> list[LoadedPanel]:
    """Everything that stands in these places for this reader, in order."""
    found = (_load(panel, session, actor, record) for panel in _offered(slots, actor))
    return [panel for panel in found if panel is not None]


def load_panel(
    slots: Iterable[Slot[Any]], session: Session, actor: Actor, record: Record, name: str
) -> LoadedPanel | None:
    """The one panel of that name; None where it is not there or has nothing to say."""
    chosen = next((p for p in _offered(slots, actor) if _name_of(p) == name), None)
    return _load(chosen, session, actor, record) if chosen is not None else None


def position_of(session: Session, record: Record) -> int:
    """How far the staff's stream of a record is: a part loaded now is as new as this."""
    query = select(Stream.position).where(
        Stream.record_id == record.id,
        Stream.audience == int(Audience.INTERNAL),
        Stream.company_id == 0,
    )
    return session.scalar(query) or 0


def _offered(slots: Iterable[Slot[Any]], actor: Actor) -> list[AnyPanel]:
    panels = [panel for slot in slots for panel in current_installation().panels_in(slot)]
    allowed = (panel for panel in panels if actor.may(panel.permission))
    return sorted(allowed, key=lambda panel: panel.order)


def _load(panel: AnyPanel, session: Session, actor: Actor, record: Record) -> LoadedPanel | None:
    content = panel.load(session, actor, record)
    return None if content is None else LoadedPanel(_name_of(panel), panel.template, content)


def _name_of(panel: AnyPanel) -> str:
    """A panel's name in addresses: `tasks/panel.html` is `tasks-panel`."""
    return panel.template.removesuffix(".html").replace("/", "-")
