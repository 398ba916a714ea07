"""Mail addresses: one spelling for each, and nothing that could become a header."""

import re

from concord.web.marks import N_

LONGEST = 254
SHAPE = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+")
NOT_AN_ADDRESS = N_("This is not a mail address.")


def normalised(text: str) -> str:
    """`text` as addresses are kept and compared: trimmed, lower case, the domain in ASCII.

    Raises ValueError for what is not an address.
    """
    local, _, domain = text.strip().rpartition("@")
    try:
        address = f"{local}@{domain.encode('idna').decode('ascii')}".lower()
    except UnicodeError:
        raise ValueError(NOT_AN_ADDRESS) from None
    if len(address) > LONGEST or not SHAPE.fullmatch(address):
        raise ValueError(NOT_AN_ADDRESS)
    return address


def as_typed(text: str) -> str:
    """The address that `text` may be, for looking somebody up; never fails."""
    try:
        return normalised(text)
    except ValueError:
        return text.strip().lower()[:LONGEST]
