"""What the forms of the organisation say."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from marshmallow import Schema, ValidationError, fields

from concord.identity.schemas import Choice, Line, Zone
from concord.money import is_currency
from concord.settings import LANGUAGES


class Currency(fields.String):
    """A currency by its ISO code."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any
    ) -> str:
        code = super()._deserialize(value, attr, data, **options).strip().upper()
        if not is_currency(code):
            raise ValidationError(_("There is no such currency."))
        return code


class OrganisationIn(Schema):
    name = Line(required=True)
    mail_name = Line(allow_none=True)
    currency = Currency(required=True)
    language = Choice(LANGUAGES, required=True)
    timezone = Zone(required=True)


class DayIn(Schema):
    """A day that is not as its weekday says; without hours one does not work."""

    day = fields.Date(required=True)
    name = Line(required=True)
    begins = fields.Time(allow_none=True, load_default=None)
    ends = fields.Time(allow_none=True, load_default=None)
