"""Mail goes out once its transaction commits, under one Message-ID, with no header smuggled in."""

import email
import smtplib
import socket
import socketserver
import threading
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from concord.audit.models import AuditRow
from concord.database.base import Model
from concord.errors import Invalid
from concord.installation import Installation, install
from concord.jobs.listing import unfinished
from concord.jobs.models import JobTrouble
from concord.jobs.tables import migrate_tables
from concord.mail import queue
from concord.mail.message import sender
from concord.mail.models import Mail
from concord.mail.sending import SEND_MAIL, send_mail
from concord.mail.transport import UnsafeServer, connection
from concord.organisation import Setting
from concord.settings import Settings


class Postbox(socketserver.StreamRequestHandler):
    """An SMTP server that says `answer` to every recipient and keeps what it is given."""

    answer = b"250 fine"
    received: list[EmailMessage]

    def handle(self) -> None:
        self.wfile.write(b"220 postbox\r\n")
        while line := self.rfile.readline().strip():
            word = line.split()[0].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = iter(self.rfile.readline, b".\r\n")
                self.received.append(email.message_from_bytes(b"".join(lines), policy=default))
            answers = {b"RCPT": self.answer, b"QUIT": b"221 bye"}
            self.wfile.write(answers.get(word, b"250 fine") + b"\r\n")


@pytest.fixture
def postbox() -> Iterator[type[Postbox]]:
    class Own(Postbox):
        received: list[EmailMessage] = []
        port = 0

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Own) as server:
        Own.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Own
        server.shutdown()


def open_house(folder: Path, url: str, **more: Any) -> Installation:
    settings = Settings(
        data_dir=folder,
        secret_key="s" * 32,
        database_url=url,
        base_url="https://crm.beacon.example",
        **more,
    )
    installation = install(settings, [])
    tables: Any = [Mail.__table__, Setting.__table__, AuditRow.__table__, JobTrouble.__table__]
    Model.metadata.create_all(installation.database.engine, tables)
    migrate_tables(url)
    return installation


@pytest.fixture
def house(sqlite_url: str, tmp_path: Path) -> Installation:
    return open_house(tmp_path, sqlite_url)


def post(house: Installation, **more: Any) -> int:
    with house.database.writing() as session:
        mail = queue(
            session,
            **{
                "to": "lin@beacon.example",
                "subject": "华东精密 calls",
                "text": "Hello 你好",
                **more,
            },
        )
        session.commit()
    return mail.id


def read(house: Installation, mail_id: int) -> Mail:
    with house.database.reading() as session:
        return session.get_one(Mail, mail_id)


def test_a_mail_is_a_job_of_its_transaction(house: Installation) -> None:
    mail_id = post(house, html="<p>Hello</p>")
    [job] = unfinished(house.database)
    assert (job.name, job.ids) == (SEND_MAIL.name, (mail_id,))


def test_without_a_server_mail_is_kept_in_files_and_its_text_forgotten(
    house: Installation, tmp_path: Path
) -> None:
    mail_id = post(house, html="<p>Hello</p>")
    send_mail(house.database, mail_id)
    send_mail(house.database, mail_id)
    [file] = (tmp_path / "mail").iterdir()
    message = email.message_from_bytes(file.read_bytes(), policy=default)
    assert message["Subject"] == "华东精密 calls"
    assert message["From"].addresses[0].addr_spec == "concord@crm.beacon.example"
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().strip() == "Hello 你好"
    mail = read(house, mail_id)
    assert mail.sent_at is not None
    assert (mail.text, mail.html, mail.attempts) == ("", None, 1)


@pytest.mark.parametrize(
    "headers",
    [
        {"subject": "Hello\r\nBcc: everybody@example.com"},
        {"subject": "Hello\nworld"},
        {"to": "lin@beacon.example\r\nBcc: everybody@example.com"},
        {"subject": "Hello\u2028world"},
    ],
)
def test_no_header_begins_another(house: Installation, headers: dict[str, str]) -> None:
    given: dict[str, Any] = {"to": "a@beacon.example", "subject": "s", "text": "t", **headers}
    with house.database.writing() as session, pytest.raises(Invalid):
        queue(session, **given)


def test_the_same_key_is_one_mail(house: Installation) -> None:
    assert post(house, key="notification:1:2") == post(house, key="notification:1:2")
    assert post(house, key="notification:1:3") != post(house, key="notification:1:2")
    assert len(unfinished(house.database)) == 2


def test_a_server_gets_it_with_its_own_message_id(
    tmp_path: Path, sqlite_url: str, postbox: type[Postbox]
) -> None:
    url = f"smtp://127.0.0.1:{postbox.port}?from=crm@beacon.example"  # type: ignore[attr-defined]
    house = open_house(tmp_path, sqlite_url, mail_url=url)
    mail_id = post(house)
    message_id = read(house, mail_id).message_id
    send_mail(house.database, mail_id)
    [message] = postbox.received
    assert (message["Message-ID"], message["To"]) == (message_id, "lin@beacon.example")
    assert message["From"].addresses[0].addr_spec == "crm@beacon.example"


def test_a_refused_recipient_is_kept_and_not_tried_again(
    tmp_path: Path, sqlite_url: str, postbox: type[Postbox]
) -> None:
    postbox.answer = b"550 nobody of that name"
    url = f"smtp://127.0.0.1:{postbox.port}"  # type: ignore[attr-defined]
    house = open_house(tmp_path, sqlite_url, mail_url=url)
    mail_id = post(house)
    send_mail(house.database, mail_id)
    mail = read(house, mail_id)
    assert mail.sent_at is None
    assert "nobody of that name" in (mail.error or "")


def test_a_server_that_is_away_is_tried_again(
    tmp_path: Path, sqlite_url: str, postbox: type[Postbox]
) -> None:
    postbox.answer = b"451 come back later"
    url = f"smtp://127.0.0.1:{postbox.port}"  # type: ignore[attr-defined]
    house = open_house(tmp_path, sqlite_url, mail_url=url)
    mail_id = post(house)
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        send_mail(house.database, mail_id)
    postbox.answer = b"250 fine"
    send_mail(house.database, mail_id)
    mail = read(house, mail_id)
    assert mail.sent_at is not None
    assert (mail.attempts, mail.error) == (2, None)


def test_no_password_is_told_to_a_far_server_in_the_clear(
    postbox: type[Postbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    port = postbox.port  # type: ignore[attr-defined]
    near = socket.create_connection
    monkeypatch.setattr(
        "socket.create_connection", lambda address, *more, **named: near(("127.0.0.1", port))
    )
    with pytest.raises(UnsafeServer):
        connection(urlsplit("smtp://lin:secret@mail.beacon.example"))


def test_mail_comes_from_whom_the_url_names(tmp_path: Path) -> None:
    def of(url: str) -> str:
        return sender(Settings(data_dir=tmp_path, secret_key="s", mail_url=url))

    assert of("smtps://crm%40beacon.example:x@mail.example") == "crm@beacon.example"
    assert of("smtp://user:x@mail.example") == "concord@127.0.0.1"
