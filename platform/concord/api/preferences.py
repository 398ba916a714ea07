"""How one wants to be told, over REST: topics, hours, and single records."""

from collections.abc import Mapping
from typing import Any

from flask import Response
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import Schema, fields, validate

from concord.api import body
from concord.api.answers import answer, nothing
from concord.api.describe import Operation, describes
from concord.api.fields import Moment
from concord.api.serialising import serialiser
from concord.errors import Invalid
from concord.facts.topics import MailWhen
from concord.notifications.following import State, say, state_of
from concord.notifications.preferences import (
    DAYS,
    Preferences,
    change_hours,
    change_topics,
    preferences_of,
)
from concord.records.access import find_place
from concord.web.request import actor, session
from concord.web.routing import EVERYBODY, SIGNED_IN, Routes

routes = Routes("api_preferences", __name__)
PATH = "/api/v1/notification-preferences"
TIME = validate.Regexp(r"\d{1,2}:\d{2}")


class Ways(Schema):
    """How a topic or one kind of fact is told; what is left out stays as it was."""

    program = fields.Boolean()
    mail = fields.String(validate=validate.OneOf([*MailWhen]))
    push = fields.Boolean()
    only_mine = fields.Boolean()
    muted_until = Moment(allow_none=True)


class QuietHours(Schema):
    day = fields.String(required=True, validate=validate.OneOf(DAYS))
    start = fields.String(required=True, data_key="from", validate=TIME)
    until = fields.String(required=True, validate=TIME)


class PreferencesIn(Schema):
    digest_at = fields.String(validate=TIME)
    quiet = fields.List(fields.Nested(QuietHours), validate=validate.Length(max=7))
    topics = fields.Dict(fields.String(), fields.Nested(Ways))


class KindOut(Ways):
    key = fields.String()
    label = fields.String()


class TopicOut(KindOut):
    kinds = fields.List(fields.Nested(KindOut))


class PreferencesOut(Schema):
    timezone = fields.String()
    digest_at = fields.String()
    quiet = fields.List(fields.Nested(QuietHours))
    topics = fields.List(fields.Nested(TopicOut))


class FollowingOut(Schema):
    """`state` is follow, mentions, mute, or null where the record is told as usual."""

    state = fields.String(allow_none=True)


READ = Operation(
    tag="notifications", summary=_l("Read how one wants to be told"), response=PreferencesOut
)
CHANGE = Operation(
    tag="notifications",
    summary=_l("Choose how one wants to be told"),
    request=PreferencesIn,
    response=PreferencesOut,
)
READ_STATE = Operation(
    tag="notifications", summary=_l("Read whether one follows a record"), response=FollowingOut
)
FOLLOW = Operation(tag="notifications", summary=_l("Follow a record"), status=204)
UNFOLLOW = Operation(tag="notifications", summary=_l("Follow a record no longer"), status=204)
MUTE = Operation(tag="notifications", summary=_l("Mute a record"), status=204)
UNMUTE = Operation(tag="notifications", summary=_l("Mute a record no longer"), status=204)
MENTIONS = Operation(
    tag="notifications", summary=_l("Hear of a record only when mentioned"), status=204
)
RECORD = "/api/v1/records/<identifier:record_id>"


@routes.get(PATH, permission=SIGNED_IN, faces=EVERYBODY)
@describes(READ)
def show() -> Response:
    return _shown()


@routes.patch(PATH, permission=SIGNED_IN, faces=EVERYBODY)
@describes(CHANGE)
def change() -> Response:
    sent: dict[str, Any] = body.read(PreferencesIn)
    _check_truths(sent.get("topics", {}))
    change_topics(session(), actor(), sent.get("topics", {}))
    if "digest_at" in sent or "quiet" in sent:
        quiet = sent.get("quiet")
        change_hours(
            session(),
            actor(),
            digest_at=sent.get("digest_at"),
            quiet=None if quiet is None else [_hours(each) for each in quiet],
        )
    session().flush()
    return _shown()


@routes.get(f"{RECORD}/following", permission=SIGNED_IN, faces=EVERYBODY)
@describes(READ_STATE)
def following(record_id: int) -> Response:
    place = find_place(session(), actor(), record_id)
    return answer({"state": state_of(session(), actor(), place.id)})


@routes.put(f"{RECORD}/follow", permission=SIGNED_IN, faces=EVERYBODY)
@describes(FOLLOW)
def follow(record_id: int) -> Response:
    return _say(record_id, State.FOLLOW)


@routes.delete(f"{RECORD}/follow", permission=SIGNED_IN, faces=EVERYBODY)
@describes(UNFOLLOW)
def unfollow(record_id: int) -> Response:
    return _take_back(record_id, State.FOLLOW)


@routes.put(f"{RECORD}/mute", permission=SIGNED_IN, faces=EVERYBODY)
@describes(MUTE)
def mute(record_id: int) -> Response:
    return _say(record_id, State.MUTE)


@routes.delete(f"{RECORD}/mute", permission=SIGNED_IN, faces=EVERYBODY)
@describes(UNMUTE)
def unmute(record_id: int) -> Response:
    return _take_back(record_id, State.MUTE, State.MENTIONS)


@routes.put(f"{RECORD}/mentions-only", permission=SIGNED_IN, faces=EVERYBODY)
@describes(MENTIONS)
def mentions_only(record_id: int) -> Response:
    return _say(record_id, State.MENTIONS)


def _say(record_id: int, state: State) -> Response:
    place = find_place(session(), actor(), record_id)
    say(session(), actor(), place.id, state)
    return nothing()


def _take_back(record_id: int, *states: State) -> Response:
    """Back to being told as usual, from these states; said twice it is done once."""
    place = find_place(session(), actor(), record_id)
    if state_of(session(), actor(), place.id) in states:
        say(session(), actor(), place.id, None)
    return nothing()


def _shown() -> Response:
    found: Preferences = preferences_of(session(), actor())
    content = serialiser(PreferencesOut).one(
        Preferences(
            found.timezone,
            found.digest_at,
            tuple(day for day in found.quiet if day.quiet),
            found.topics,
        )
    )
    return answer(content)


def _hours(sent: Mapping[str, Any]) -> dict[str, str]:
    return {"day": sent["day"], "from": sent["start"], "until": sent["until"]}


def _check_truths(topics: Mapping[str, Mapping[str, Any]]) -> None:
    """Inside of a dictionary of topics nobody has looked yet whether truths are truths."""
    sent = body.read_json().get("topics") or {}
    for key, ways in sent.items():
        for name in ("program", "push", "only_mine"):
            if name in ways and not isinstance(ways[name], bool):
                raise Invalid({f"topics.{key}.{name}": [_("Send true or false.")]})
        if key not in topics:
            raise Invalid({f"topics.{key}": [_("There is no such topic.")]})
