"""A lost second factor: an administrator takes it away, and its owner is told by mail."""

from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.identity import queries
from concord.identity.confirming import ensure_fresh
from concord.identity.factors import actions
from concord.identity.permissions import Identity
from concord.identity.routes import go, routes
from concord.web.pages import render
from concord.web.request import actor, session
from concord.web.toasts import toast

ADDRESS = "/settings/people/<int:user_id>/factors/reset"


@routes.get(ADDRESS, permission=Identity.USER_MANAGE)
def ask_to_reset_factors(user_id: int) -> Response:
    ensure_fresh(session(), actor())
    person = queries.person(session(), actor(), user_id)
    return render("identity/factors_reset.html", person=person)


@routes.post(ADDRESS, permission=Identity.USER_MANAGE)
def reset_factors(user_id: int) -> Response:
    person = queries.person(session(), actor(), user_id)
    actions.reset(session(), actor(), person)
    toast(
        _(
            "%(name)s signs in with the password alone until they set one up again.",
            name=person.name,
        )
    )
    return go("/settings/people" if person.is_staff else "/settings/portal")
