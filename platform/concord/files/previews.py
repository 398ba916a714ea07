"""Pictures of files: made anew from their pixels when somebody first looks, then kept."""

import io

import structlog

from concord.errors import NotFound
from concord.files import storage
from concord.files.kinds import PICTURES
from concord.files.measuring import Missing
from concord.files.pictures import NotAPicture, reencoded
from concord.files.sweeping import DERIVED

SIZES = (480, 1600)
TYPE = "image/webp"

log = structlog.get_logger()


def preview(key: str, content_type: str, longest: int) -> bytes:
    """The content's picture as WebP; NotFound where it has none.

    What cannot be shown is remembered as an empty picture: it is not tried again.
    """
    if longest not in SIZES or content_type not in PICTURES:
        raise NotFound
    kept = f"{key}{DERIVED}{longest}"
    try:
        made = storage.read(kept)
    except Missing:
        made = _made(key, kept, longest)
    if not made:
        raise NotFound
    return made


def _made(key: str, kept: str, longest: int) -> bytes:
    try:
        made = reencoded(storage.read(key), longest=longest)
    except Missing:
        raise NotFound from None
    except NotAPicture:
        made = b""
    try:
        storage.keep(io.BytesIO(made), kept)
    except storage.NotStored:
        log.warning("preview_not_kept", exc_info=True)
    return made
