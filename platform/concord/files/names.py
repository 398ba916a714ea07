"""The name of a file as we keep and show it: one line, no folders, no tricks of direction."""

import re
import unicodedata

LONGEST = 120
LONGEST_ENDING = 16
UNNAMED = "file"

# Controls, surrogates, line separators, and the marks that reverse the direction of text.
HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ud800-\udfff\ufeff]"
)


def cleaned(name: str) -> str:
    """`name` without path, control characters and direction overrides, at most 120 characters."""
    last = re.split(r"[/\\]", name)[-1]
    plain = HIDDEN.sub("", unicodedata.normalize("NFC", last))
    plain = " ".join(plain.split()).strip(". ")
    return _shortened(plain) or UNNAMED


def _shortened(name: str) -> str:
    """The middle goes, the ending stays: people recognise a file by both."""
    if len(name) <= LONGEST:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > LONGEST_ENDING:
        return name[:LONGEST]
    return f"{stem[: LONGEST - len(ending) - 2]}….{ending}"
