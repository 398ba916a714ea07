"""Looking whether every file has its content, unchanged."""

import hashlib
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.files.models import File
from concord.files.storage import path_of

BATCH = 500
CHUNK = 256 * 1024


def problems(session: Session) -> Iterator[str]:
    """Files whose content is gone, or is not what was uploaded."""
    after = 0
    query = select(File.id, File.stored_key, File.sha256).order_by(File.id).limit(BATCH)
    while rows := session.execute(query.where(File.id > after)).all():
        for row in rows:
            yield from _looked_at(row.id, row.stored_key, row.sha256)
        after = rows[-1].id


def _looked_at(file_id: int, key: str, sha256: str) -> Iterator[str]:
    digest = hashlib.sha256()
    try:
        with path_of(key).open("rb") as content:
            while chunk := content.read(CHUNK):
                digest.update(chunk)
    except OSError as error:
        yield f"file {file_id}: its content cannot be read ({error.strerror})"
        return
    if digest.hexdigest() != sha256:
        yield f"file {file_id}: its content is not what was uploaded"
