"""What every record says of itself."""

from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from marshmallow import Schema, fields

from concord.api.fields import Identifier, Moment


def _about(description: LazyString) -> dict[str, Any]:
    return {"description": description}


class RecordOut(Schema):
    """The spine's part of a record, for staff. A noun's own schema adds its fields."""

    id = Identifier(metadata=_about(_l("Its id, one sequence across all kinds")))
    kind = fields.String(metadata=_about(_l("What kind of record it is")))
    version = fields.Integer(metadata=_about(_l("Rises with each change; also its ETag")))
    owner_id = Identifier(allow_none=True, metadata=_about(_l("Who answers for it")))
    team_id = Identifier(allow_none=True, metadata=_about(_l("The owner's team")))
    company_id = Identifier(allow_none=True, metadata=_about(_l("The company it concerns")))
    created_at = Moment(metadata=_about(_l("When it was made")))
    updated_at = Moment(metadata=_about(_l("When it was last changed")))
