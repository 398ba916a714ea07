"""What a command begins with: this environment's settings, and the modules there are."""

import importlib
from typing import Any

import click

from concord.observing import configure
from concord.settings import Settings, from_environment
from concord.watching import outward

COMPOSITION_ROOT = "wsgi"
"""The top-level module that lists MODULES: the platform itself knows none of them."""


def settings() -> Settings:
    """This environment's settings, with logging set up by them."""
    found = from_environment()
    outward.check(found)
    configure(found)
    return found


def modules() -> tuple[Any, ...]:
    """The modules that the composition root lists; it is found by its name only."""
    try:
        found: tuple[Any, ...] = importlib.import_module(COMPOSITION_ROOT).MODULES
    except ModuleNotFoundError as error:
        if error.name != COMPOSITION_ROOT:
            raise
        raise click.ClickException("There is no wsgi.py that lists the modules to run.") from None
    return found
