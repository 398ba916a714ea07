"""The catalogs, and gettext for templates: a page asks hundreds of times, of one language."""

from gettext import NullTranslations

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
        locale = get_locale()
        language = locale.language if locale else ""
        if language not in self._kept:
            self._kept[language] = super().get_translations()
        return self._kept[language]


def teach(environment: Environment, catalogs: Catalogs) -> None:
    """Give templates the gettext family as Jinja's own "newstyle" has it: what is filled in is
    escaped, and the sentence itself is not."""
    spoken = catalogs.get_translations

    @pass_eval_context
    def gettext(context: EvalContext, text: str, /, **values: object) -> str:
        return _filled(context, spoken().gettext(text), values)

    @pass_eval_context
    def pgettext(context: EvalContext, sense: str, text: str, /, **values: object) -> str:
        return _filled(context, spoken().pgettext(sense, text), values)

    @pass_eval_context
    def ngettext(context: EvalContext, one: str, many: str, num: int, /, **values: object) -> str:
        return _filled(context, spoken().ngettext(one, many, num), {"num": num} | values)

    @pass_eval_context
    def npgettext(
        context: EvalContext, sense: str, one: str, many: str, num: int, /, **values: object
    ) -> str:
        said = spoken().npgettext(sense, one, many, num)
        return _filled(context, said, {"num": num} | values)

    said = {"_": gettext, "pgettext": pgettext, "ngettext": ngettext, "npgettext": npgettext}
    environment.globals.update(said)


def _filled(context: EvalContext, sentence: str, values: dict[str, object]) -> str:
    said = Markup(sentence) if context.autoescape else sentence  # noqa: S704  from a catalog
    return said % values if "%" in sentence else said
