"""Staff who need a second factor and have none: led to setting one up, and nowhere else before."""

from flask import current_app, g, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.identity.pages.security import HERE
from concord.identity.routes import routes
from concord.web.request import is_fragment
from concord.web.routing import PUBLIC, access_of
from concord.web.toasts import toast

# What setting one up takes, and the way out.
OPEN = frozenset(
    f"identity.{view}"
    for view in (
        "security", "new_app", "add_app", "new_passkey", "offer_passkey", "add_passkey",
        "renew_codes", "change_password", "ask_to_confirm", "confirm", "ask_passkey_to_confirm",
        "logout",
    )
)  # fmt: skip


@routes.before_app_request
def lead_to_set_up() -> Response | None:
    """Runs before every view; what is open to everybody stays open."""
    if not g.get("needs_factor") or request.endpoint is None or request.endpoint in OPEN:
        return None
    access = access_of(current_app.view_functions[request.endpoint])
    if access is None or access.permission is PUBLIC:
        return None
    if is_fragment():
        return Response(status=403, headers={"HX-Redirect": HERE})
    toast(_("Set up a second factor first: your organisation asks for one."), tone="risk")
    return redirect(HERE, 303)
