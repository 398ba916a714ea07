"""The errand that sends one mail: at least once, always under the same Message-ID."""

import re
import smtplib

import structlog
from flask_babel import lazy_gettext as _l
from sqlalchemy import update

from concord.clock import now
from concord.database.engine import Database
from concord.installation import current_installation
from concord.jobs.job import Errand
from concord.mail.message import compose
from concord.mail.models import Mail
from concord.mail.transport import deliver

log = structlog.get_logger()
LONGEST_ERROR = 500


def send_mail(database: Database, mail_id: int) -> None:
    """Send it, unless it was sent. Raises what is worth another try; a refusal for good is kept."""
    with database.reading() as session:
        mail = session.get(Mail, mail_id)
    if mail is None or mail.sent_at is not None:
        return
    settings = current_installation().settings
    try:
        deliver(settings, compose(settings, mail))
    except (OSError, smtplib.SMTPException) as error:
        _note(database, mail, error=_in_short(error))
        if not _for_good(error):
            raise
        log.warning("mail_refused", mail=mail_id, error=type(error).__name__)
    else:
        _note(database, mail, sent_at=now(), error=None, text="", html=None, headers={})


SEND_MAIL = Errand(name="concord.send_mail", run=send_mail, label=_l("Send a mail"))


def _note(database: Database, mail: Mail, **values: object) -> None:
    noted = update(Mail).where(Mail.id == mail.id).values(attempts=Mail.attempts + 1, **values)
    with database.writing() as session:
        session.execute(noted)
        session.commit()


def _for_good(error: Exception) -> bool:
    """Whether the server will say the same tomorrow: it refuses this recipient or message."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and 500 <= error.smtp_code < 600


def _in_short(error: Exception) -> str:
    return re.sub(r"\s+", " ", f"{type(error).__name__}: {error}")[:LONGEST_ERROR]
