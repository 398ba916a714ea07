"""Looking into the mailbox that answers come to."""

import ipaddress
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urlsplit

import structlog
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from concord.database.engine import Database
from concord.installation import current_installation
from concord.jobs.job import Errand, Retries, enqueue
from concord.mail.taking import take

if TYPE_CHECKING:
    from imap_tools import BaseMailBox

SECONDS = 30
MOST_AT_ONCE = 50
PORTS = {"imap": 143, "imaps": 993}

log = structlog.get_logger()


def look(database: Database) -> None:
    """Take what is unread. A mail is marked as read after it is taken: taken twice, it is one."""
    url = current_installation().settings.inbox_url
    if url is None:
        return
    from imap_tools import AND, MailMessageFlags

    place = urlsplit(url)
    with _opened(place) as box:
        for message in box.fetch(AND(seen=False), limit=MOST_AT_ONCE, mark_seen=False):
            take(database, message.obj.as_bytes())
            if message.uid is not None:
                box.flag([message.uid], [MailMessageFlags.SEEN], True)


LOOK = Errand(
    name="concord.look_into_inbox",
    run=look,
    label=_l("Look into the mailbox"),
    retries=Retries(attempts=2),
)


def look_now_and_then(session: Session, _moment: datetime) -> None:
    if current_installation().settings.inbox_url is not None:
        enqueue(session, LOOK)


def _opened(place: SplitResult) -> "BaseMailBox":
    from imap_tools import MailBox, MailBoxStartTls, MailBoxUnencrypted

    host, port = place.hostname or "localhost", place.port or PORTS[place.scheme]
    box: BaseMailBox
    if place.scheme == "imaps":
        box = MailBox(host, port, timeout=SECONDS)
    elif _is_here(host):
        box = MailBoxUnencrypted(host, port, timeout=SECONDS)
    else:
        box = MailBoxStartTls(host, port, timeout=SECONDS)
    try:
        folder = unquote(place.path.strip("/")) or "INBOX"
        return box.login(unquote(place.username or ""), unquote(place.password or ""), folder)
    except BaseException:
        with suppress(Exception):
            box.client.shutdown()
        raise


def _is_here(host: str) -> bool:
    """A password goes unencrypted to this machine only."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
