"""`concord mail`: what a mail server pipes in is decided, and the server is told so."""

from tests.concord.cli.conftest import Command

STRAY = """From: somebody@web.example
To: crm@beacon.example
Message-ID: <1@web.example>
Subject: Hello

Is anybody there?
"""


def test_a_mail_for_nobody_is_decided(migrated: Command) -> None:
    answer = migrated("mail", "take", stdin=STRAY, CONCORD_ANSWER_ADDRESS="crm@beacon.example")
    assert answer.code == 0, answer.complained
    assert answer.said.splitlines()[-1] == "no address of ours"


def test_without_a_database_the_server_tries_again(concord: Command) -> None:
    answer = concord("mail", "take", stdin=STRAY)
    assert answer.code == 1
    assert "concord migrate" in answer.complained


def test_there_must_be_an_inbox_to_look_into(migrated: Command) -> None:
    answer = migrated("mail", "look")
    assert answer.code == 1
    assert "CONCORD_INBOX_URL" in answer.complained


def test_an_address_that_cannot_hold_a_token_is_refused(concord: Command) -> None:
    long = "answers-to-everything@beacon.example"
    answer = concord("mail", "look", CONCORD_ANSWER_ADDRESS=long)
    assert answer.code == 1
    assert "CONCORD_ANSWER_ADDRESS" in answer.complained
    answer = concord("mail", "look", CONCORD_INBOX_URL="https://mail.beacon.example")
    assert answer.code == 1
    assert "CONCORD_INBOX_URL" in answer.complained
