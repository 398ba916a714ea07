"""Answering mails in tests: what a mail program sends, and what became of it."""

from email.message import EmailMessage
from email.policy import SMTP
from itertools import count
from typing import Any

from concord.identity.models import User
from concord.installation import using
from concord.mail.taking import Outcome, take
from tests.world import World

NUMBERS = count(1)


def answer_to(world: World, message: EmailMessage, person: str, words: str) -> EmailMessage:
    """The mail that `person` writes by pressing Reply."""
    return mail_from(
        address_of(world, person), str(message["Reply-To"]), words,
        **{"In-Reply-To": message["Message-ID"], "Subject": f"Re: {message['Subject']}"},
    )  # fmt: skip


def mail_from(sender: str, to: str, words: str, **headers: Any) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = sender, to
    mail["Message-ID"] = f"<{next(NUMBERS)}@their.example>"
    for name, value in headers.items():
        mail[name] = value
    mail.set_content(words)
    return mail


def taken(world: World, mail: EmailMessage | bytes) -> Outcome:
    raw = mail if isinstance(mail, bytes) else mail.as_bytes()
    with using(world.installation):
        return take(world.installation.database, raw)


def address_of(world: World, person: str) -> str:
    with world.reading() as session:
        return session.get_one(User, world.people[person]).email
