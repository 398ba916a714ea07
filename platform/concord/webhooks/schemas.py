"""A webhook's fields, declared once: in the page's form and in the API."""

from typing import Any

import orjson
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import Schema, ValidationError, fields

from concord.api.fields import Identifier, Moment
from concord.api.schemas import RecordOut

LONGEST_TITLE = 200


def check_title(title: str) -> None:
    if len(title) > LONGEST_TITLE:
        raise ValidationError(_("At most %(most)s characters.", most=LONGEST_TITLE))


class WebhookForm(Schema):
    """What a person writes about a webhook."""

    title = fields.String(validate=check_title, metadata={"label": _l("Name")})
    url = fields.String(required=True, metadata={"label": _l("Address")})
    events = fields.List(fields.String(), load_default=list)


class WebhookIn(WebhookForm):
    """The API takes a secret as well."""

    events = fields.List(
        fields.String(),
        required=True,
        metadata={"description": _l("Names of facts, “opportunity.*”, or “*” for everything")},
    )
    secret = fields.String(
        load_default=None,
        allow_none=True,
        metadata={"description": _l("Made for you unless you send one")},
    )


class WebhookOut(RecordOut):
    """`secret` is filled in the answer that makes the webhook or renews it, and never again."""

    title = fields.String()
    url = fields.String()
    events = fields.List(fields.String())
    scopes = fields.List(
        fields.String(), metadata={"description": _l("Narrow what it may tell; none means all")}
    )
    secret = fields.Function(
        lambda hook: getattr(hook, "shown_secret", None),
        metadata={"description": _l("Shown once")},
    )
    stopped_at = Moment(allow_none=True)
    stopped_for = fields.String(allow_none=True)
    failing_since = Moment(allow_none=True)
    failures = fields.Integer()


class DeliveryOut(Schema):
    """A line of the log."""

    id = Identifier()
    message_id = fields.String(metadata={"description": _l("Sent as webhook-id, always the same")})
    event = fields.String()
    record_id = Identifier()
    state = fields.String(metadata={"description": "waiting · delivered · failed · withheld"})
    attempts = fields.Integer()
    created_at = Moment()
    next_at = Moment(allow_none=True)
    last_at = Moment(allow_none=True)
    status = fields.Integer(allow_none=True)
    milliseconds = fields.Integer(allow_none=True)
    error = fields.String(allow_none=True)


class WholeDeliveryOut(DeliveryOut):
    """With what was sent and, for administrators, the beginning of the answer."""

    tries = fields.List(fields.Dict())
    body = fields.Function(lambda shown: _read(shown.body))
    answer = fields.String(allow_none=True)


class SinceIn(Schema):
    since = Moment(required=True, metadata={"description": _l("What has failed since then")})


def _read(body: str | None) -> Any:
    return None if body is None else orjson.loads(body)
