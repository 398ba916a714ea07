"""A mail as it came in, taken apart: whatever is in it was written by anybody."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import compat32, default
from email.utils import getaddresses

from concord.identity.email import as_typed
from concord.mail.words import as_text, new_words

LARGEST = 30 * 1024 * 1024
MOST_PARTS = 200
MOST_FILES = 20
TO_US = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Forwarded-To")
# The headers whose grammar is read below and by the parser of parts. Reading one takes the square
# of its length: long ones are refused before anything reads them.
READ = re.compile(
    rb"^(?:From|To|Cc|Delivered-To|X-Original-To|Envelope-To|X-Forwarded-To|Message-ID|Content-[\w-]+"
    rb"|MIME-Version|Auto-Submitted|Authentication-Results|Precedence|X-Loop|Return-Path)[ \t]*:"
    rb"[^\n]*(?:\n[ \t][^\n]*)*",
    re.IGNORECASE | re.MULTILINE,
)
LONGEST_HEADER = 2000
LONGEST_HEADERS = 40_000
MESSAGE_ID = re.compile(r"<[^<>\s]{1,250}>")
FAILED = re.compile(r"\bdmarc\s*=\s*fail\b", re.IGNORECASE)
# What the parser of the language raises for what is no mail; parts in parts exhaust its stack.
NOT_A_MAIL = (
    MessageError,
    LookupError,
    ValueError,
    AssertionError,
    TypeError,
    AttributeError,
    RecursionError,
)
AUTOMATIC = frozenset({"bulk", "list", "junk", "auto_reply"})


class Unreadable(Exception):
    """No mail, or one that is too large or has too many parts, or headers without an end."""


@dataclass(frozen=True, slots=True)
class Attached:
    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """What matters of a mail. `words` are the new ones; `concerns` is the mail that bounced."""

    message_id: str
    from_address: str
    recipients: Sequence[str]
    words: str
    files: Sequence[Attached]
    too_many_files: bool
    automatic: bool
    forged: bool
    concerns: str | None

    def digest(self, token: str) -> str:
        """Names this mail under this address: the same one is taken once."""
        return hashlib.sha256(f"{self.message_id}\n{token}".encode()).hexdigest()


def parsed(raw: bytes, *, our_loop: str) -> Incoming:
    """Raises Unreadable. `our_loop` is what our own mails carry as X-Loop."""
    if len(raw) > LARGEST:
        raise Unreadable("too large")
    headers = [len(found[0]) for found in READ.finditer(raw)]
    if max(headers, default=0) > LONGEST_HEADER or sum(headers) > LONGEST_HEADERS:
        raise Unreadable("long headers")
    try:
        message = message_from_bytes(raw, policy=default)
        assert isinstance(message, EmailMessage)
        parts = _parts(message)
        files = list(_files(parts))
        return Incoming(
            message_id=_message_id(message, raw),
            from_address=_sender(message),
            recipients=_recipients(message),
            words=_words(message),
            files=files[:MOST_FILES],
            too_many_files=len(files) > MOST_FILES,
            automatic=_is_automatic(message, our_loop),
            forged=bool(FAILED.search(str(message.get("Authentication-Results", "")))),
            concerns=_bounced(message, parts),
        )
    except NOT_A_MAIL as error:
        raise Unreadable(type(error).__name__) from None


def _parts(message: EmailMessage) -> list[EmailMessage]:
    parts: list[EmailMessage] = []
    for part in message.walk():
        if len(parts) == MOST_PARTS:
            raise Unreadable("too many parts")
        assert isinstance(part, EmailMessage)
        parts.append(part)
    return parts


def _message_id(message: EmailMessage, raw: bytes) -> str:
    found = MESSAGE_ID.search(str(message.get("Message-ID", "")))
    return found[0] if found else f"<{hashlib.sha256(raw).hexdigest()}>"


def _sender(message: EmailMessage) -> str:
    """The one address in From; of several none is believed."""
    named = [address for _name, address in getaddresses(message.get_all("From", [])) if address]
    return as_typed(named[0]) if len(named) == 1 else ""


def _recipients(message: EmailMessage) -> list[str]:
    headers = [str(value) for name in TO_US for value in message.get_all(name, [])]
    return [address for _name, address in getaddresses(headers)]


def _words(message: EmailMessage) -> str:
    plain = message.get_body(("plain",))
    if plain is not None:
        return new_words(str(plain.get_content()))
    html = message.get_body(("html",))
    return new_words(as_text(str(html.get_content()))) if html is not None else ""


def _files(parts: Sequence[EmailMessage]) -> Iterator[Attached]:
    """What was attached; pictures that a signature shows inside of the text are not."""
    for part in parts:
        if part.is_multipart() or part.get_content_disposition() != "attachment":
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            yield Attached(part.get_filename() or "", content)


def _is_automatic(message: EmailMessage, our_loop: str) -> bool:
    """Whether a program wrote it: an answer to it could be answered for ever."""
    submitted = str(message.get("Auto-Submitted", "no")).partition(";")[0].strip().lower()
    precedence = str(message.get("Precedence", "")).strip().lower()
    loops = {str(value).strip().lower() for value in message.get_all("X-Loop", [])}
    return (
        submitted != "no"
        or precedence in AUTOMATIC
        or our_loop.lower() in loops
        or str(message.get("Return-Path", "")).strip() == "<>"
        or any(name in message for name in ("List-Id", "X-Autoreply", "X-Autorespond"))
    )


def _bounced(message: EmailMessage, parts: Sequence[EmailMessage]) -> str | None:
    """The Message-ID of the mail that could not be delivered, from a report about it."""
    if message.get_content_type() != "multipart/report":
        return None
    statuses = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    if not any("failed" in _as_it_came(part).lower() for part in statuses):
        return None
    for part in parts:
        if part.get_content_type() in ("message/rfc822", "text/rfc822-headers"):
            found = re.search(r"^Message-ID:\s*(<[^<>\s]+>)", _as_it_came(part), re.I | re.M)
            if found:
                return found[1]
    return None


def _as_it_came(part: EmailMessage) -> str:
    """The part with its headers unread."""
    return part.as_bytes(policy=compat32).decode("utf-8", "replace")
