"""The blueprint of everything about accounts; the pages are in `concord.identity.pages`."""

from typing import Any

from flask import redirect
from werkzeug.wrappers import Response

from concord.identity import device_words
from concord.identity.memberships import acting_for
from concord.web.request import actor_or_none, is_failure, is_fragment, session
from concord.web.routing import Routes

routes = Routes("identity", __name__)


routes.add_app_template_global(device_words.of, "device_words")
routes.add_app_template_global(device_words.icon, "device_icon")


@routes.app_context_processor
def memberships() -> dict[str, Any]:
    """The companies that a person outside can act for, for the menu of the portal's pages."""
    who = actor_or_none()
    if who is None or not who.outside or is_fragment() or is_failure():
        return {}
    return {"memberships": acting_for(session(), who)}


def go(url: str) -> Response:
    """On to another page: for a form of a dialog, the whole page moves."""
    if is_fragment():
        return Response(status=204, headers={"HX-Redirect": url})
    return redirect(url, 303)
