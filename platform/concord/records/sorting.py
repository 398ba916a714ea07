"""One order of names on both engines: pinyin first, then the text itself, compared bytewise."""

import unicodedata
from functools import lru_cache

from concord.records.pinyin import pinyin

SEPARATOR = "\x1f"
LONGEST = 120


def normalised(text: str) -> str:
    """Compatibility forms folded, case folded, accents and surrounding space removed."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(letter for letter in folded if not unicodedata.combining(letter)).strip()


@lru_cache(maxsize=4096)
def sort_key(text: str) -> str:
    """`text` in an order people expect: 恒泰 among the h, Éclair among the e."""
    plain = normalised(text)[:LONGEST]
    if plain.isascii():
        return plain
    return " ".join(pinyin(plain)) + SEPARATOR + plain
