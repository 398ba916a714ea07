"""Taking a person out of the audit: the seals still hold, what they were about is gone for good."""

from collections.abc import Iterable, Iterator
from itertools import islice

from sqlalchemy import update
from sqlalchemy.orm import Session

from concord.audit.models import NAMED, AuditRow

BATCH = 500


def forget_actor(session: Session, user_id: int) -> None:
    """Who it was and from where, on every row of this person's own doing. What they did stays."""
    theirs = update(AuditRow).where(AuditRow.actor_id == user_id)
    session.execute(theirs.values(actor_name="", address=None, who_salt=None))


def forget_rows(session: Session, table: str, row_ids: Iterable[int]) -> None:
    """What was changed on these rows; that they were changed, when and by whom stays."""
    about = update(AuditRow).where(AuditRow.table == table)
    for some in batched(row_ids, BATCH):
        session.execute(about.where(AuditRow.row_id.in_(some)).values(changes={}, what_salt=None))


def forget_named(session: Session, table: str, column: str, value: str) -> None:
    """The same on every row that was called so, also of what is no longer there."""
    called = AuditRow.changes[(NAMED, column)].as_string() == value
    about = update(AuditRow).where(AuditRow.table == table, called)
    session.execute(about.values(changes={}, what_salt=None))


def batched(ids: Iterable[int], size: int) -> Iterator[list[int]]:
    """So many at a time: a statement takes only so many values."""
    rest = iter(ids)
    while some := list(islice(rest, size)):
        yield some
