"""Keys by which the same company or person is found again, however it was typed."""

import re
from typing import Any

from sqlalchemy import Select, select

from concord.records.sorting import normalised

# What a name may end in without becoming another company's.
LEGAL_FORMS = re.compile(
    r"(?:\s*(?:有限责任公司|股份有限公司|集团有限公司|有限公司|股份公司|集团|公司"
    r"|[ ,]+(?:co|ltd|limited|inc|incorporated|corp|corporation|company|group|llc|plc|gmbh|mbh|ag"
    r"|kg|sa|sas|sarl|bv|nv|ab|oy|as|spa|srl|pte|pty|kk)\.?))+$"
)
NOT_A_LETTER = re.compile(r"[\W_]+")
NOT_A_DIGIT = re.compile(r"[^0-9]")
COUNTED_DIGITS = 11
FEWEST_DIGITS = 5
FEWEST_TYPED = 3


def name_key(name: str) -> str:
    """A name without legal form, case, accents and marks: 华东精密制造有限公司 is 华东精密制造."""
    plain = normalised(name)
    return NOT_A_LETTER.sub("", LEGAL_FORMS.sub("", plain)) or NOT_A_LETTER.sub("", plain)


def phone_key(phone: str | None) -> str | None:
    """The last eleven digits: the same with and without country code, spaces and marks."""
    digits = phone_digits(phone or "")
    return digits[-COUNTED_DIGITS:] if len(digits) >= FEWEST_DIGITS else None


def phone_digits(text: str) -> str:
    """The digits of a number, or of a part of one."""
    return NOT_A_DIGIT.sub("", normalised(text))


def phoned(model: Any, text: str) -> list[Select[tuple[int]]]:
    """The ids of those whose number holds the digits typed; nothing where these are too few."""
    table, digits = model.__table__.c, phone_digits(text)
    found = select(table.id).where(table.phone_key.contains(digits))
    return [found] if len(digits) >= FEWEST_TYPED else []


def email_key(email: str | None) -> str | None:
    return normalised(email) if email else None
