"""Writing a mail into the caller's transaction."""

import hashlib
import re
import secrets
from collections.abc import Mapping
from urllib.parse import urlsplit

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.errors import Invalid
from concord.installation import current_installation
from concord.jobs.job import enqueue
from concord.mail.models import Mail
from concord.mail.sending import SEND_MAIL

LONGEST_SUBJECT = 200
# A line break in a header begins another header.
BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")


def queue(
    session: Session,
    *,
    to: str,
    subject: str,
    text: str,
    html: str | None = None,
    key: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Mail:
    """A mail that is sent once this transaction commits; Invalid for a line break in a header.

    `key` names what the mail is about (a notification and its recipient): the same key gives the
    mail that is already there, so that nobody is told twice.
    """
    _refuse_breaks(**(headers or {}), to=to, subject=subject)
    message_id = message_id_of(key) if key else _message_id(secrets.token_hex(16))
    present = session.scalar(select(Mail).where(Mail.message_id == message_id)) if key else None
    if present is not None:
        return present
    mail = Mail(
        to_address=to,
        subject=subject[:LONGEST_SUBJECT],
        text=text,
        html=html,
        headers=dict(headers or {}),
        message_id=message_id,
    )
    session.add(mail)
    session.flush()
    enqueue(session, SEND_MAIL, mail.id)
    return mail


def message_id_of(key: str) -> str:
    """The Message-ID of the mail that is about `key`, or of the thread that is."""
    return _message_id(hashlib.sha256(key.encode()).hexdigest()[:32])


def _refuse_breaks(**headers: str) -> None:
    broken = [name for name, value in headers.items() if BREAKS.search(value)]
    if broken:
        raise Invalid({name: [_("This must be one line.")] for name in broken})


def _message_id(unique: str) -> str:
    host = urlsplit(current_installation().settings.base_url).hostname or "localhost"
    return f"<{unique}@{host}>"
