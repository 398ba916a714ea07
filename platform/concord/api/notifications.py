"""A person's own notifications over REST: newest first, by position."""

from collections.abc import Mapping

from flask import Response, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import Schema, fields

from concord.api.answers import answer, nothing
from concord.api.describe import Operation, Parameter, describes
from concord.api.fields import Identifier, Moment
from concord.api.filtering import read_limit, read_position, single
from concord.api.serialising import serialiser
from concord.errors import Invalid, NotFound
from concord.notifications.actions import mark_all_read, mark_read, mark_unread
from concord.notifications.queries import PAGE, Shown, inbox, one
from concord.web.request import actor, session
from concord.web.routing import EVERYBODY, SIGNED_IN, Routes

routes = Routes("api_notifications", __name__)
PARAMETERS = frozenset({"after", "before", "limit", "unread"})


class NotificationOut(Schema):
    """One line, the same for every face: it was written for its reader alone."""

    id = Identifier()
    position = fields.Integer()
    at = Moment()
    sentence = fields.String(attribute="text")
    body = fields.String()
    reason = fields.String()
    count = fields.Integer()
    url = fields.String()
    read_at = Moment(allow_none=True)


LIST = Operation(
    tag="notifications",
    summary=_l("Read one's notifications, newest first"),
    parameters=(
        Parameter("after", "integer", _l("Those nearest above this position")),
        Parameter("before", "integer", _l("Those nearest below this position")),
        Parameter("limit", "integer", _l("How many, at most 100")),
        Parameter("unread", "boolean", _l("Only those not read yet")),
    ),
    response=NotificationOut,
    paged="integer",
)
READ_ONE = Operation(tag="notifications", summary=_l("Mark one as read"), response=NotificationOut)
UNREAD_ONE = Operation(
    tag="notifications", summary=_l("Mark one as unread"), response=NotificationOut
)
READ_ALL = Operation(tag="notifications", summary=_l("Mark all as read"), status=204)


@routes.get("/api/v1/notifications", permission=SIGNED_IN, faces=EVERYBODY)
@describes(LIST)
def index() -> Response:
    given = single(request.args)
    _refuse_unknown(given)
    found = inbox(
        session(),
        actor(),
        after=read_position(given, "after"),
        before=read_position(given, "before"),
        limit=read_limit(given, PAGE),
        shown=Shown.UNREAD if given.get("unread") == "true" else Shown.ALL,
    )
    items = serialiser(NotificationOut).many(found.items)
    return answer({"items": items, "next": found.next, "position": found.position})


@routes.post(
    "/api/v1/notifications/<identifier:notification_id>/read",
    permission=SIGNED_IN,
    faces=EVERYBODY,
)
@describes(READ_ONE)
def read(notification_id: int) -> Response:
    mark_read(session(), actor(), notification_id)
    return _line(notification_id)


@routes.post(
    "/api/v1/notifications/<identifier:notification_id>/unread",
    permission=SIGNED_IN,
    faces=EVERYBODY,
)
@describes(UNREAD_ONE)
def unread(notification_id: int) -> Response:
    mark_unread(session(), actor(), notification_id)
    return _line(notification_id)


@routes.post("/api/v1/notifications/read-all", permission=SIGNED_IN, faces=EVERYBODY)
@describes(READ_ALL)
def read_all() -> Response:
    mark_all_read(session(), actor())
    return nothing()


def _line(notification_id: int) -> Response:
    found = one(session(), actor(), notification_id)
    if found is None:
        raise NotFound
    return answer(serialiser(NotificationOut).one(found))


def _refuse_unknown(given: Mapping[str, str]) -> None:
    errors = {name: [_("There is no such filter.")] for name in given.keys() - PARAMETERS}
    if given.get("unread", "true") not in ("true", "false"):
        errors["unread"] = [_("Send true or false.")]
    if "after" in given and "before" in given:
        errors["before"] = [_("Ask for what is after or for what is before, not both.")]
    if errors:
        raise Invalid(errors)
