"""What those who watch a house see of it: its words, its figures, its log."""

import io
import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
import structlog

from concord.app import create_app
from concord.observing import configure, report_to
from concord.watching.work import follow
from tests.world import World
from wsgi import MODULES

TOKEN = "figures please"


def told_otherwise(world: World, **settings: Any) -> World:
    """The same house with other settings."""
    chosen = replace(world.installation.settings, **settings)
    app = create_app(chosen, MODULES)
    found = World(app, app.extensions["concord"], world.people, world.records)
    found._tokens.update(world._tokens)
    return found


def figures(world: World) -> str:
    watched = told_otherwise(world, metrics_token=TOKEN)
    try:
        asked = {"Authorization": f"Bearer {TOKEN}"}
        return str(watched.client().get("/metrics", headers=asked).text)
    finally:
        watched.installation.database.dispose()


@contextmanager
def listening(world: World) -> Iterator[list[dict[str, Any]]]:
    """What is logged inside the block, as production writes it; filled at its end."""
    heard = io.StringIO()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    lines: list[dict[str, Any]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stderr", heard)
        configure(replace(world.installation.settings, environment="production"))
    try:
        yield lines
    finally:
        root.handlers[:], root.level = handlers, level
        logging.getLogger("dbos").handlers.clear()
        structlog.reset_defaults()
        lines += [json.loads(line) for line in heard.getvalue().splitlines()]


@pytest.fixture(autouse=True)
def _nobody_is_told() -> Iterator[None]:
    yield
    report_to()
    follow()
