"""Language, time zone and appearance: how the house speaks to one person."""

from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.errors import Invalid
from concord.identity import users
from concord.identity.pages.profile import zones
from concord.identity.pages.security import myself
from concord.identity.routes import go, routes
from concord.identity.schemas import RegionIn
from concord.portal.view import page
from concord.web.forms import load
from concord.web.request import close_session, session
from concord.web.routing import EVERYBODY, SIGNED_IN
from concord.web.toasts import toast

HERE = "/settings/language"


@routes.get(HERE, permission=SIGNED_IN, faces=EVERYBODY)
def region() -> Response:
    return _page()


@routes.post(HERE, permission=SIGNED_IN, faces=EVERYBODY)
def change_region() -> Response:
    try:
        users.change_profile(session(), myself(), load(RegionIn()))
    except Invalid as error:
        return _page(422, error.errors)
    toast(_("Saved."))
    return go(HERE)


def _page(status: int = 200, errors: Mapping[str, Any] | None = None) -> Response:
    close_session()
    user = myself()
    return page(
        "identity/region.html",
        status,
        chosen={
            name: request.form.get(name, getattr(user, name))
            for name in ("language", "timezone", "theme")
        },
        zones=zones(),
        errors=dict(errors or {}),
    )
