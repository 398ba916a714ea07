"""Making the file of an export, in a worker."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import Actor, Face
from concord.audit.writing import note
from concord.clock import now
from concord.database.engine import Database
from concord.errors import ConcordError
from concord.exports import storage
from concord.exports.asking import sheet_of
from concord.exports.models import Export
from concord.exports.sheets import Sheet, Words
from concord.exports.writing import Format, write
from concord.identity.actors import actors_of
from concord.identity.tokens import actor_of_token_id
from concord.jobs.job import Errand
from concord.jobs.schedules import Schedule
from concord.lists.registry import list_named

KEPT = timedelta(days=1)
"""How long a file waits for its reader."""


def make(database: Database, export_id: int) -> None:
    """Read as its reader, write to disk, then say that it is there. Rights are as of now."""
    with database.reading() as session:
        export = session.get(Export, export_id)
        if export is None or export.finished_at is not None:
            return
        made = _file_of(session, export)
    with database.writing() as session:
        export = session.get_one(Export, export_id)
        export.finished_at, export.expires_at = now(), now() + KEPT
        if made is None:
            export.failed = True
        else:
            export.key, export.rows, export.groups = made
        session.commit()


def _file_of(session: Session, export: Export) -> tuple[str, int, list[str]] | None:
    """Key, rows and field groups; None where the reader may not have it any more."""
    actor = _reader(session, export)
    if actor is None:
        return None
    asked = export.asked
    try:
        sheet = sheet_of(
            session,
            actor,
            list_named(export.list_key),
            asked["parameters"],
            asked["ids"],
            Words(**asked["words"]),
        )
    except ConcordError:
        return None
    with storage.writing() as (key, file):
        rows = write(file, Format(export.format), asked["name"], sheet.heads, sheet.rows(session))
    return key, rows, sheet.groups


def _reader(session: Session, export: Export) -> Actor | None:
    if export.token_id is not None:
        return actor_of_token_id(session, export.token_id)
    actors = actors_of(session, [export.user_id]).get(export.user_id, [])
    return next((actor for actor in actors if actor.face is Face.STAFF), None)


def sweep(session: Session, moment: object) -> None:
    """Delete what has waited long enough, files first."""
    for export in session.scalars(select(Export).where(Export.expires_at < now()).limit(500)):
        if export.key is not None:
            storage.path_of(export.key).unlink(missing_ok=True)
        session.delete(export)


def note_export(session: Session, actor: Actor, sheet: Sheet, chosen: Format, rows: int) -> None:
    """An export is in the audit, with what was asked for."""
    what = {
        "list": sheet.list_type.key,
        "format": chosen.value,
        "rows": rows,
        "columns": [field.name for field in sheet.fields],
    }
    note(session, actor, "export", changes=what)


MAKE = Errand(name="exports.make", run=make, label=_l("Make an export"))
SWEEP = Schedule(
    name="exports.sweep", every=timedelta(hours=1), run=sweep, label=_l("Remove old exports")
)
