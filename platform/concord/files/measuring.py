"""Reading what somebody sends: how much it is, its digest, and what it really is."""

import hashlib
from typing import IO

import filetype

from concord.errors import TooLarge
from concord.web.marks import N_

CHUNK = 256 * 1024
LARGEST = 20 * 1024 * 1024
HEAD = 8192
ABOVE_LIMIT = N_("A file can have at most 20 MB. Choose a smaller one; nothing was changed.")


class Missing(Exception):
    """There is no such content, or the storage does not answer."""


class Measured:
    """A content that counts while it is read; raises TooLarge above 20 MB."""

    def __init__(self, content: IO[bytes]) -> None:
        self._content = content
        self._digest = hashlib.sha256()
        self._head = b""
        self.size = 0

    def read(self, size: int) -> bytes:
        piece = self._content.read(size)
        self.size += len(piece)
        if self.size > LARGEST:
            raise TooLarge(ABOVE_LIMIT)
        if len(self._head) < HEAD:
            self._head += piece[: HEAD - len(self._head)]
        self._digest.update(piece)
        return piece

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    @property
    def content_type(self) -> str:
        """By content, never by name; anything written in text, HTML and SVG too, is text."""
        if (found := filetype.guess(self._head)) is not None:
            return str(found.mime)
        return "text/plain" if _is_text(self._head) else "application/octet-stream"


def _is_text(head: bytes) -> bool:
    if not head or b"\0" in head:
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        # The head may end in the middle of a character.
        return error.start >= len(head) - 3
    return True
