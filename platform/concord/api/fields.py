"""Fields that several schemas share."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask_babel import gettext as _
from marshmallow import ValidationError, fields

from concord.clock import is_showable

LARGEST_INTEGER = 2**63 - 1


class Identifier(fields.Integer):
    """The id of a record, person or team."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any
    ) -> int:
        if isinstance(value, float):
            raise self.make_error("invalid")
        number = super()._deserialize(value, attr, data, **options)
        if not 0 < number <= LARGEST_INTEGER:
            raise ValidationError(_("There is nothing with this id."))
        return number


class Moment(fields.AwareDateTime):
    """A moment: RFC 3339 with its offset in, UTC out."""

    def _serialize(
        self, value: datetime | None, attr: str | None, obj: Any, **options: Any
    ) -> str | float | None:
        return None if value is None else value.astimezone(UTC).isoformat().replace("+00:00", "Z")

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any
    ) -> datetime:
        moment = super()._deserialize(value, attr, data, **options)
        if not is_showable(moment):
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE)
        return moment.astimezone(UTC)


class Part(fields.Nested):
    """An object made of attributes of the whole."""

    def get_value(self, obj: Any, attr: str, accessor: Any = None, default: Any = None) -> Any:
        return obj
