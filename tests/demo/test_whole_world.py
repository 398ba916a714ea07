"""The demo world holds what it promises, and reads like a quarter of a year at Beacon."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from concord.actors import Audience
from concord.demo.catching_up import LAST_LOOKS
from concord.demo.people import COLLEAGUES
from concord.identity.models import Team, User
from concord.notifications.models import Inbox
from concord.parties.models import Party
from concord.records.models import Record
from concord.timeline.models import Entry, LastVisit, TimelineLink
from concord.timeline.queries import OWN_WORDS, page
from tests.world import World

pytestmark = pytest.mark.slow
WORKING_HOURS = range(8, 20)


def count(session: Session, *conditions: object, of: object) -> int:
    return session.scalar(select(func.count()).select_from(of).where(*conditions)) or 0  # type: ignore[arg-type]


def test_it_holds_four_teams_eight_colleagues_thirty_customers_and_ten_suppliers(
    whole_world: World,
) -> None:
    with whole_world.reading() as session:
        assert count(session, of=Team) == 4
        assert count(session, User.is_staff, of=User) == 8
        assert count(session, Party.is_customer, of=Party) == 30
        assert count(session, Party.is_supplier, of=Party) == 10
        assert count(session, Entry.kind.in_(OWN_WORDS), of=Entry) >= 300
        kinds = set(session.scalars(select(Record.kind).distinct()))
    assert kinds == set(whole_world.installation.records.kinds())


def test_people_outside_have_a_share_in_the_conversation(whole_world: World) -> None:
    with whole_world.reading() as session:
        counted = select(Entry.actor_face, func.count()).where(Entry.kind == "message")
        by_face = dict(session.execute(counted.group_by("actor_face")).all())
    assert by_face["customer"] >= 50
    assert by_face["supplier"] >= 15


def test_nobody_outside_reads_an_internal_entry(whole_world: World) -> None:
    with whole_world.app.test_request_context(), whole_world.reading() as session:
        links = select(TimelineLink.entry_id, TimelineLink.audience, TimelineLink.company_id)
        shared = {(entry, audience, company) for entry, audience, company in session.execute(links)}
        for person in whole_world.people:
            actor = whole_world.actor(person)
            if not actor.outside:
                continue
            company = session.get_one(Record, actor.company_id)
            seen = page(session, actor, company, limit=100)
            assert seen.entries, person
            for entry in seen.entries:
                assert entry.audience is Audience.of(actor.face), (person, entry.body)
                assert (entry.id, int(actor.audience), actor.company_id) in shared, entry.body


def test_every_timeline_grows_in_the_order_of_time(whole_world: World) -> None:
    later, earlier = aliased(TimelineLink), aliased(TimelineLink)
    after, before = aliased(Entry), aliased(Entry)
    with whole_world.reading() as session:
        turned = session.execute(
            select(after.body)
            .join(later, later.entry_id == after.id)
            .join(
                earlier,
                (earlier.record_id == later.record_id) & (earlier.position == later.position - 1),
            )
            .join(before, before.id == earlier.entry_id)
            .where(before.at > after.at)
        ).all()
    assert not turned


def test_people_write_on_working_days_and_in_working_hours(whole_world: World) -> None:
    zone = ZoneInfo(whole_world.installation.settings.timezone)
    today = datetime.now(UTC).astimezone(zone).date()
    with whole_world.reading() as session:
        moments = session.scalars(select(Entry.at).where(Entry.kind.in_(OWN_WORDS))).all()
    local = [moment.astimezone(zone) for moment in moments]
    assert max(local).date() == today
    for moment in local:
        if moment.date() < today:
            assert moment.weekday() < 5, moment
            assert moment.hour in WORKING_HOURS, moment


def test_colleagues_begin_with_a_handful_of_unread_notifications(whole_world: World) -> None:
    with whole_world.reading() as session:
        inboxes = session.execute(select(Inbox.user_id, Inbox.unread))
        unread = dict(inboxes.all())
    for colleague in COLLEAGUES:
        assert 1 <= unread[whole_world.people[colleague.key]] <= 8, colleague.key
    for person in LAST_LOOKS:
        assert 1 <= unread[whole_world.people[person]] <= 5, person


def test_lin_finds_news_on_huadong_since_her_last_visit(whole_world: World) -> None:
    with whole_world.app.test_request_context(), whole_world.reading() as session:
        huadong = whole_world.record(session, "huadong")
        seen = page(session, whole_world.actor("lin"), huadong)
        visit = session.get_one(LastVisit, (whole_world.people["lin"], huadong.id, 0))
    new = [entry for entry in seen.entries if entry.is_new]
    assert visit.position == seen.last_seen
    assert {"Maya Kaur", "Zhou Min"} <= {entry.actor_name for entry in new}
    assert 2 <= len(new) <= 8


def test_no_text_keeps_a_placeholder(whole_world: World) -> None:
    with whole_world.reading() as session:
        bodies = session.scalars(select(Entry.body).where(Entry.body.is_not(None))).all()
        titles = session.scalars(select(Record.title)).all()
    assert not [text for text in (*bodies, *titles) if text and ("{" in text or not text.strip())]


def test_every_company_opens_for_lin_and_its_own_people(whole_world: World) -> None:
    lin = whole_world.client("lin")
    with whole_world.reading() as session:
        companies = session.execute(select(Party.id, Party.is_customer)).all()
    for company_id, is_customer in companies:
        side = "customers" if is_customer else "suppliers"
        assert lin.get(f"/{side}/{company_id}").status_code == 200, company_id
    for person in ("he_lan", "klaus_vogel", "ke_min"):
        assert whole_world.client(person).get("/portal/").status_code == 200, person
