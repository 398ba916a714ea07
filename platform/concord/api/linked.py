"""Records that a request names: whoever links one must see it."""

from collections.abc import Collection

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.errors import Invalid, NotFound
from concord.parties.models import Party
from concord.records.access import find_record
from concord.records.models import Record


def visible_company(
    session: Session, actor: Actor, company_id: int, *, field: str = "company_id"
) -> Party:
    """The company, if `actor` sees it; else Invalid on `field`, there or not."""
    found = visible_record(session, actor, company_id, field=field)
    if not isinstance(found, Party):
        raise _absent(field)
    return found


def visible_record(
    session: Session,
    actor: Actor,
    record_id: int,
    *,
    field: str = "record_id",
    kinds: Collection[str] = (),
) -> Record:
    """A record of one of `kinds` (any, when none is named), if `actor` sees it; else Invalid."""
    try:
        record, record_type = find_record(session, actor, record_id)
    except NotFound:
        raise _absent(field) from None
    if kinds and record_type.kind not in kinds:
        raise _absent(field)
    return record


def _absent(field: str) -> Invalid:
    return Invalid({field: [_("There is no such record.")]})
