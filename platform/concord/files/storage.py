"""Contents: kept whole and synced before their row is committed, or not there at all.

They lie in the data folder, or in a bucket that speaks S3 where CONCORD_FILES_URL names one. Keys
are made here, whatever a file is called.
"""

import errno
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO, Protocol

import structlog

from concord.errors import ConcordError, NotFound
from concord.files.disk import Disk
from concord.files.measuring import Measured
from concord.installation import current_installation
from concord.web.marks import N_

KEY_BYTES = 16
FULL = (errno.ENOSPC, errno.EDQUOT)

log = structlog.get_logger()


class NotStored(ConcordError):
    """The storage did not take the content; nothing of it is left."""

    status = 503
    title = N_("Files cannot be kept just now; nothing was changed. Try again in some minutes.")


class Full(NotStored):
    status = 507
    title = N_("The server has no room for this file; nothing was changed")


@dataclass(frozen=True, slots=True)
class Stored:
    """A content that is safely kept. `size` is in bytes."""

    key: str
    size: int
    sha256: str
    content_type: str


class Storage(Protocol):
    """Where contents lie. Raises OSError where it fails, Missing where there is no such content."""

    def put(self, key: str, content: Measured) -> None: ...
    def pieces(self, key: str) -> Iterator[bytes]: ...
    def holds(self, key: str) -> bool: ...
    def remove(self, key: str) -> None: ...
    def older_than(self, moment: float) -> Iterator[list[str]]: ...


def keep(content: IO[bytes], key: str | None = None) -> Stored:
    """Keep `content` under a new random key; TooLarge above 20 MB, NotStored where it fails."""
    key = own(key or secrets.token_hex(KEY_BYTES))
    measured = Measured(content)
    try:
        storage().put(key, measured)
    except OSError as error:
        log.error("file_not_stored", error=str(error), exc_info=True)
        kind = Full if error.errno in FULL else NotStored
        raise kind(kind.title) from error
    return Stored(key, measured.size, measured.sha256, measured.content_type)


def pieces(key: str) -> Iterator[bytes]:
    """The content piece by piece; Missing before the first where it is not there."""
    return storage().pieces(own(key))


def read(key: str) -> bytes:
    return b"".join(pieces(key))


def holds(key: str) -> bool:
    return storage().holds(own(key))


def remove(key: str) -> None:
    storage().remove(own(key))


def older_than(moment: float) -> Iterator[list[str]]:
    """Keys of what was last written before `moment` (seconds since 1970), in batches."""
    return storage().older_than(moment)


def own(key: str) -> str:
    """Keys are ours, letters and digits: nothing that anybody wrote is a path."""
    if not key.isalnum() or not key.isascii():
        raise NotFound
    return key


def storage() -> Storage:
    settings = current_installation().settings
    return _storage(settings.files_url, settings.data_dir)


@lru_cache(maxsize=8)
def _storage(url: str | None, data_dir: Path) -> Storage:
    if url is None:
        return Disk(data_dir / "files")
    # It brings boto3, which whoever keeps files on disk never loads.
    from concord.files.bucket import Bucket

    return Bucket.of(url)
