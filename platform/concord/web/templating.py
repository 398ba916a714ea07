"""What every template may use: the actor, navigation, formats, safe markup."""

from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

from flask import Flask, g, request, url_for
from flask.templating import Environment
from flask_babel import gettext
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from concord import organisation
from concord.actors import Actor
from concord.installation import Installation, current_installation
from concord.slots import NavItem, SettingsPage
from concord.web import csrf, formatting, i18n, toasts
from concord.web.markdown import render_markdown, render_text, unmarked
from concord.web.marks import N_
from concord.web.request import actor_or_none, is_failure, is_fragment
from concord.web.translations import Gettext

SECTIONS = (("", ""), ("records", N_("Records")), ("work", N_("Work")), ("settings", ""))

DIRECT = frozenset({Macro, Gettext})
FILTERS = {
    "date": formatting.short_date,
    "month": formatting.month_name,
    "weekday": formatting.weekday,
    "time": formatting.clock_time,
    "datetime": formatting.moment,
    "full_datetime": formatting.full_moment,
    "ago": formatting.ago,
    "day_label": formatting.day_label,
    "number": formatting.number,
    "money": formatting.money,
    "filesize": formatting.filesize,
    "initials": formatting.initials,
    "hue": formatting.hue,
    "markdown": render_markdown,
    "plain": render_text,
    "unmarked": unmarked,
}


class Calling(Context):
    """Macros and gettext are called as what they are: Jinja asks of each thing it calls, twice,
    what it wants to be given, and a page calls hundreds."""

    def call(__self, __obj: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if type(__obj) not in DIRECT:
            return super().call(__obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return __obj(__self.eval_ctx, *args, **kwargs)


class Templates(Environment):
    """All templates share one set of globals: Jinja otherwise gives each a view of its own on
    them, and goes through that for every include and import of a page."""

    context_class = Calling

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


def register(app: Flask, installation: Installation) -> None:
    environment = app.jinja_env
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.filters.update(FILTERS, attributes=_attributes)
    environment.globals.update(
        layout=layout, csrf_token=csrf.token, csrf_field=_csrf_field, record_url=_record_url
    )
    app.context_processor(_context)


def layout() -> str:
    """The layout of the page at hand: bare for fragments, else that of the caller's side."""
    who = actor_or_none()
    if is_fragment():
        return "layouts/fragment.html"
    if who is None:
        return "layouts/plain.html"
    return "layouts/portal.html" if who.outside else "layouts/staff.html"


def _context() -> dict[str, Any]:
    who = actor_or_none()
    values: dict[str, Any] = {
        "actor": who,
        "language": i18n.language(),
        "theme": i18n.theme(),
        "organisation": organisation.name(),
        "unread": g.get("unread", 0),
        "inbox_position": g.get("inbox_position", 0),
        "toasts": [] if is_fragment() else toasts.carried(),
    }
    if who is not None and not is_fragment() and not is_failure():
        values |= {"portal_nav": _portal_nav(who)} if who.outside else {"nav": _nav(who)}
    return values


def _nav(who: Actor) -> list[dict[str, Any]]:
    """The sidebar: only what the person may open, in the order of sections."""
    items = [item for module in current_installation().modules for item in module.nav]
    allowed = sorted((item for item in items if is_open(item, who)), key=lambda item: item.order)
    sections = []
    for key, title in SECTIONS:
        found = [_nav_line(item) for item in allowed if item.section == key]
        if found:
            sections.append({"title": gettext(title) if title else "", "items": found})
    return sections


def is_open(item: NavItem | SettingsPage, who: Actor) -> bool:
    return item.permission is None or who.may(item.permission)


def _nav_line(item: NavItem) -> dict[str, Any]:
    url = url_for(item.endpoint)
    return {
        "label": item.label,
        "url": url,
        "icon": item.icon,
        "current": is_current(url) or (item.section == "settings" and _is_in_settings()),
        "phone": item.phone,
        "count": None,
    }


def _is_in_settings() -> bool:
    """Some of its pages are elsewhere, such as the profile that people outside have too."""
    modules = current_installation().modules
    return any(request.endpoint == page.endpoint for part in modules for page in part.settings)


def _portal_nav(who: Actor) -> list[dict[str, Any]]:
    pages = [page for module in current_installation().modules for page in module.portal]
    open_to = [page for page in pages if who.face in page.faces and who.may(page.permission)]
    return [
        {
            "label": page.label,
            "url": url_for(page.endpoint),
            "icon": page.icon,
            "current": is_current(url_for(page.endpoint)),
        }
        for page in sorted(open_to, key=lambda page: page.order)
    ]


def is_current(url: str) -> bool:
    if url in ("/", "/portal/"):
        return request.path == url
    return request.path == url or request.path.startswith(url.rstrip("/") + "/")


def _attributes(given: Mapping[str, object]) -> Markup:
    """Further attributes of an element: hx_post="/x" is hx-post="/x", True a bare one."""
    pairs = [(name.replace("_", "-"), value) for name, value in given.items()]
    shown = [(name, value) for name, value in pairs if value is not None and value is not False]
    written = [
        f" {name}" if value is True else f' {name}="{escape(value)}"' for name, value in shown
    ]
    return Markup("".join(written))  # noqa: S704  names are ours, values escaped


def _csrf_field() -> Markup:
    # The token is hexadecimal: there is nothing to escape, for each of a page's many forms.
    return Markup(f'<input type="hidden" name="{csrf.FIELD}" value="{csrf.token()}">')  # noqa: S704


def _record_url(kind: str, record_id: int) -> str | None:
    """Where the caller opens a record of a kind, or None where they have no such page."""
    record_type, who = current_installation().records.get(kind), actor_or_none()
    if record_type is None or who is None:
        return None
    return record_type.url(record_id, who.face)
