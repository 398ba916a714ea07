"""Writing a mail into the caller's transaction."""

import hashlib
import re
import secrets
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
) -> Mail:
    """A mail that is sent once this transaction commits; Invalid for a line break in a header.

    `key` names what the mail is about (a notification and its recipient): the same key gives the
    mail that is already there, so that nobody is told twice.
    """
    _refuse_breaks(to=to, subject=subject)
    message_id = _message_id(key)
    present = session.scalar(select(Mail).where(Mail.message_id == message_id)) if key else None
    if present is not None:
        return present
    mail = Mail(
        to_address=to,
        subject=subject[:LONGEST_SUBJECT],
        text=text,
        html=html,
        message_id=message_id,
    )
    session.add(mail)
    session.flush()
    enqueue(session, SEND_MAIL, mail.id)
    return mail


def _refuse_breaks(**headers: str) -> None:
    broken = [name for name, value in headers.items() if BREAKS.search(value)]
    if broken:
        raise Invalid({name: [_("This must be one line.")] for name in broken})


def _message_id(key: str | None) -> str:
    host = urlsplit(current_installation().settings.base_url).hostname or "localhost"
    unique = hashlib.sha256(key.encode()).hexdigest()[:32] if key else secrets.token_hex(16)
    return f"<{unique}@{host}>"
