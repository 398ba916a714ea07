"""Mail about what happened: asked again who may read it, threaded, and in the reader's language."""

from email.message import EmailMessage
from typing import Any

import pytest

from concord.clock import now
from concord.identity.models import User
from concord.notifications.hours import keep_clock
from concord.records.models import Record
from concord.timeline.actions import withdraw
from concord.timeline.models import Entry
from tests.concord.notifications.telling import (
    as_message,
    choose_ways,
    make_mails,
    to_customer,
    waiting,
    write_on,
)
from tests.world import World

HOSTILE = '<img src="http://127.0.0.1:9/x"><script>alert(1)</script> {{7*7}} ${7*7} {0.__class__}'


def mention(world: World, body: str = "@Lin, can we promise 19 December?") -> int:
    return write_on(world, "anna", "huadong", body, mentions=["lin"])


def part(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    assert found is not None
    return str(found.get_content())


def test_a_mention_is_mailed_once(any_world: World) -> None:
    mention(any_world)
    [mail] = make_mails(any_world, "lin")
    message = as_message(any_world, mail)
    assert message["To"] == "lin@beacon.example"
    for kind in ("plain", "html"):
        shown = part(message, kind)
        assert "can we promise 19 December?" in shown
        assert "colleagues only" in shown
        assert "you were mentioned" in shown
        assert f"/customers/{any_world.records['huadong']}?at=" in shown
    assert make_mails(any_world, "lin") == []
    assert waiting(any_world, "lin") == []


def test_what_is_bold_on_the_timeline_is_bold_in_the_mail(world: World) -> None:
    mention(world, "@Lin, **by Friday**, please: see https://beacon.example/a**b**c")
    message = as_message(world, make_mails(world, "lin")[0])
    assert "<strong>by Friday</strong>, please" in part(message, "html")
    assert "@Lin, by Friday, please: see https://beacon.example/a**b**c" in part(message, "plain")


def test_a_burst_is_one_mail_for_each_record(world: World) -> None:
    for number in range(3):
        mention(world, f"@Lin, number {number}.")
    write_on(world, "anna", "hengtai", "@Lin, another one.", mentions=["lin"])
    mails = make_mails(world, "lin")
    assert len(mails) == 2
    shown = part(as_message(world, mails[0]), "plain")
    assert all(f"number {number}." in shown for number in range(3))


def test_mails_about_a_record_are_one_thread_for_each_audience(world: World) -> None:
    mention(world)
    [first] = make_mails(world, "lin")
    mention(world)
    [second] = make_mails(world, "lin")
    threads = {as_message(world, mail)["References"] for mail in (first, second)}
    assert len(threads) == 1
    assert first.message_id != second.message_id
    assert first.subject == second.subject
    choose_ways(world, "lin", "conversations", mail="now")
    write_on(world, "zhou", "huadong", "When does it ship?", kind="message")
    [shared] = make_mails(world, "lin")
    assert as_message(world, shared)["References"] not in threads


def test_it_is_in_the_readers_language_and_says_who_reads(world: World) -> None:
    with world.writing() as session:
        session.get_one(User, world.people["zhou"]).language = "zh"
        session.commit()
    to_customer(world, "lin", "两批可以吗？")
    [mail] = make_mails(world, "zhou")
    shown = part(as_message(world, mail), "plain")
    assert "两批可以吗？" in shown
    assert "可见范围" in shown
    assert "Read by" not in shown


def test_who_may_not_read_it_any_more_gets_no_mail(world: World) -> None:
    """B04 and decision 7: the rights are those of the moment at which the mail is made."""
    mention(world)
    with world.writing() as session:
        session.get_one(User, world.people["lin"]).disabled_at = now()
        session.commit()
    assert make_mails(world, "lin") == []
    assert waiting(world, "lin") == []


def test_what_was_withdrawn_is_not_mailed(world: World) -> None:
    entry_id = mention(world)
    with world.act("anna") as (session, anna):
        withdraw(session, anna, session.get_one(Entry, entry_id))
    assert make_mails(world, "lin") == []


@pytest.mark.parametrize("outsider", ["zhou", "huang", "ursula", "wei"])
def test_an_internal_note_is_in_nobodys_mail_outside(world: World, outsider: str) -> None:
    """B16: neither at once nor in a digest nor by push."""
    write_on(world, "lin", "huadong", "Floor price: 12 % off.")
    write_on(world, "lin", "hengtai", "They are always late.")
    assert waiting(world, outsider) == []


def test_another_customer_hears_nothing_of_a_message(world: World) -> None:
    entry_id = to_customer(world, "lin", "Ships on Friday.")
    assert ("mail", entry_id) in waiting(world, "zhou")
    for other in ("ursula", "huang", "wei"):
        assert waiting(world, other) == []


def test_words_and_titles_stay_what_they_are(world: World) -> None:
    """C06, D01 and E07: no template runs, no tag lives, no picture is fetched."""
    with world.writing() as session:
        session.get_one(Record, world.records["huadong"]).title = HOSTILE
        session.commit()
    mention(world, f"@Lin {HOSTILE}")
    [mail] = make_mails(world, "lin")
    message = as_message(world, mail)
    assert HOSTILE in part(message, "plain")
    page = part(message, "html")
    assert "{{7*7}}" in page
    assert "49" not in page.replace("#1f2430", "")
    for tag in ("<img", "<script", "<link", "<iframe", "@import", "url("):
        assert tag not in page.lower(), tag


@pytest.mark.parametrize(
    "ending", ["\r\nBcc: all@evil.example", "\nBcc: all@evil.example", "\u2028x"]
)
def test_a_title_begins_no_header(world: World, ending: str) -> None:
    """C08: whatever a title holds, it is one line of one header."""
    with world.writing() as session:
        session.get_one(Record, world.records["huadong"]).title = f"Huadong{ending}"
        session.commit()
    mention(world)
    [mail] = make_mails(world, "lin")
    message = as_message(world, mail)
    assert message["Bcc"] is None
    assert "\n" not in mail.subject
    assert message["To"] == "lin@beacon.example"


def test_quiet_hours_let_mail_wait(any_world: World) -> None:
    with any_world.writing() as session:
        keep_clock(session, any_world.people["lin"], quiet=[[0, 0]] * 7)
        session.commit()
    mention(any_world)
    assert make_mails(any_world, "lin") == []
    assert len(waiting(any_world, "lin")) == 1
    with any_world.writing() as session:
        keep_clock(session, any_world.people["lin"], quiet=[None] * 7)
        session.commit()
    assert len(make_mails(any_world, "lin")) == 1


def test_what_was_read_in_the_program_is_not_mailed(world: World) -> None:
    mention(world)
    browser = world.client("lin")
    line = world.api("lin").get("/api/v1/notifications").get_json()["items"][0]
    assert browser.fragment(f"/notifications/{line['id']}/read", method="POST").status_code == 200
    assert waiting(world, "lin") == []


def test_a_told_story_is_not_mailed(world: World) -> None:
    """The world of the demo was just told: nobody waits for mail about its past."""
    for person in ("lin", "anna", "maya", "zhou", "huang"):
        assert waiting(world, person) == []


def headers_of(world: World, mail: Any) -> dict[str, str]:
    return dict(as_message(world, mail).items())


def test_the_headers_are_those_of_a_thread_with_a_way_out(world: World) -> None:
    mention(world)
    headers = headers_of(world, make_mails(world, "lin")[0])
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Unsubscribe"].startswith("<http://127.0.0.1:8000/mail/unsubscribe/")
    assert headers["In-Reply-To"] == headers["References"]
    assert headers["Auto-Submitted"] == "auto-generated"
    assert "Reply-To" not in headers, "nobody takes answers here"
