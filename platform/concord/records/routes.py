"""The address of any record: it leads to the page that its kind has for whoever asks."""

from flask import redirect
from werkzeug.wrappers import Response

from concord.errors import NotFound
from concord.installation import current_installation
from concord.records.access import find_place
from concord.web.request import actor, session
from concord.web.routing import EVERYBODY, SIGNED_IN, Routes

routes = Routes("records", __name__)


@routes.get("/records/<int:record_id>", permission=SIGNED_IN, faces=EVERYBODY)
def record(record_id: int) -> Response:
    place = find_place(session(), actor(), record_id)
    url = current_installation().records[place.kind].url(place.id, actor().face)
    if url is None:
        raise NotFound
    return redirect(url, 303)
