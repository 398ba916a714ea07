"""Built files by their hashed names: kept by browsers for ever, found through the manifest."""

from functools import lru_cache
from pathlib import Path
from time import monotonic

import orjson
from flask import Flask, send_from_directory
from jinja2 import Environment
from markupsafe import Markup, escape
from werkzeug.wrappers import Response

from concord.web.routing import EVERYBODY, PUBLIC, declared

INSTALLED = Path(__file__).parents[1] / "static"
FOLDER = INSTALLED if INSTALLED.exists() else Path(__file__).parents[3] / "static" / "build"
LOOKED_AFTER = 1.0
FOR_EVER = 365 * 24 * 3600


class Assets:
    """The manifest of the last build, read again when a new build replaces it."""

    def __init__(self, folder: Path = FOLDER, templates: Environment | None = None) -> None:
        self._templates = templates
        self._manifest = folder / "manifest.json"
        self._read_at = self._looks_again_at = 0.0
        self._names: dict[str, str] = {}

    def url(self, name: str) -> str:
        """Where a file is served; one that was not built is named as itself."""
        self._refresh()
        return f"/static/{self._names.get(name, name)}"

    def sheet(self, name: str) -> Markup:
        """The link to a style sheet of some pages only: css/lazy/<name>.css."""
        return Markup('<link rel="stylesheet" href="{}">').format(self.url(f"lazy/{name}.css"))

    def icon(self, name: str, size: str = "", label: str | None = None) -> Markup:
        """A drawing named in static/src/icons.txt: 16 px, "s" 13 px, "l" 20 px wide.

        `label` is for one that stands alone and means something. What a template names outright is
        drawn when Jinja compiles it, not for each reader.
        """
        return _drawn(self.url("icons.svg"), name, size, str(label) if label else "")

    def _refresh(self) -> None:
        if monotonic() < self._looks_again_at:
            return
        self._looks_again_at = monotonic() + LOOKED_AFTER
        try:
            built_at = self._manifest.stat().st_mtime
        except OSError:
            return
        if built_at != self._read_at:
            self._names, self._read_at = orjson.loads(self._manifest.read_bytes()), built_at
            if self._templates is not None and self._templates.cache is not None:
                self._templates.cache.clear()


@lru_cache(maxsize=1024)
def _drawn(sheet: str, name: str, size: str, label: str) -> Markup:
    style = f"i {escape(size)}" if size else "i"
    said = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    drawing = f'<use href="{sheet}#{escape(name)}"/>'
    return Markup(f'<svg class="{style}" {said}>{drawing}</svg>')  # noqa: S704  all escaped


def built(name: str) -> bytes:
    """The content of a built file, for one that browsers want under an address of its own."""
    return (FOLDER / Path(Assets().url(name)).name).read_bytes()


def register(app: Flask) -> None:
    assets = Assets(templates=app.jinja_env)
    app.jinja_env.globals.update(asset=assets.url, sheet=assets.sheet)
    app.jinja_env.filters["icon"] = assets.icon
    view = declared(_static, PUBLIC, EVERYBODY)
    app.add_url_rule("/static/<path:filename>", "static", view)


def _static(filename: str) -> Response:
    response = send_from_directory(FOLDER, filename, max_age=FOR_EVER)
    response.cache_control.immutable = True
    response.cache_control.public = True
    return response
