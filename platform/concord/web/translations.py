"""The catalogs, and gettext for templates: a page asks hundreds of times, of one language."""

from gettext import NullTranslations

from flask import g
from flask_babel import Domain, get_locale
from jinja2 import Environment, pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup


class Catalogs(Domain):
    """Flask-Babel's, kept by language: it spells the whole locale out to look each word up."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: dict[str, NullTranslations] = {}

    def get_translations(self) -> NullTranslations:
        try:  # where get_locale() keeps what it found, behind three more looks for the request
            locale = g._flask_babel.babel_locale or get_locale()
        except (AttributeError, RuntimeError):
            locale = get_locale()
        language = locale.language if locale else ""
        if language not in self._kept:
            self._kept[language] = super().get_translations()
        return self._kept[language]


class Gettext:
    """One of the gettext family as templates call it, after Jinja's own "newstyle": what is filled
    in is escaped, the sentence itself is not."""

    def __init__(self, catalogs: Catalogs, name: str) -> None:
        self._catalogs = catalogs
        self._name = name
        self._counts = "n" in name.removesuffix("gettext")

    @pass_eval_context
    def __call__(self, context: EvalContext, *said: str | int, **values: object) -> str:
        sentence: str = getattr(self._catalogs.get_translations(), self._name)(*said)
        if context.autoescape:
            sentence = Markup(sentence)  # noqa: S704  from a catalog
        if "%" not in sentence:
            return sentence
        if self._counts:
            values.setdefault("num", said[-1])
        return sentence % values


def teach(environment: Environment, catalogs: Catalogs) -> None:
    for name in ("gettext", "ngettext", "pgettext", "npgettext"):
        environment.globals[name] = Gettext(catalogs, name)
    environment.globals["_"] = environment.globals["gettext"]
