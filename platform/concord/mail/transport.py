"""How mail leaves: through the configured server, or into files in the data folder."""

import ipaddress
import re
import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from concord.settings import Settings

SECONDS = 20
PORTS = {"smtp": 587, "smtps": 465}


class UnsafeServer(smtplib.SMTPException):
    """The server offers no encryption, and we would have to tell it a password."""


def deliver(settings: Settings, message: EmailMessage) -> None:
    """Hand the message over; raises OSError or SMTPException when nobody took it."""
    if settings.mail_url is None:
        _keep(settings.data_dir / "mail", message)
    else:
        send(urlsplit(settings.mail_url), message)


def send(server: SplitResult, message: EmailMessage) -> None:
    smtp = connection(server)
    try:
        smtp.send_message(message)
    finally:
        # It has the message, or has said why not: how it says goodbye changes neither.
        with suppress(OSError, smtplib.SMTPException):
            smtp.quit()


def connection(server: SplitResult) -> smtplib.SMTP:
    """A conversation with the server: encrypted where it can, signed in where the URL says so."""
    host, port = server.hostname or "localhost", server.port or PORTS[server.scheme]
    context = ssl.create_default_context()
    smtp: smtplib.SMTP
    if server.scheme == "smtps":
        smtp = smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=context)
    else:
        smtp = smtplib.SMTP(host, port, timeout=SECONDS)
    try:
        _secure_and_sign_in(smtp, server, context)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _secure_and_sign_in(smtp: smtplib.SMTP, server: SplitResult, context: ssl.SSLContext) -> None:
    encrypted = server.scheme == "smtps"
    smtp.ehlo()
    if not encrypted and smtp.has_extn("starttls"):
        smtp.starttls(context=context)
        smtp.ehlo()
        encrypted = True
    if server.username:
        if not encrypted and not _is_here(server.hostname or "localhost"):
            raise UnsafeServer("the mail server offers no encryption")
        smtp.login(unquote(server.username), unquote(server.password or ""))


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _keep(folder: Path, message: EmailMessage) -> None:
    """One file for each message; sent again, it is the same file."""
    folder.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^0-9A-Za-z@.-]", "", message["Message-ID"])
    half = folder / f"{name}.new"
    half.write_bytes(message.as_bytes())
    half.replace(folder / f"{name}.eml")
