"""Subscribing this browser, taking one out, and the worker that shows what is rung."""

from flask import Response as FlaskResponse
from flask import jsonify, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.errors import Invalid
from concord.identity import device_words
from concord.push import vapid
from concord.push.subscriptions import remove as remove_one
from concord.push.subscriptions import subscribe as subscribe_one
from concord.web.pages import go_to
from concord.web.request import actor, session
from concord.web.routing import EVERYBODY, PUBLIC, SIGNED_IN, Routes
from concord.web.static import built
from concord.web.toasts import toast

routes = Routes("push", __name__)


@routes.post("/push/key", permission=SIGNED_IN, faces=EVERYBODY)
def key() -> Response:
    """What a browser subscribes with."""
    return jsonify(key=vapid.public_key(session()))


@routes.post("/push/browsers", permission=SIGNED_IN, faces=EVERYBODY)
def subscribe() -> Response:
    fields = ("endpoint", "p256dh", "auth")
    sent = {name: request.form.get(name, "") for name in fields}
    if not all(sent.values()):
        raise Invalid({"endpoint": [_("This is not the address of a push service.")]})
    device = device_words.of(request.user_agent.string)
    made = subscribe_one(session(), actor(), device=device, **sent)
    toast(_("This browser rings from now on, also while Concord is closed."))
    return jsonify(id=made.id)


@routes.post("/push/browsers/<int:browser_id>/remove", permission=SIGNED_IN, faces=EVERYBODY)
def remove(browser_id: int) -> Response:
    remove_one(session(), actor(), browser_id)
    toast(_("That browser no longer rings."))
    return go_to("/settings/notifications")


@routes.get("/service-worker.js", permission=PUBLIC, faces=EVERYBODY)
def service_worker() -> Response:
    """Served from the root, so that it stands for every page; its content never names anybody."""
    response = FlaskResponse(built("lazy/service-worker.js"), mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response
