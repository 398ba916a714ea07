"""Tags as a field of any list."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from concord.lists.fields import Field
from concord.lists.kinds import Kind
from concord.records.models import Record
from concord.tags.models import RecordTag, Tag
from concord.tags.queries import holding

NAMES = (
    select(func.aggregate_strings(Tag.name, ", "))
    .join(RecordTag, RecordTag.tag_id == Tag.id)
    .where(RecordTag.record_id == Record.id)
    .correlate(Record)
    .scalar_subquery()
)
TAGS = Field(
    name="tags", label=_l("Tags"), kind=Kind.TAGS, column=NAMES, holding=holding, width=160
)
