"""What this process runs: settings, database, modules and the registries made of them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from concord.database.engine import Database
from concord.facts.topics import Topics
from concord.facts.types import FactTypes
from concord.module import Module, in_order
from concord.records.types import RecordTypes
from concord.settings import Settings, SettingsError
from concord.slots import AnyPanel, Slot


@dataclass(slots=True, kw_only=True)
class Installation:
    """The composed program. Made once by `install()`; everything reads it, nothing changes it.

    `app` is the Flask application around it, for what is rendered outside of any request.
    """

    settings: Settings
    database: Database
    modules: tuple[Module, ...]
    records: RecordTypes
    facts: FactTypes
    topics: Topics = field(default_factory=Topics)
    app: Any = None
    panels: dict[str, list[AnyPanel]] = field(default_factory=dict)
    lists: dict[str, Any] = field(default_factory=dict)

    def panels_in(self, slot: Slot[Any]) -> list[AnyPanel]:
        return self.panels.get(slot.name, [])

    def permissions(self) -> Iterator[str]:
        """Every permission any module defines."""
        for module in self.modules:
            for names in module.permissions:
                yield from names


_current: ContextVar[Installation | None] = ContextVar("installation", default=None)
_default: list[Installation] = []


def install(settings: Settings, modules: Iterable[Module]) -> Installation:
    """Compose the modules that the settings allow.

    LookupError or SettingsError says what does not fit.
    """
    chosen = in_order(_narrowed(settings, tuple(modules)))
    installation = Installation(
        settings=settings,
        database=Database(settings),
        modules=chosen,
        records=RecordTypes(item for module in chosen for item in module.records),
        facts=FactTypes(item for module in chosen for item in module.facts),
        topics=Topics(item for module in chosen for item in module.topics),
    )
    for panel in sorted((p for m in chosen for p in m.panels), key=lambda panel: panel.order):
        installation.panels.setdefault(panel.slot.name, []).append(panel)
    for found in (item for module in chosen for item in module.lists):
        if found.key in installation.lists:
            raise LookupError(f"two modules define the list {found.key!r}")
        installation.lists[found.key] = found
    _default[:] = [installation]
    return installation


def current_installation() -> Installation:
    """The installation of this context, or the one this process runs."""
    found = _current.get() or (_default[0] if _default else None)
    if found is None:
        raise LookupError("nothing is installed yet")
    return found


@contextmanager
def using(installation: Installation) -> Iterator[Installation]:
    """Make `installation` the current one inside a block: several can live in one process."""
    token = _current.set(installation)
    try:
        yield installation
    finally:
        _current.reset(token)


def _narrowed(settings: Settings, modules: tuple[Module, ...]) -> tuple[Module, ...]:
    """The modules named by CONCORD_MODULES; those the platform itself brings are always there."""
    if settings.modules is None:
        return modules
    names = {module.name for module in modules}
    if unknown := sorted(set(settings.modules) - names):
        raise SettingsError(f"CONCORD_MODULES names {unknown[0]!r}, which is not installed.")
    return tuple(m for m in modules if m.name in settings.modules or m.name == "concord")
