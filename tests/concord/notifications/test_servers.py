"""With real servers: a mail goes out by SMTP, is answered, and comes in by IMAP."""

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from concord.installation import using
from concord.mail.inbox import look
from concord.mail.models import TakenMail
from concord.mail.sending import send_mail
from concord.timeline.models import Entry
from tests.concord.notifications.answering import answer_to
from tests.concord.notifications.telling import make_mails, to_customer
from tests.servers.dovecot import DovecotServer
from tests.servers.processes import free_port
from tests.world import World


class Letterbox:
    """Keeps what it is handed, as it travelled."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        message = message_from_bytes(envelope.original_content, policy=default)
        assert isinstance(message, EmailMessage)
        self.received.append(message)
        return "250 taken"


@pytest.fixture
def letterbox() -> Iterator[tuple[Letterbox, str]]:
    box, port = Letterbox(), free_port()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    yield box, f"smtp://127.0.0.1:{port}?from=crm@beacon.example"
    server.stop()


@pytest.fixture
def correspondence(
    world: World, letterbox: tuple[Letterbox, str], dovecot_server: DovecotServer
) -> World:
    """A house that sends by one server and takes answers from another."""
    world.installation.settings = replace(
        world.installation.settings,
        mail_url=letterbox[1],
        inbox_url=dovecot_server.url,
        answer_address="concord@beacon.example",
    )
    return world


def look_into_the_inbox(world: World) -> None:
    with using(world.installation):
        look(world.installation.database)


def test_a_message_is_answered_by_mail(
    correspondence: World, letterbox: tuple[Letterbox, str], dovecot_server: DovecotServer
) -> None:
    world, box = correspondence, letterbox[0]
    to_customer(world, "lin", "两批可以吗？ Would two batches be fine?")
    [mail] = make_mails(world, "zhou")
    with using(world.installation):
        send_mail(world.installation.database, mail.id)
    [message] = box.received
    assert message["From"].addresses[0].addr_spec == "crm@beacon.example"
    text = message.get_body(("plain",))
    assert text is not None
    assert "两批可以吗？ Would two batches be fine?" in text.get_content()
    dovecot_server.deliver(answer_to(world, message, "zhou", "可以。 Two are fine."))
    look_into_the_inbox(world)
    with world.reading() as session:
        entry = session.scalars(select(Entry).order_by(Entry.id.desc()).limit(1)).one()
        assert (entry.body, entry.actor_id) == ("可以。 Two are fine.", world.people["zhou"])
    assert dovecot_server.unseen() == 0


def test_what_is_no_answer_is_looked_at_once(
    correspondence: World, dovecot_server: DovecotServer
) -> None:
    stray = EmailMessage()
    stray["From"], stray["To"] = "someone@web.example", "concord@beacon.example"
    stray["Subject"] = "Hello"
    stray.set_content("Is anybody there?")
    dovecot_server.deliver(stray)
    assert dovecot_server.unseen() == 1
    look_into_the_inbox(correspondence)
    assert dovecot_server.unseen() == 0
    with correspondence.reading() as session:
        assert session.scalars(select(TakenMail)).all() == []
