"""A tag's name: how it is kept, and what two of them are compared by."""

import unicodedata

from flask_babel import gettext as _

from concord.errors import Invalid
from concord.records.sorting import normalised
from concord.tags.models import LONGEST


def tidied(name: object) -> str:
    """The name as it is kept: one line, no space around it, no # before it; Invalid if none."""
    text = " ".join(name.split()).lstrip("#").strip() if isinstance(name, str) else ""
    if not text or not key_of(text):
        raise Invalid({"tags": [_("Write the tag's name.")]})
    if len(text) > LONGEST:
        raise Invalid({"tags": [_("At most %(most)s characters.", most=LONGEST)]})
    if any(unicodedata.category(letter) in ("Cc", "Cf", "Cs") for letter in text):
        raise Invalid({"tags": [_("The text holds a character that cannot be stored.")]})
    if "," in text or "，" in text:
        raise Invalid({"tags": [_("A tag's name has no comma.")]})
    return text


def key_of(name: str) -> str:
    """What two names are compared by: VIP, ｖｉｐ and vip are one tag."""
    return normalised(name)
