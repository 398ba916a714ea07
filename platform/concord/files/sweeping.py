"""Removing what belongs to nothing: rows that were never sent, then contents that have no row."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select, union_all
from sqlalchemy.orm import Session

from concord.clock import now
from concord.database.engine import Database
from concord.files import storage
from concord.files.models import File, FileVersion
from concord.jobs.job import Errand, enqueue

ORPHANED_AFTER = timedelta(days=1)
DERIVED = "p"
"""Stands in the key of what was made of a content, between that content's key and the rest."""


def sweep(session: Session, moment: datetime) -> int:
    """Remove the rows of uploads older than a day, then have their contents removed."""
    orphaned = (File.entry_id.is_(None), File.created_at < moment - ORPHANED_AFTER)
    former = FileVersion.file_id.in_(select(File.id).where(*orphaned))
    session.execute(delete(FileVersion).where(former))
    removed = int(session.execute(delete(File).where(*orphaned)).rowcount)  # type: ignore[attr-defined]
    enqueue(session, SWEEP_CONTENTS)
    return removed


def sweep_contents(database: Database) -> None:
    """Remove contents older than a day that no row names; nothing can break in between."""
    ended = now() - ORPHANED_AFTER
    for keys in storage.older_than(ended.timestamp()):
        with database.reading() as session:
            known = _known(session, [_origin(key) for key in keys], ended)
        for key in keys:
            if _origin(key) not in known:
                storage.remove(key)


def _known(session: Session, keys: Sequence[str], ended: datetime) -> set[str]:
    """The contents of files and of their versions, except of those withdrawn before `ended`."""
    withdrawn = select(File.id).where(File.withdrawn_at < ended)
    current = select(File.stored_key).where(File.stored_key.in_(keys), File.id.not_in(withdrawn))
    former = select(FileVersion.stored_key).where(
        FileVersion.stored_key.in_(keys), FileVersion.file_id.not_in(withdrawn)
    )
    return set(session.scalars(union_all(current, former)))


def _origin(key: str) -> str:
    return key.partition(DERIVED)[0]


SWEEP_CONTENTS = Errand(
    name="files.sweep_contents",
    run=sweep_contents,
    label=_l("Remove contents that belong to no file"),
)
