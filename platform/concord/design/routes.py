"""The page `/settings/design`. Nothing on it is kept."""

from flask import request
from werkzeug.wrappers import Response

from concord.clock import now
from concord.design.specimens import specimens
from concord.identity.permissions import Identity
from concord.web.pages import render
from concord.web.routing import Routes

routes = Routes("design", __name__)
LONGEST = 200


@routes.get("/settings/design", permission=Identity.USER_MANAGE)
def index() -> Response:
    return render("design/page.html", specimens=list(specimens()), moment=now())


@routes.get("/settings/design/facts", permission=Identity.USER_MANAGE)
def facts() -> Response:
    """What the sample of in-place editing answers: the same block with the words just written."""
    city = request.args.get("city", "")[:LONGEST]
    return render("design/specimens/facts.html", city=city)
