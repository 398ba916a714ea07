"""Looking whether every file and each of its versions has its content, unchanged."""

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from concord.files import storage
from concord.files.measuring import Missing
from concord.files.models import File, FileVersion

BATCH = 500


def problems(session: Session) -> Iterator[str]:
    """Files whose content is gone, or is not what was uploaded; withdrawn ones have none."""
    current = select(File.id, File.stored_key, File.sha256).where(File.withdrawn_at.is_(None))
    for row in _rows(session, current, File.id):
        yield from _looked_at(f"file {row.id}", row.stored_key, row.sha256)
    former = (
        select(
            FileVersion.id,
            FileVersion.file_id,
            FileVersion.number,
            FileVersion.stored_key,
            FileVersion.sha256,
        )
        .join(File, File.id == FileVersion.file_id)
        .where(File.withdrawn_at.is_(None), FileVersion.stored_key != File.stored_key)
    )
    for row in _rows(session, former, FileVersion.id):
        what = f"version {row.number} of file {row.file_id}"
        yield from _looked_at(what, row.stored_key, row.sha256)


def _rows(session: Session, query: Select[*tuple[Any, ...]], key: Any) -> Iterator[Any]:
    after = 0
    query = query.order_by(key).limit(BATCH)
    while rows := session.execute(query.where(key > after)).all():
        yield from rows
        after = rows[-1].id


def _looked_at(what: str, stored_key: str, sha256: str) -> Iterator[str]:
    digest = hashlib.sha256()
    try:
        for piece in storage.pieces(stored_key):
            digest.update(piece)
    except (OSError, Missing) as error:
        yield f"{what}: its content cannot be read ({error})"
        return
    if digest.hexdigest() != sha256:
        yield f"{what}: its content is not what was uploaded"
