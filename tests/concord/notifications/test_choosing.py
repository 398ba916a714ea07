"""Each person chooses how they are told, for a topic, a kind of fact or one record."""

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from concord.clock import now
from concord.identity.models import User
from concord.jobs.listing import unfinished
from concord.notifications.digest import digests_due
from concord.notifications.hours import Clock, keep_clock
from concord.notifications.models import DigestSlot, Waiting
from concord.notifications.overdue import ask_again
from concord.notifications.unsubscribing import unsubscribe_url
from tests.concord.notifications.telling import (
    as_message,
    choose_ways,
    inbox_entries,
    make_digest,
    make_mails,
    to_customer,
    waiting,
    write_on,
)
from tests.world import World, fingerprint

PREFERENCES = "/api/v1/notification-preferences"
SHANGHAI = ZoneInfo("Asia/Shanghai")


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """In a week whose Monday is the 7th."""
    return datetime(2026, 12, day, hour, minute, tzinfo=SHANGHAI)


def ask(world: World, person: str, **topics: object) -> int:
    return world.api(person).patch(PREFERENCES, json={"topics": topics}).status_code


@pytest.mark.parametrize(
    ("mail", "channels"), [("now", ["mail"]), ("digest", ["digest"]), ("none", [])]
)
def test_each_way_is_chosen_apart(any_world: World, mail: str, channels: list[str]) -> None:
    world = any_world
    assert ask(world, "lin", conversations={"mail": mail, "program": mail != "none"}) == 200
    entry_id = write_on(world, "anna", "huadong", "A note on Lin's customer.")
    assert [channel for channel, entry in waiting(world, "lin") if entry == entry_id] == channels
    assert (entry_id in inbox_entries(world, "lin")) is (mail != "none")


def test_a_kind_of_fact_is_chosen_apart_from_its_topic(world: World) -> None:
    assert ask(world, "lin", **{"note.posted": {"program": False, "mail": "none"}}) == 200
    note = write_on(world, "anna", "huadong", "A note.")
    call = write_on(world, "anna", "huadong", "A call.", kind="call")
    assert note not in inbox_entries(world, "lin")
    assert call in inbox_entries(world, "lin")
    shown = world.api("lin").get(PREFERENCES).get_json()
    kinds = next(t for t in shown["topics"] if t["key"] == "conversations")["kinds"]
    assert {kind["key"]: kind["program"] for kind in kinds}["note.posted"] is False


def test_muted_until_tomorrow_stays_in_the_digest(world: World) -> None:
    until = (now() + timedelta(hours=5)).isoformat()
    assert ask(world, "lin", conversations={"mail": "now", "muted_until": until}) == 200
    entry_id = write_on(world, "anna", "huadong", "A note.")
    assert entry_id not in inbox_entries(world, "lin")
    assert waiting(world, "lin") == [("digest", entry_id)]


def test_a_muted_topic_can_leave_ones_own_customers(world: World) -> None:
    for person in ("lin", "maya"):
        assert ask(world, person, followed={"program": True}) == 200
        assert ask(world, person, conversations={"only_mine": True}) == 200
    mine = write_on(world, "anna", "huadong", "On Lin's own customer.")
    assert mine in inbox_entries(world, "lin")


@pytest.mark.parametrize(
    "sent",
    [
        {"topics": {"no_such": {"mail": "now"}}},
        {"topics": {"mentions": {"mail": "hourly"}}},
        {"topics": {"mentions": {"program": "yes"}}},
        {"topics": {"mentions": {"user_id": 1}}},
        {"topics": {"task.created": {"mail": "now"}}},
        {"digest_at": "25:00"},
        {"digest_at": "8.30"},
        {"quiet": [{"day": "someday", "from": "20:00", "until": "08:00"}]},
        {"quiet": [{"day": "monday", "from": "20:00"}]},
        {"user_id": 1},
    ],
)
def test_what_there_is_not_cannot_be_chosen(world: World, sent: dict[str, object]) -> None:
    before = fingerprint(world)
    assert world.api("lin").patch(PREFERENCES, json=sent).status_code == 422
    assert fingerprint(world) == before


def test_people_outside_choose_among_what_concerns_them(world: World) -> None:
    topics = [topic["key"] for topic in world.api("zhou").get(PREFERENCES).get_json()["topics"]]
    assert "conversations" in topics
    assert "tasks" not in topics
    assert "customers" not in topics
    assert ask(world, "zhou", tasks={"mail": "now"}) == 422


def test_the_page_keeps_what_was_chosen(world: World) -> None:
    browser = world.client("lin")
    form = {"mail.mentions": "digest", "push.mentions": "1"}
    assert browser.post("/settings/notifications", data=form).status_code == 303
    shown = world.api("lin").get(PREFERENCES).get_json()
    mentions = next(topic for topic in shown["topics"] if topic["key"] == "mentions")
    assert (mentions["program"], mentions["mail"], mentions["push"]) == (False, "digest", True)
    hours = {
        "digest_at": "7:15",
        "quiet.friday": "1",
        "from.friday": "18:00",
        "until.friday": "9:00",
    }
    assert browser.post("/settings/notifications/hours", data=hours).status_code == 303
    shown = world.api("lin").get(PREFERENCES).get_json()
    assert shown["digest_at"] == "07:15"
    assert shown["quiet"] == [{"day": "friday", "from": "18:00", "until": "09:00"}]
    wrong = browser.post("/settings/notifications/hours", data={"digest_at": "late"})
    assert wrong.status_code == 422


def test_a_follower_hears_everything_that_they_may_see(any_world: World) -> None:
    world = any_world
    huadong = world.records["huadong"]
    assert world.api("maya").put(f"/api/v1/records/{huadong}/follow").status_code == 204
    entry_id = write_on(world, "anna", "huadong", "A note.")
    assert entry_id in inbox_entries(world, "maya")
    assert world.api("maya").delete(f"/api/v1/records/{huadong}/follow").status_code == 204
    other = write_on(world, "anna", "huadong", "Another note.")
    assert other not in inbox_entries(world, "maya")


def test_following_grants_nothing(world: World) -> None:
    """Who follows sees what they could see anyway; who cannot see cannot follow."""
    huadong = world.records["huadong"]
    for person in ("ursula", "huang", "wei"):
        before = fingerprint(world)
        assert world.api(person).put(f"/api/v1/records/{huadong}/follow").status_code == 404, person
        assert world.client(person).post(
            f"/records/{huadong}/follow", data={"state": "follow"}
        ).status_code == 404, person  # fmt: skip
        assert fingerprint(world) == before
    assert world.api("zhou").put(f"/api/v1/records/{huadong}/follow").status_code == 204
    entry_id = write_on(world, "anna", "huadong", "Floor price: 12 % off.")
    assert entry_id not in inbox_entries(world, "zhou")
    assert waiting(world, "zhou") == []


def test_a_muted_record_tells_nothing_and_mentions_only_tells_mentions(world: World) -> None:
    huadong = world.records["huadong"]
    assert world.api("lin").put(f"/api/v1/records/{huadong}/mentions-only").status_code == 204
    plain = write_on(world, "anna", "huadong", "A note.")
    named = write_on(world, "anna", "huadong", "@Lin, look.", mentions=["lin"])
    assert plain not in inbox_entries(world, "lin")
    assert named in inbox_entries(world, "lin")
    assert world.api("lin").put(f"/api/v1/records/{huadong}/mute").status_code == 204
    again = write_on(world, "anna", "huadong", "@Lin, look again.", mentions=["lin"])
    assert again not in inbox_entries(world, "lin")
    assert world.api("lin").get(f"/api/v1/records/{huadong}/following").get_json() == {
        "state": "mute"
    }


def test_the_bell_of_a_record_shows_and_changes_its_state(world: World) -> None:
    browser, huadong = world.client("lin"), world.records["huadong"]
    assert f'id="follow-{huadong}"' in browser.get(f"/customers/{huadong}").text
    answer = browser.fragment(f"/records/{huadong}/follow", method="POST", data={"state": "mute"})
    assert answer.status_code == 200
    assert 'aria-current="true"' in answer.text
    assert "#bell-off" in browser.get(f"/customers/{huadong}").text
    wrong = browser.fragment(f"/records/{huadong}/follow", method="POST", data={"state": "all"})
    assert wrong.status_code == 422


def test_a_muting_is_taken_back_as_it_was(world: World) -> None:
    assert ask(world, "lin", conversations={"mail": "now", "push": True}) == 200
    browser = world.client("lin")
    muted = browser.fragment(
        "/notifications/topics/conversations/mute", method="POST", data={"how": "digest"}
    )
    assert mail_of(world, "lin", "conversations") == "digest"
    undo = json.loads(muted.headers["HX-Trigger"])["concord:toast"]["undo"]
    assert browser.fragment(undo, method="POST").status_code == 204
    assert mail_of(world, "lin", "conversations") == "now"
    wrong = ("/notifications/topics/no_such/mute", "/notifications/topics/conversations/unmute")
    assert [browser.post(path).status_code for path in wrong] == [404, 404]
    odd = browser.post("/notifications/topics/conversations/mute", data={"how": "for ever"})
    assert odd.status_code == 422


def test_digests_are_asked_for_at_each_persons_own_hour(world: World) -> None:
    write_on(world, "anna", "huadong", "A note.")
    with world.writing() as session:
        keep_clock(session, world.people["lin"], digest_at=9 * 60)
        session.commit()

    def asked(moment: datetime) -> int:
        before = len(list(unfinished(world.installation.database)))
        with world.writing() as session:
            digests_due(session, moment)
            session.commit()
        return len(list(unfinished(world.installation.database))) - before

    assert asked(local(7, 8, 59)) == 0
    assert asked(local(7, 9)) == 1


def test_mail_that_waits_too_long_is_asked_for_again(world: World) -> None:
    write_on(world, "anna", "huadong", "@Lin, look.", mentions=["lin"])
    before = len(list(unfinished(world.installation.database)))
    for moment, more in ((now(), 0), (now() + timedelta(minutes=30), 1)):
        with world.writing() as session:
            ask_again(session, moment)
            session.commit()
        assert len(list(unfinished(world.installation.database))) == before + more


def test_quiet_hours_end_on_the_persons_own_clock() -> None:
    nights = [[20 * 60, 8 * 60]] * 5 + [[0, 0], [0, 8 * 60]]
    clock = Clock("Asia/Shanghai", quiet=nights)
    assert clock.quiet_until(local(7, 12)) is None
    assert clock.quiet_until(local(7, 22)) == local(8, 8)
    assert clock.quiet_until(local(8, 7, 59)) == local(8, 8)
    assert clock.quiet_until(local(8, 8)) is None
    # Friday evening goes on through Saturday to Sunday morning.
    assert clock.quiet_until(local(11, 21)) == local(13, 8)
    assert Clock("Asia/Shanghai").quiet_until(local(7, 3)) is None


def digest_now(world: World, person: str) -> None:
    with world.writing() as session:
        keep_clock(session, world.people[person], digest_at=0)
        session.commit()


def test_the_digest_says_what_happened_once_a_day(any_world: World) -> None:
    world = any_world
    digest_now(world, "lin")
    assert make_digest(world, "lin") == []
    with world.writing() as session:
        session.execute(DigestSlot.__table__.delete())  # type: ignore[attr-defined]
        session.commit()
    write_on(world, "anna", "huadong", "A note on a customer.")
    write_on(world, "anna", "huadong", "A second one.")
    [mail] = make_digest(world, "lin")
    text = mail.text
    assert text.index("Huadong") < text.index("A note on a customer.") < text.index("A second one.")
    write_on(world, "anna", "huadong", "A third one.")
    assert make_digest(world, "lin") == [], "one a day"
    with world.reading() as session:
        slots = session.scalar(select(func.count()).select_from(DigestSlot))
    assert slots == 1


def test_the_digest_quotes_words_without_their_marks(world: World) -> None:
    digest_now(world, "lin")
    with world.writing() as session:
        session.execute(DigestSlot.__table__.delete())  # type: ignore[attr-defined]
        session.commit()
    write_on(world, "anna", "huadong", "The rig is due **by Friday**.")
    [mail] = make_digest(world, "lin")
    assert "due by Friday." in mail.text
    assert "due by Friday." in str(mail.html)


def test_the_digest_asks_again_who_may_read(world: World) -> None:
    digest_now(world, "lin")
    write_on(world, "anna", "huadong", "A note.")
    with world.writing() as session:
        session.get_one(User, world.people["lin"]).disabled_at = now()
        session.commit()
    assert make_digest(world, "lin") == []


def unsubscribe_path(world: World, person: str, *topics: str) -> str:
    with world.writing() as session:
        url = unsubscribe_url(session, world.people[person], topics)
        session.commit()
    return url.removeprefix("http://127.0.0.1:8000")


def mail_of(world: World, person: str, topic: str) -> str:
    topics = world.api(person).get(PREFERENCES).get_json()["topics"]
    return str(next(shown for shown in topics if shown["key"] == topic)["mail"])


def test_one_click_without_signing_in_ends_a_kind_of_mail(any_world: World) -> None:
    """RFC 8058: looking changes nothing, the mail program's post does."""
    world = any_world
    to_customer(world, "lin", "Ships on Friday.")
    [mail] = make_mails(world, "zhou")
    url = str(as_message(world, mail)["List-Unsubscribe"]).strip("<>")
    path = url.removeprefix("http://127.0.0.1:8000")
    anybody = world.client()
    assert anybody.get(path).status_code == 200
    assert mail_of(world, "zhou", "conversations") == "now"
    clicked = anybody.post(path, data={"List-Unsubscribe": "One-Click"}, plain=True)
    assert clicked.status_code == 200
    assert mail_of(world, "zhou", "conversations") == "none"
    assert mail_of(world, "zhou", "mentions") == "now"
    entry_id = to_customer(world, "lin", "It has shipped.")
    assert waiting(world, "zhou") == []
    assert entry_id in inbox_entries(world, "zhou")


def test_leaving_the_digest_ends_all_of_it(world: World) -> None:
    path = unsubscribe_path(world, "lin", "digest")
    assert world.client().post(path, plain=True).status_code == 200
    assert mail_of(world, "lin", "tasks") == "none"
    assert mail_of(world, "lin", "mentions") == "now"


def test_nobody_elses_mails_can_be_ended(world: World) -> None:
    """B14: another user, other topics, a revoked address: 404, and nothing changed."""
    path = unsubscribe_path(world, "lin", "mentions")
    token = path.rpartition("/")[2]
    before = fingerprint(world)
    changed = [token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
               for place in range(0, len(token) - 1, 4)]  # fmt: skip
    for wrong in (*changed, token[:-4], "", "x" * 500, "%00", "💥"):
        for method in ("GET", "POST"):
            answer = world.client().open(f"/mail/unsubscribe/{wrong}", method=method, plain=True)
            assert answer.status_code == 404, wrong
    assert fingerprint(world) == before
    with world.writing() as session:
        session.get_one(User, world.people["lin"]).disabled_at = now()
        session.commit()
    assert world.client().post(path, plain=True).status_code == 404


def test_what_waits_is_bookkeeping(world: World) -> None:
    """It is neither business data nor a thing to audit."""
    choose_ways(world, "lin", "conversations", mail="digest")
    before = fingerprint(world)
    write_on(world, "anna", "huadong", "A note.")
    assert fingerprint(world) == before
    with world.reading() as session:
        assert session.scalar(select(func.count()).select_from(Waiting))
