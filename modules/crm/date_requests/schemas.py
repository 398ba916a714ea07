"""The fields of a request for dates, declared once; suppliers have an allow-list of their own."""

from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import Schema, fields, validate

from concord.actors import Actor
from concord.api.fields import Identifier, Moment
from concord.api.schemas import RecordOut
from concord.nouns.fields import about, choice, line, text
from modules.crm.date_requests.models import REASONS, STATES

MOST_LINES = 50
LONGEST_QUANTITY = 40
LONGEST_NUMBER = 60
LONGEST_REMARK = 1000

STATE_LABELS = dict(zip(STATES, (_l("Unanswered"), _l("Answered"), _l("Closed")), strict=True))
REASON_LABELS = dict(
    zip(
        REASONS,
        (_l("Material"), _l("Capacity"), _l("Transport"), _l("Quality"), _l("Something else")),
        strict=True,
    )
)


def _day() -> Any:
    return fields.Date(required=True)


class LineIn(Schema):
    item = line(about(_l("Item"), "package"), required=True)
    quantity = line(about(_l("Quantity"), "hash"), longest=LONGEST_QUANTITY)
    wanted_on = _day()


class DateRequestIn(Schema):
    company_id = Identifier(required=True)
    about_id = Identifier(allow_none=True)
    title = line(about(_l("Subject"), "calendar-clock"))
    number = line(about(_l("Number"), "hash"), longest=LONGEST_NUMBER)
    note = text(about(_l("Note to the supplier"), "message-square"))
    answer_by = fields.Date(allow_none=True)
    lines = fields.List(
        fields.Nested(LineIn), required=True, validate=validate.Length(1, MOST_LINES)
    )


class AnswerLineIn(Schema):
    line_id = Identifier(required=True)
    answered_on = _day()
    reason = choice(
        about(_l("Reason"), "circle-help", "select", list(REASON_LABELS.items())), optional=True
    )
    remark = text(about(_l("Remark"), "message-square"), longest=LONGEST_REMARK)


class AnswerIn(Schema):
    """`version` is that of the request as it was read; where it is old, nothing is saved."""

    version = fields.Integer(strict=True)
    lines = fields.List(
        fields.Nested(AnswerLineIn), required=True, validate=validate.Length(1, MOST_LINES)
    )


class LineOut(Schema):
    id = Identifier()
    position = fields.Integer()
    item = fields.String()
    quantity = fields.String(allow_none=True)
    wanted_on = fields.Date()
    answered_on = fields.Date(allow_none=True)
    days_late = fields.Integer()
    reason = fields.String(allow_none=True)
    remark = fields.String(allow_none=True)
    answered_at = Moment(allow_none=True)


class SupplierDateRequest(Schema):
    """What the supplier sees of a request: not what it is for, nor whose it is inside."""

    id = Identifier()
    kind = fields.String()
    version = fields.Integer()
    title = fields.String()
    number = fields.String(allow_none=True)
    note = fields.String(allow_none=True)
    state = fields.String()
    answer_by = fields.Date(allow_none=True)
    answered_at = Moment(allow_none=True)
    created_at = Moment()
    lines = fields.List(fields.Nested(LineOut))


class DateRequestOut(RecordOut, SupplierDateRequest):
    about_id = Identifier(allow_none=True)


def out_schema(actor: Actor) -> type[Schema]:
    return SupplierDateRequest if actor.outside else DateRequestOut
