"""Built files by their hashed names: kept by browsers for ever, found through the manifest."""

from pathlib import Path

import orjson
from flask import Flask, send_from_directory
from markupsafe import Markup
from werkzeug.wrappers import Response

from concord.web.routing import EVERYBODY, PUBLIC, declared

INSTALLED = Path(__file__).parents[1] / "static"
FOLDER = INSTALLED if INSTALLED.exists() else Path(__file__).parents[3] / "static" / "build"
FOR_EVER = 365 * 24 * 3600


class Assets:
    """The manifest of the last build, read again when a new build replaces it."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._manifest = folder / "manifest.json"
        self._read_at = 0.0
        self._names: dict[str, str] = {}

    def url(self, name: str) -> str:
        """Where a file is served; one that was not built is named as itself."""
        self._refresh()
        return f"/static/{self._names.get(name, name)}"

    def sheet(self, name: str) -> Markup:
        """The link to a style sheet of some pages only: css/lazy/<name>.css."""
        return Markup('<link rel="stylesheet" href="{}">').format(self.url(f"lazy/{name}.css"))

    def _refresh(self) -> None:
        try:
            built_at = self._manifest.stat().st_mtime
        except OSError:
            return
        if built_at != self._read_at:
            self._names, self._read_at = orjson.loads(self._manifest.read_bytes()), built_at


def built(name: str) -> bytes:
    """The content of a built file, for one that browsers want under an address of its own."""
    return (FOLDER / Path(Assets().url(name)).name).read_bytes()


def register(app: Flask) -> None:
    assets = Assets()
    app.jinja_env.globals.update(asset=assets.url, sheet=assets.sheet)
    view = declared(_static, PUBLIC, EVERYBODY)
    app.add_url_rule("/static/<path:filename>", "static", view)


def _static(filename: str) -> Response:
    response = send_from_directory(FOLDER, filename, max_age=FOR_EVER)
    response.cache_control.immutable = True
    response.cache_control.public = True
    return response
