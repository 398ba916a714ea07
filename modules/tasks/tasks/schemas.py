"""A task's fields, declared once: in the page's form and in the API."""

from typing import Any

from flask_babel import gettext as _
from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from concord.api.fields import Identifier, Moment
from concord.api.schemas import RecordOut
from modules.tasks.tasks.models import Priority, State

LONGEST_TITLE, LONGEST_NOTE = 200, 10_000


def check_title(title: str) -> None:
    if not title.strip():
        raise ValidationError(_("Write what is to be done."))
    if len(title) > LONGEST_TITLE:
        raise ValidationError(_("At most %(most)s characters.", most=LONGEST_TITLE))


def check_note(note: str) -> None:
    if len(note) > LONGEST_NOTE:
        raise ValidationError(_("At most %(most)s characters.", most=LONGEST_NOTE))


class TaskFields(Schema):
    """What a person writes about a task, wherever they write it."""

    title = fields.String(required=True, validate=check_title)
    assignee_id = Identifier()
    due_on = fields.Date(allow_none=True)
    priority = fields.Enum(Priority, by_value=True)
    note = fields.String(validate=check_note)


class TaskForm(TaskFields):
    """The page's form: a day, and a time only where one matters."""

    record_id = Identifier(allow_none=True)
    due_time = fields.Time(allow_none=True)


class TaskIn(TaskFields):
    """The API's: a moment or a day, and the state."""

    record_id = Identifier(allow_none=True)
    due_at = Moment(allow_none=True)
    state = fields.Enum(State, by_value=True)

    @validates_schema
    def one_due(self, data: dict[str, Any], **_options: Any) -> None:
        if data.get("due_at") is not None and data.get("due_on") is not None:
            raise ValidationError(_("Send a day or a moment, not both."), "due_on")


class TaskOut(RecordOut):
    """The owner of a task is its assignee, and is called so."""

    class Meta:
        exclude = ("owner_id",)

    title = fields.String()
    record_id = Identifier(attribute="about_id", allow_none=True)
    assignee_id = Identifier(attribute="owner_id", allow_none=True)
    created_by_id = Identifier(allow_none=True)
    state = fields.String(validate=validate.OneOf([state.value for state in State]))
    priority = fields.String(validate=validate.OneOf([level.value for level in Priority]))
    due_at = Moment(allow_none=True)
    due_on = fields.Date(allow_none=True)
    done_at = Moment(allow_none=True)
    note = fields.String()
