"""H10: an answer by mail becomes its writer's entry for whom it was shown to, or nothing."""

from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest
from sqlalchemy import func, select

from concord.actors import Audience, Face
from concord.clock import now
from concord.files.models import File
from concord.identity.models import User
from concord.mail.answers import Answering, token_of
from concord.mail.models import Mail
from concord.mail.signing import renew
from concord.mail.taking import MOST_IN_AN_HOUR, Outcome
from concord.records.actions import archive
from concord.timeline.models import Entry, TimelineLink
from tests.concord.notifications.answering import address_of, answer_to, mail_from, taken
from tests.concord.notifications.telling import as_message, make_mails, to_customer, write_on
from tests.world import World, fingerprint

QUOTED = "\n\nOn Tue, 24 Nov 2026 at 10:00, Beacon <crm@beacon.example> wrote:\n> What they said\n"


def told(world: World, person: str) -> EmailMessage:
    return as_message(world, make_mails(world, person)[-1])


def newest(world: World) -> tuple[Entry, TimelineLink]:
    with world.reading() as session:
        entry = session.scalars(select(Entry).order_by(Entry.id.desc()).limit(1)).one()
        return entry, session.scalars(
            select(TimelineLink).where(TimelineLink.entry_id == entry.id)
        ).one()


def entries(world: World) -> int:
    with world.reading() as session:
        return session.scalar(select(func.count()).select_from(Entry)) or 0


def told_zhou(world: World) -> EmailMessage:
    to_customer(world, "lin", "Would two batches be fine?")
    return told(world, "zhou")


def test_a_customer_answers_into_their_own_conversation(answering: World) -> None:
    message = told_zhou(answering)
    answer = answer_to(answering, message, "zhou", f"Two batches are fine.{QUOTED}")
    assert taken(answering, answer) is Outcome.POSTED
    entry, link = newest(answering)
    assert entry.body == "Two batches are fine."
    assert entry.actor_id == answering.people["zhou"]
    assert (entry.kind, link.audience) == ("message", Audience.CUSTOMER)
    assert link.company_id == answering.records["huadong"]


def test_a_colleague_answers_a_note_among_colleagues(answering: World) -> None:
    write_on(answering, "anna", "huadong", "Can we promise it?", mentions=["lin"])
    message = told(answering, "lin")
    assert "colleagues only" in message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert taken(answering, answer_to(answering, message, "lin", "We can.")) is Outcome.POSTED
    entry, link = newest(answering)
    assert (entry.kind, link.audience, link.company_id) == ("note", Audience.INTERNAL, None)


def test_the_same_mail_twice_is_one_entry(answering: World) -> None:
    answer = answer_to(answering, told_zhou(answering), "zhou", "Fine.")
    assert taken(answering, answer) is Outcome.POSTED
    before = entries(answering)
    assert taken(answering, answer) is Outcome.TWICE
    assert entries(answering) == before


def test_a_file_comes_along(answering: World) -> None:
    answer = answer_to(answering, told_zhou(answering), "zhou", "See the drawing.")
    answer.add_attachment(
        b"%PDF-1.7 drawing", maintype="application", subtype="pdf", filename="a.pdf"
    )
    assert taken(answering, answer) is Outcome.POSTED
    with answering.reading() as session:
        file = session.scalars(select(File).order_by(File.id.desc()).limit(1)).one()
    assert (file.name, file.entry_id) == ("a.pdf", newest(answering)[0].id)


def refused(world: World, mail: EmailMessage | bytes) -> Outcome:
    """Taken without any effect on what there is."""
    before, count = fingerprint(world), entries(world)
    outcome = taken(world, mail)
    assert fingerprint(world) == before
    assert entries(world) == count
    return outcome


def test_another_sender_cannot_use_the_address(answering: World) -> None:
    message = told_zhou(answering)
    for stranger in ("huang@hengtai.example", "Zhou <zhou@huadong.example>, <x@evil.example>", ""):
        mail = mail_from("x@evil.example", str(message["Reply-To"]), "I am Zhou.")
        del mail["From"]
        mail["From"] = stranger
        assert refused(answering, mail) is Outcome.STRANGER


def test_a_sender_that_the_receiving_server_disproved_is_not_believed(answering: World) -> None:
    answer = answer_to(answering, told_zhou(answering), "zhou", "I am Zhou.")
    answer["Authentication-Results"] = "mx.beacon.example; spf=fail; dmarc=fail (p=none)"
    assert refused(answering, answer) is Outcome.FORGED


def test_the_address_of_another_record_cannot_be_made(answering: World) -> None:
    """Reply-To of another ticket: every letter of the token counts."""
    address = str(told_zhou(answering)["Reply-To"])
    local, _at, host = address.partition("@")
    token = local.partition("+")[2]
    for place in range(0, len(token), 3):
        letter = "a" if token[place] != "a" else "b"
        changed = f"concord+{token[:place]}{letter}{token[place + 1 :]}@{host}"
        mail = mail_from(address_of(answering, "zhou"), changed, "Into another record.")
        assert refused(answering, mail) is Outcome.NO_ADDRESS, place


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"X-Loop": "concord@127.0.0.1"},
        {"Return-Path": "<>"},
        {"List-Id": "<everybody.their.example>"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_a_program_that_answers_is_not_answered(answering: World, headers: dict[str, Any]) -> None:
    answer = answer_to(answering, told_zhou(answering), "zhou", "I am away until Monday.")
    for name, value in headers.items():
        answer[name] = value
    before = mails(answering)
    assert refused(answering, answer) is Outcome.AUTOMATIC
    assert mails(answering) == before


def test_our_own_mail_sent_back_to_us_is_not_an_answer(answering: World) -> None:
    message = told_zhou(answering)
    back = mail_from(address_of(answering, "zhou"), str(message["Reply-To"]), "What they said")
    del back["Message-ID"]
    back["Message-ID"] = message["Message-ID"]
    assert refused(answering, back) is Outcome.AUTOMATIC


def test_a_loop_that_no_header_betrays_ends(answering: World) -> None:
    message = told_zhou(answering)
    for number in range(MOST_IN_AN_HOUR):
        answer = answer_to(answering, message, "zhou", f"Thank you, {number}.")
        assert taken(answering, answer) is Outcome.POSTED
    before = mails(answering)
    answer = answer_to(answering, message, "zhou", "Thank you again.")
    assert refused(answering, answer) is Outcome.TOO_MANY
    assert mails(answering) == before


def mails(world: World) -> int:
    with world.reading() as session:
        return session.scalar(select(func.count()).select_from(Mail)) or 0


def shut_out(world: World) -> None:
    with world.writing() as session:
        session.get_one(User, world.people["zhou"]).disabled_at = now()
        session.commit()


def make_anew(world: World) -> None:
    with world.writing() as session:
        renew(session, world.people["zhou"])
        session.commit()


@pytest.mark.parametrize("ends", [shut_out, make_anew])
def test_a_revoked_address_is_none(answering: World, ends: Callable[[World], None]) -> None:
    """B14: with the person, or at their word, every address in their mails is worthless."""
    message = told_zhou(answering)
    answer = answer_to(answering, message, "zhou", "Fine.")
    ends(answering)
    assert refused(answering, answer) is Outcome.NO_ADDRESS


def test_who_may_not_open_the_record_any_more_writes_nothing(answering: World) -> None:
    message = told_zhou(answering)
    with answering.act("lin") as (session, lin):
        archive(session, lin, answering.record(session, "huadong"))
    assert refused(answering, answer_to(answering, message, "zhou", "Fine.")) is Outcome.GONE


def test_a_token_for_another_company_opens_nothing(answering: World) -> None:
    """Even one that we had signed: the person must stand on that side, for that company."""
    with answering.writing() as session:
        foreign = Answering(
            answering.people["zhou"], answering.records["huadong"], Face.CUSTOMER,
            Audience.CUSTOMER, answering.records["hengtai"],
        )  # fmt: skip
        inside = Answering(
            answering.people["zhou"], answering.records["huadong"], Face.STAFF,
            Audience.INTERNAL, None,
        )  # fmt: skip
        tokens = [token_of(session, each) for each in (foreign, inside)]
        session.commit()
    for token in tokens:
        mail = mail_from(address_of(answering, "zhou"), f"concord+{token}@beacon.example", "Hello")
        assert refused(answering, mail) is Outcome.NO_ADDRESS


def test_a_thousand_attachments_are_too_many(answering: World) -> None:
    answer = answer_to(answering, told_zhou(answering), "zhou", "All our drawings.")
    for number in range(1000):
        answer.add_attachment(b"x", maintype="text", subtype="csv", filename=f"{number}.csv")
    assert refused(answering, answer) is Outcome.UNREADABLE
    fewer = answer_to(answering, told_zhou(answering), "zhou", "Some of our drawings.")
    for number in range(25):
        fewer.add_attachment(b"x", maintype="text", subtype="csv", filename=f"{number}.csv")
    assert refused(answering, fewer) is Outcome.REFUSED


@pytest.mark.parametrize("raw", [b"", b"\xff\x00\xfe", b"From: zhou@huadong.example\n\nHello"])
def test_what_is_no_mail_has_no_effect(answering: World, raw: bytes) -> None:
    assert refused(answering, raw) in (Outcome.NO_ADDRESS, Outcome.UNREADABLE)


def test_a_refusal_is_said_once_and_to_the_person_themselves(answering: World) -> None:
    message = told_zhou(answering)
    before = mails(answering)
    for _again in range(3):
        mail = mail_from("zhou.private@web.example", str(message["Reply-To"]), "It is me.")
        assert taken(answering, mail) is Outcome.STRANGER
    assert mails(answering) == before + 1
    with answering.reading() as session:
        said = session.scalars(select(Mail).order_by(Mail.id.desc()).limit(1)).one()
    assert said.to_address == address_of(answering, "zhou")
    assert "It is me." not in said.text


def test_a_bounce_is_noted_on_its_mail(answering: World) -> None:
    message = told_zhou(answering)
    report = (
        "From: mailer-daemon@their.example\nTo: concord@beacon.example\nReturn-Path: <>\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nIt could not be delivered.\n"
        "--b\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; their.example\n\nAction: failed\nStatus: 5.1.1\n"
        f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {message['Message-ID']}\n--b--\n"
    )
    assert refused(answering, report.encode()) is Outcome.BOUNCE
    with answering.reading() as session:
        mail = session.scalars(select(Mail).where(Mail.message_id == message["Message-ID"])).one()
    assert mail.bounced_at is not None
