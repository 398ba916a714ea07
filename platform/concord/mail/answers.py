"""Addresses that take answers: concord+TOKEN@…, where the token names reader, record and audience.

The token is packed and signed rather than kept: 5 bits a letter in lower case, at most 48 of them,
because the part before the @ has 64 and servers do not all keep capitals.
"""

from base64 import b32decode, b32encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from concord.actors import Audience, Face
from concord.installation import current_installation
from concord.mail.signing import LENGTH, is_signed, signature
from concord.settings import Settings
from concord.timeline.permissions import Timeline

if TYPE_CHECKING:
    from concord.notifications.lines import Line

PURPOSE = "answer"
LONGEST_TOKEN = 48
FACES = (Face.STAFF, Face.CUSTOMER, Face.SUPPLIER)


@dataclass(frozen=True, slots=True)
class Answering:
    """Where an answer goes: one reader's, on one record, to one audience.

    `company_id` is the company whose stream it is; for outside faces also the one they act for.
    """

    user_id: int
    record_id: int
    face: Face
    audience: Audience
    company_id: int | None

    def packed(self) -> bytes:
        sides = FACES.index(self.face) * 4 + int(self.audience)
        numbers = (self.user_id, self.record_id, sides, self.company_id or 0)
        return b"".join(map(_as_bytes, numbers))

    @classmethod
    def unpacked(cls, message: bytes) -> "Answering":
        """ValueError for what is no such message."""
        user_id, record_id, sides, company_id = _numbers(message)
        if sides >= 4 * len(FACES):
            raise ValueError("there is no such side")
        audience = Audience(sides % 4)
        return cls(user_id, record_id, FACES[sides // 4], audience, company_id or None)


def answer_address(session: Session, line: "Line") -> str | None:
    """Where the line's reader may answer it; None where no mail is taken, or they may not write."""
    base = base_address(current_installation().settings)
    reader = line.reader
    if base is None or not reader.may(Timeline.POST) or reader.user_id is None:
        return None
    if reader.outside and line.record.company_id != reader.company_id:
        return None
    company_id = reader.company_id if reader.outside else line.link.company_id
    answering = Answering(
        reader.user_id, line.record.id, Face(reader.face), line.audience, company_id
    )
    local, _at, host = base.rpartition("@")
    token = token_of(session, answering)
    return f"{local}+{token}@{host}" if len(token) <= LONGEST_TOKEN else None


def token_of(session: Session, answering: Answering) -> str:
    message = answering.packed()
    signed = signature(session, answering.user_id, PURPOSE, message)
    return b32encode(signed + message).decode().rstrip("=").lower()


def read_token(session: Session, token: str) -> Answering | None:
    """What a token stands for; None when we did not sign it, or its person is no longer there."""
    try:
        padded = token.upper() + "=" * (-len(token) % 8)
        raw = b32decode(padded) if len(token) <= LONGEST_TOKEN else b""
        signed, message = raw[:LENGTH], raw[LENGTH:]
        answering = Answering.unpacked(message)
    except ValueError:
        return None
    if not is_signed(session, answering.user_id, PURPOSE, message, signed):
        return None
    return answering


def token_in(settings: Settings, addresses: Iterable[str]) -> str | None:
    """The token of the first of these addresses that is one of ours."""
    base = base_address(settings)
    if base is None:
        return None
    local, _at, host = base.lower().rpartition("@")
    for address in addresses:
        name, _at, where = address.strip().lower().rpartition("@")
        if where == host and name.startswith(f"{local}+"):
            return name.removeprefix(f"{local}+")
    return None


def base_address(settings: Settings) -> str | None:
    """The address that takes answers, without any token; None where none does."""
    return settings.answer_address


def _as_bytes(number: int) -> bytes:
    """Seven bits a byte, the highest bit where more follow."""
    found = []
    while number > 0x7F:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*found, number])


def _numbers(message: bytes) -> Iterator[int]:
    number = shift = 0
    for byte in message:
        number |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            yield number
            number = shift = 0
