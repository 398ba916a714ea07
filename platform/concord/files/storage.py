"""Contents on disk: written whole and synced before their row is committed, or not there at all."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import filetype
import structlog

from concord.errors import ConcordError, NotFound, TooLarge
from concord.installation import current_installation
from concord.web.marks import N_

LARGEST = 20 * 1024 * 1024
CHUNK = 256 * 1024
HEAD = 8192
KEY_BYTES = 16
ABOVE_LIMIT = N_("A file can have at most 20 MB. Choose a smaller one; nothing was changed.")

log = structlog.get_logger()


class NotStored(ConcordError):
    """The disk did not take the content (it is full, or broken); nothing of it is left."""

    status = 507
    title = N_("The server has no room for this file; nothing was changed")


@dataclass(frozen=True, slots=True)
class Stored:
    """A content that is safely on disk. `size` is in bytes."""

    key: str
    size: int
    sha256: str
    content_type: str


def keep(content: IO[bytes]) -> Stored:
    """Keep `content` under a new random key; TooLarge above 20 MB, NotStored on a full disk."""
    key = secrets.token_hex(KEY_BYTES)
    path = path_of(key)
    part = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        size, digest, head = _written(content, part)
        part.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        log.error("file_not_stored", error=error.strerror, exc_info=True)
        raise NotStored from error
    finally:
        part.unlink(missing_ok=True)
    return Stored(key, size, digest, _type_of(head))


def path_of(key: str) -> Path:
    """Where a content lies. Keys are ours and hexadecimal: nothing anybody wrote is a path."""
    if not key.isalnum() or not key.isascii():
        raise NotFound
    return folder() / key[:2] / key


def folder() -> Path:
    return current_installation().settings.data_dir / "files"


def stored_before(moment: float) -> Iterator[list[Path]]:
    """Contents, and pieces of broken uploads, last written before `moment` (seconds since 1970)."""
    for shelf in sorted(folder().glob("??")):
        yield [path for path in shelf.iterdir() if path.stat().st_mtime < moment]


def _written(content: IO[bytes], path: Path) -> tuple[int, str, bytes]:
    digest, size, head = hashlib.sha256(), 0, b""
    with path.open("xb") as file:
        while chunk := content.read(CHUNK):
            size += len(chunk)
            if size > LARGEST:
                raise TooLarge(ABOVE_LIMIT)
            head = head or chunk[:HEAD]
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return size, digest.hexdigest(), head


def _sync_folder(path: Path) -> None:
    """A new name in a folder survives a power cut only when the folder is synced too."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _type_of(head: bytes) -> str:
    """The type by content, never by name; anything written in text, HTML and SVG too, is text."""
    if (found := filetype.guess(head)) is not None:
        return str(found.mime)
    return "text/plain" if _is_text(head) else "application/octet-stream"


def _is_text(head: bytes) -> bool:
    if not head or b"\0" in head:
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        # The head may end in the middle of a character.
        return error.start >= len(head) - 3
    return True
