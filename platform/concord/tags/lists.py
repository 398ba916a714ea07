"""Tags as a field of any list."""

from flask_babel import lazy_gettext as _l

from concord.lists.fields import Field, there_or_not
from concord.lists.kinds import Kind
from concord.records.models import Record
from concord.tags.models import RecordTag, Tag
from concord.tags.queries import CHIPS, holding

ON_RECORD = RecordTag.__table__.alias("tags_on")
THERE = Tag.__table__.alias("tags_there")
TAGS = Field(
    name="tags",
    label=_l("Tags"),
    kind=Kind.TAGS,
    column=CHIPS,
    holding=holding,
    each=there_or_not(THERE.c.id),
    order=there_or_not(THERE.c.key),
    beside=(
        (ON_RECORD, ON_RECORD.c.record_id == Record.id),
        (THERE, THERE.c.id == ON_RECORD.c.tag_id),
    ),
    groupable=True,
    width=160,
)
