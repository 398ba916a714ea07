"""The frame of the staff's settings: every page that a person may open, in groups."""

from typing import Any

from flask import current_app, make_response, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from concord.actors import Actor
from concord.installation import current_installation
from concord.slots import SettingsPage
from concord.web.marks import N_
from concord.web.request import actor
from concord.web.routing import SIGNED_IN, Routes
from concord.web.templating import is_current, is_open

GROUPS = (("you", N_("You")), ("organisation", N_("Organisation")), ("system", N_("System")))

routes = Routes("settings", __name__)


@routes.get("/settings", permission=SIGNED_IN)
def index() -> Response:
    """The first page that the person may open; a phone shows the list of all of them instead."""
    first = next(page for pages in _by_group(actor()).values() for page in pages)
    return make_response(current_app.view_functions[first.endpoint]())


@routes.app_template_global()
def settings_nav() -> dict[str, Any]:
    """For the layout: the groups with their pages, and whether the list itself was asked for."""
    by_group = _by_group(actor())
    at_start = request.endpoint == "settings.index"
    first = next(page for pages in by_group.values() for page in pages)
    groups = [
        {
            "title": gettext(title),
            "pages": [_line(page, page is first if at_start else None) for page in by_group[key]],
        }
        for key, title in GROUPS
        if key in by_group
    ]
    return {"groups": groups, "at_start": at_start}


def _by_group(who: Actor) -> dict[str, list[SettingsPage]]:
    """Group → the pages that the person may open, in their order; no group is empty."""
    pages = [page for module in current_installation().modules for page in module.settings]
    allowed = sorted((page for page in pages if is_open(page, who)), key=lambda page: page.order)
    found = {key: [page for page in allowed if page.group == key] for key, _title in GROUPS}
    return {key: pages for key, pages in found.items() if pages}


def _line(page: SettingsPage, current: bool | None) -> dict[str, Any]:
    url = url_for(page.endpoint)
    return {
        "label": page.label,
        "url": url,
        "icon": page.icon,
        "current": is_current(url) if current is None else current,
    }
