"""From a mail row to a message as it travels."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import parse_qs, unquote, urlsplit

from concord import organisation
from concord.mail.models import Mail
from concord.settings import Settings


def compose(settings: Settings, mail: Mail) -> EmailMessage:
    """The same row always gives the same message."""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(organisation.current().mail_name, addr_spec=sender(settings))
    message["To"] = mail.to_address
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"
    message["X-Loop"] = sender(settings)
    for name, value in mail.headers.items():
        message[name] = value
    message.set_content(mail.text)
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
    return message


def sender(settings: Settings) -> str:
    """The address mails come from: `?from=` of the mail URL, its user, or concord@ our own host."""
    url = urlsplit(settings.mail_url or "")
    named = parse_qs(url.query).get("from", [""])[0] or unquote(url.username or "")
    own = urlsplit(settings.base_url).hostname or "localhost"
    return named if "@" in named else f"concord@{own}"
