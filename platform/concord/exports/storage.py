"""Where exports lie until they are fetched: apart from files, for a day."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from concord.errors import NotFound
from concord.installation import current_installation


@contextmanager
def writing() -> Iterator[tuple[str, IO[bytes]]]:
    """A new file under a random key; where writing fails nothing of it is left."""
    key = secrets.token_hex(16)
    path = path_of(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    try:
        with part.open("xb") as file:
            yield key, file
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def path_of(key: str) -> Path:
    """Keys are ours and hexadecimal: nothing anybody wrote is a path."""
    if not (key.isalnum() and key.isascii()):
        raise NotFound
    return current_installation().settings.data_dir / "exports" / key
