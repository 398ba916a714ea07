"""A module's declaration: everything it adds, in one readable value."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from flask import Blueprint
from flask_babel import LazyString

from concord.actors import Scope
from concord.facts.topics import Topic
from concord.facts.types import AnyFactType
from concord.jobs.schedules import Schedule
from concord.records.types import AnyRecordType
from concord.slots import (
    AnyPanel,
    Command,
    FirstStep,
    NavItem,
    PortalHome,
    PortalPage,
    SettingsPage,
    WorkbenchBlock,
)

Grants = Mapping[str, Mapping[str, Scope]]
"""Role key → permission → scope: what the first roles hold when a module arrives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """What a module adds, by reference. `folder` holds its templates and translations.

    `topics` are headings for its facts where people choose what they are told of.
    `roles` are the default grants; `field_groups` those of the first roles (role key → groups).
    `collections` are its REST resources, `lists` its lists on pages, `bulk` what can be done to
    many of its records at once; `jobs` its durable workflows; `schedules` the work that comes
    round by the clock; `seed` tells its part of the demo story, in the order of `requires`.
    """

    name: str
    title: LazyString
    folder: Path
    requires: tuple[str, ...] = ()
    blueprints: tuple[Blueprint, ...] = ()
    permissions: tuple[type[StrEnum], ...] = ()
    roles: Grants = field(default_factory=dict)
    field_groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    records: tuple[AnyRecordType, ...] = ()
    facts: tuple[AnyFactType, ...] = ()
    topics: tuple[Topic, ...] = ()
    panels: tuple[AnyPanel, ...] = ()
    nav: tuple[NavItem, ...] = ()
    settings: tuple[SettingsPage, ...] = ()
    first_steps: tuple[FirstStep, ...] = ()
    commands: tuple[Command, ...] = ()
    portal: tuple[PortalPage, ...] = ()
    portal_home: tuple[PortalHome, ...] = ()
    workbench: tuple[WorkbenchBlock, ...] = ()
    collections: tuple[Any, ...] = ()
    lists: tuple[Any, ...] = ()
    bulk: tuple[Any, ...] = ()
    jobs: tuple[Any, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    seed: Callable[..., None] | None = None


def in_order(modules: Iterable[Module]) -> tuple[Module, ...]:
    """Modules after everything they require; a gap or a cycle stops the start with a sentence."""
    by_name = {module.name: module for module in modules}
    done: dict[str, Module] = {}

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            raise LookupError(f"modules require each other: {' → '.join((*path, name))}")
        if name not in by_name:
            raise LookupError(f"the module {path[-1]} requires {name}, which is not installed")
        if name in done:
            return
        for required in by_name[name].requires:
            visit(required, (*path, name))
        done[name] = by_name[name]

    for name in by_name:
        visit(name, ())
    return tuple(done.values())
