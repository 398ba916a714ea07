"""Pictures made anew: only the pixels of what somebody sent go on, in a type of our choice.

Decoders of pictures are old and large, and what they read was written by others. They run in a
process of their own, whose memory and time are limited.
"""

import subprocess
import sys
import threading
from pathlib import Path
from typing import Literal

import structlog

from concord.errors import ConcordError
from concord.web.marks import N_

PATIENCE = 20
"""Seconds a picture may take; the process gives itself up before."""
AT_ONCE = 2
PAINTER = Path(__file__).with_name("painter.py")
# How the painter ends: see its last lines.
TOO_MANY_PIXELS = 3

log = structlog.get_logger()
_places = threading.BoundedSemaphore(AT_ONCE)


class NotAPicture(ConcordError):
    """What was sent cannot be shown as a picture."""

    status = 422
    title = N_("This is no picture that can be shown. Choose a PNG, JPEG, WebP or GIF.")


class TooManyPixels(NotAPicture):
    title = N_("This picture has too many pixels. Make it smaller, then choose it again.")


def reencoded(content: bytes, *, longest: int, form: Literal["WEBP", "PNG"] = "WEBP") -> bytes:
    """The picture, upright, without what its file said besides, its longer side at most `longest`.

    Of a moving picture its first frame. Raises NotAPicture or TooManyPixels; SVG is no picture.
    """
    with _places:
        try:
            done = subprocess.run(  # noqa: S603 (our own program; nothing anybody wrote is a word of it)
                [sys.executable, "-I", str(PAINTER), str(longest), form],
                input=content,
                capture_output=True,
                timeout=PATIENCE,
                env={},
            )
        except subprocess.TimeoutExpired:
            log.warning("picture_too_slow", size=len(content))
            raise NotAPicture from None
    if done.returncode == TOO_MANY_PIXELS:
        raise TooManyPixels
    if done.returncode or not done.stdout:
        log.info("picture_refused", reason=done.stderr[-200:].decode("utf-8", "replace"))
        raise NotAPicture
    return done.stdout
