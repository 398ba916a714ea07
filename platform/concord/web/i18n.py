"""Languages and zones: whose they are, and how each page speaks them."""

from flask import Flask, has_request_context, request
from flask_babel import Babel

from concord import organisation
from concord.installation import Installation
from concord.settings import LANGUAGES
from concord.web.request import actor_or_none
from concord.web.translations import Catalogs, teach

LANGUAGE_COOKIE = "concord_language"
THEME_COOKIE = "concord_theme"
THEMES = ("light", "dark", "system")
LOCALES = {"en": "en_GB", "zh": "zh_Hans_CN"}


def register(app: Flask, installation: Installation) -> None:
    folders = ";".join(str(module.folder / "translations") for module in installation.modules)
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = folders
    app.config["BABEL_DEFAULT_TIMEZONE"] = installation.settings.timezone
    app.config["BABEL_DEFAULT_LOCALE"] = installation.settings.language
    babel = Babel(app, locale_selector=language, timezone_selector=timezone, configure_jinja=False)
    babel.domain_instance = Catalogs()
    teach(app.jinja_env, babel.domain_instance)


def language() -> str:
    """The person's language, else the browser's; without a request the installation's."""
    who = actor_or_none()
    if who is not None:
        return who.language
    if not has_request_context():
        return organisation.current().language
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(LANGUAGES) or organisation.current().language


def timezone() -> str:
    who = actor_or_none()
    return who.timezone if who is not None else organisation.current().timezone


def theme() -> str:
    who = actor_or_none()
    chosen = who.theme if who is not None else request.cookies.get(THEME_COOKIE)
    return str(chosen) if chosen in THEMES else "system"
