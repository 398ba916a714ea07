"""Looking as a colleague or a role, and being oneself again."""

from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.errors import NotFound
from concord.identity import looking, queries
from concord.identity.models import Role
from concord.identity.permissions import Identity
from concord.identity.routes import go, routes
from concord.web.request import actor, session
from concord.web.routing import SIGNED_IN
from concord.web.toasts import toast


@routes.post("/settings/people/<int:user_id>/look", permission=Identity.USER_MANAGE)
def look_as_person(user_id: int) -> Response:
    looking.start_as_person(session(), actor(), queries.person(session(), actor(), user_id))
    return go("/")


@routes.post("/settings/roles/<int:role_id>/look", permission=Identity.ROLE_MANAGE)
def look_as_role(role_id: int) -> Response:
    role = session().get(Role, role_id)
    if role is None:
        raise NotFound
    looking.start_as_role(session(), actor(), role)
    return go("/")


@routes.post("/settings/look/end", permission=SIGNED_IN, while_looking=True)
def stop_looking() -> Response:
    looking.end(session(), actor())
    toast(_("You are yourself again."))
    return go("/settings/people")
