"""Runs as programs begin and see them."""

from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import Schema, ValidationError, fields, validates_schema

from concord.api.fields import Identifier, Moment


def _about(description: LazyString) -> dict[str, Any]:
    return {"description": description}


class BulkIn(Schema):
    """What to do to which records: `ids` or `filter`, and the verb with what it takes."""

    ids = fields.List(Identifier(), metadata=_about(_l("The records, one by one")))
    filter = fields.Dict(
        keys=fields.String(), metadata=_about(_l("Or all that these filters of the list find"))
    )
    q = fields.String(metadata=_about(_l("Words to search for, beside the filter")))
    verb = fields.String(metadata=_about(_l("owner, edit, tag, untag, archive or restore")))
    changes = fields.Dict(
        keys=fields.String(), metadata=_about(_l("For edit: fields with their new values"))
    )
    owner_id = Identifier(metadata=_about(_l("For owner: the colleague who gets them")))
    tags = fields.List(fields.String(), metadata=_about(_l("For tag and untag: names")))

    @validates_schema
    def one_selection(self, data: dict[str, Any], **_options: Any) -> None:
        if ("ids" in data) == ("filter" in data):
            raise ValidationError(_("Send either ids or a filter."), "ids")
        if "q" in data and "ids" in data:
            raise ValidationError(_("Send either ids or words to search for."), "q")

    @validates_schema
    def a_verb(self, data: dict[str, Any], **_options: Any) -> None:
        if "verb" not in data and "changes" not in data:
            raise ValidationError(_("Say what to do."), "verb")


class RunOut(Schema):
    """A run, its progress and its counts."""

    id = Identifier()
    kind = fields.String()
    verb = fields.String(metadata=_about(_l("What is done; undo takes another run back")))
    subject_kind = fields.String(metadata=_about(_l("The kind of record it is done to")))
    values = fields.Dict(metadata=_about(_l("What the verb was given")))
    state = fields.String(metadata=_about(_l("running, held or done")))
    held_because = fields.String(allow_none=True)
    total = fields.Integer(metadata=_about(_l("How many records it is about")))
    refused = fields.Integer(metadata=_about(_l("Asked for, but not the caller's to change")))
    done = fields.Integer(metadata=_about(_l("How many were changed")))
    same = fields.Integer(metadata=_about(_l("Were so already")))
    skipped = fields.Integer(metadata=_about(_l("Left, each with a reason")))
    owner_id = Identifier(allow_none=True)
    undoes_id = Identifier(allow_none=True)
    created_at = Moment()
    finished_at = Moment(allow_none=True)


class ItemOut(Schema):
    """What became of one record."""

    record_id = Identifier()
    state = fields.String(metadata=_about(_l("waiting, done, same or skipped")))
    reason = fields.String(
        allow_none=True,
        metadata=_about(_l("gone, forbidden, invalid, contradicts, or changed since")),
    )
    fields_left = fields.List(fields.String(), attribute="fields")
    along = fields.Boolean(metadata=_about(_l("Changed because another record of the run was")))
