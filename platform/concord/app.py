"""Building the program: settings and modules in, a Flask application out."""

import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson
from flask import Flask, Response, g, request
from flask.json.provider import JSONProvider
from flask_login import LoginManager
from jinja2 import ChoiceLoader, FileSystemLoader
from structlog.contextvars import bind_contextvars, clear_contextvars

from concord.api.blueprint import register_api
from concord.core import CORE
from concord.identity.sessions import SessionsInTable
from concord.installation import Installation, install, using
from concord.module import Module
from concord.settings import Settings
from concord.web import (
    csrf,
    errors,
    headers,
    i18n,
    limits,
    only_looking,
    rates,
    static,
    templating,
    toasts,
)
from concord.web.proxies import believe_proxies
from concord.web.request import close_session
from concord.web.routing import LateRule, refuse_undeclared

HERE = Path(__file__).parent
LARGEST_REQUEST = 26 * 1024 * 1024


class OrjsonProvider(JSONProvider):
    """JSON by orjson: times in RFC 3339 with Z."""

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        return orjson.dumps(obj, option=orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS).decode()

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        return orjson.loads(s)


def create_app(settings: Settings, modules: Iterable[Module]) -> Flask:
    """The program for these settings and modules.

    Raises LookupError when modules do not fit together, UndeclaredView when a route names no
    permission: both before anything is served.
    """
    installation = install(settings, (CORE, *modules))
    app = Flask("concord", template_folder=str(HERE / "templates"), static_folder=None)
    app.url_rule_class = LateRule
    app.jinja_environment = templating.Templates
    app.jinja_options = {"cache_size": -1}
    app.json = OrjsonProvider(app)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        TRUSTED_HOSTS=list(settings.hosts),
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
    )
    app.extensions["concord"] = installation
    installation.app = app
    app.session_interface = SessionsInTable()
    folders = [
        str(HERE / "templates"),
        *(str(m.folder / "templates") for m in installation.modules),
    ]
    app.jinja_loader = ChoiceLoader([FileSystemLoader(folder) for folder in folders])
    _sign_in_with_flask_login(app)
    _run_in(app, installation)
    limits.register(app)
    rates.register(app, settings)
    static.register(app)
    i18n.register(app, installation)
    templating.register(app, installation)
    errors.register(app)
    for module in installation.modules:
        for blueprint in module.blueprints:
            app.register_blueprint(blueprint)
    register_api(app, installation)
    refuse_undeclared(app)
    believe_proxies(app, settings)
    return app


def _sign_in_with_flask_login(app: Flask) -> None:
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(lambda _user_id: g.get("actor"))


def _run_in(app: Flask, installation: Installation) -> None:
    """Each request has an id, runs in this installation, and leaves no session behind."""

    inner = app.wsgi_app

    def within(environ: dict[str, Any], start_response: Any) -> Any:
        clear_contextvars()
        environ["concord.request_id"] = secrets.token_hex(8)
        bind_contextvars(request_id=environ["concord.request_id"])
        with using(installation):
            return inner(environ, start_response)

    app.wsgi_app = within  # type: ignore[method-assign]

    @app.before_request
    def _begin() -> None:
        g.request_id = request.environ.get("concord.request_id")
        if (failure := g.pop("not_opened", None)) is not None:
            raise failure

    @app.after_request
    def _finish(response: Response) -> Response:
        response.headers["X-Request-ID"] = g.get("request_id") or ""
        only_looking.still(response)
        return headers.secure(csrf.keep(toasts.deliver(response)))

    @app.teardown_request
    def _close(_error: BaseException | None) -> None:
        close_session()
