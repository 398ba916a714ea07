"""Erasing a person: no table knows their name or address any more, and the audit still verifies."""

import json
from typing import Any

import pytest
from sqlalchemy import String, cast, func, select, update

from concord.api.models import Idempotency
from concord.audit import sealing, verifying
from concord.audit.models import AuditRow
from concord.clock import now
from concord.database.base import Model
from concord.exports import storage as exports
from concord.exports.models import Export
from concord.identity import erasing
from concord.identity.models import SignedSession, User
from concord.jobs.models import JobHold
from concord.lists.models import SavedView, ViewOrder
from concord.mail.models import Mail, MailKey, TakenMail
from concord.push.models import PushSubscription
from concord.records.purging import purge
from concord.timeline.models import Entry
from concord.webhooks.actions import add
from concord.webhooks.models import Delivery
from modules.crm.contacts.models import Contact
from tests.concord.identity.house import OUTSIDERS, House
from tests.world import World

NAME = "Vera Holm"
KNOW_NAMES = {
    "concord_users.name", "concord_audit.actor_name", "concord_timeline_entries.actor_name",
    "concord_timeline_entries.payload", "concord_webhook_deliveries.body",
    "concord_webhook_deliveries.answer", "concord_exports.asked", "concord_mails.subject",
    "concord_mails.text", "concord_mails.html", "concord_views.name", "concord_view_orders.keys",
    "concord_job_holds.held_by", "concord_invitations.name",
}  # fmt: skip
KNOW_ADDRESSES = {
    "concord_users.email", "concord_mails.to_address", "concord_mails_taken.from_address",
    "concord_audit.changes",
}  # fmt: skip


def seal_all(world: World) -> None:
    count = 1
    while count:
        with world.writing() as session:
            count = sealing.seal_rows(session, now())
            session.commit()


def problems(world: World) -> list[str]:
    with world.reading() as session:
        return list(verifying.problems(session))


def places_of(world: World, words: str) -> set[str]:
    """Every column of every table in which these words still stand."""
    found = set()
    with world.reading() as session:
        for table in Model.metadata.sorted_tables:
            for column in table.columns:
                text = cast(column, String)
                if session.scalar(select(text).where(text.contains(words)).limit(1)):
                    found.add(f"{table.name}.{column.name}")
    return found


def prepared(house: House) -> House:
    """Vera administers Northwind's portal: she has written, invited, been invited, and left."""
    assert OUTSIDERS["vera"][0] == NAME
    listen_to_everything(house.world)
    vera = house.signed_in("vera")
    vera.post("/preferences", data={"name": NAME, "phone": "+49 170 5550199", "title": "Buyer"})
    for _again in range(2):  # The second takes the place of the first.
        house.invite("lin", "northwind", house.email("vera"), name=NAME)
    sent = {"name": "Nils Berg", "email": "nils@northwind.example", "language": "en"}
    assert vera.post("/portal/colleagues", data=sent).status_code == 303
    northwind = house.world.records["northwind"]
    said = {"kind": "message", "body": "We move in May", "audience": "customer"}
    answer = house.world.api("vera").post(f"/api/v1/records/{northwind}/timeline", json=said)
    assert answer.status_code == 201, answer.text
    leave_traces(house.world, "vera", NAME, house.email("vera"))
    seal_all(house.world)
    na = house.signed_in("na")
    page = f"/settings/people/{house.world.people['vera']}"
    assert na.post(f"{page}/disable").status_code == 303
    return house


def listen_to_everything(world: World) -> None:
    with world.act("na") as (session, actor):
        add(session, actor, url="https://hooks.example/concord", events=["*"])


def messages(world: World) -> dict[str, Any]:
    """The messages of webhooks, by their id."""
    with world.reading() as session:
        rows = session.execute(select(Delivery.message_id, Delivery.body)).all()
        return {row.message_id: json.loads(row.body) for row in rows}


def leave_traces(world: World, person: str, name: str, email: str) -> None:
    """What somebody who has used the house for years has in it besides what they wrote."""
    user_id = world.people[person]
    world.sign_in(person)
    with world.writing() as session:
        own = select(func.max(SignedSession.id)).where(SignedSession.user_id == user_id)
        signed = session.scalar(own)
        with exports.writing() as (key, file):
            file.write(name.encode())
        session.add_all(
            [
                Export(user_id=user_id, list_key="customers", format="csv", key=key,
                       asked={"parameters": {"q": name}}),
                PushSubscription(user_id=user_id, session_id=signed, endpoint_hash=person,
                                 endpoint="https://push.example/1", p256dh="", auth="",
                                 device="her phone"),
                Mail(to_address=email, subject=f"For {name}", text=name, message_id=f"<{person}1>"),
                Mail(to_address="lin@beacon.example", subject=f"{name} wrote", text=f"By {name}",
                     html=f"<p>{name}</p>", message_id=f"<{person}2>"),
                MailKey(user_id=user_id, secret=person),
                TakenMail(digest=person, from_address=email, outcome="posted", user_id=user_id),
                SavedView(list_key="tasks", name=f"Of {name}", owner_id=user_id, look={}),
                ViewOrder(user_id=user_id, list_key="tasks", keys=[name]),
                JobHold(name=f"some.job.{person}", held_by=name),
                Idempotency(key_hash=person, request_hash="", status=200, headers={"id": "17"},
                            body=name.encode(), created_at=now()),
            ]
        )  # fmt: skip
        said = update(Delivery).where(Delivery.body.contains(name))
        session.execute(said.values(answer=f"Hello {name}"))
        session.commit()


@pytest.fixture
def leaver(house: House) -> House:
    return prepared(house)


@pytest.fixture
def any_leaver(any_house: House) -> House:
    return prepared(any_house)


def erase(house: House, person: str = "vera", by: str = "na") -> int:
    page = f"/settings/people/{house.world.people[person]}/erase"
    return int(house.signed_in(by).post(page).status_code)


def test_no_table_knows_them_any_more_and_the_seals_hold(any_leaver: House) -> None:
    """Whatever somebody leaves behind: the traces are there before, in all of these places."""
    house, world = any_leaver, any_leaver.world
    assert places_of(world, NAME) >= KNOW_NAMES
    assert places_of(world, house.email("vera")) >= KNOW_ADDRESSES
    assert erase(house) == 303
    seal_all(world)
    assert problems(world) == []
    for words in (NAME, house.email("vera"), "5550199", "her phone"):
        assert places_of(world, words) == set(), words
    with world.reading() as session:
        theirs = PushSubscription.user_id == world.people["vera"]
        assert session.scalar(select(func.count()).where(theirs)) == 0
        assert session.scalar(select(func.count()).select_from(Export)) == 0
        kept = Idempotency.key_hash == "vera"
        assert session.scalar(select(Idempotency.body).where(kept)) == b""
    assert not list((world.installation.settings.data_dir / "exports").iterdir())


def test_what_webhooks_tell_goes_on_under_no_name(leaver: House) -> None:
    """Messages that wait are sent, whole but for the name; the log of the others stays."""
    world = leaver.world
    before = messages(world)
    assert erase(leaver) == 303
    after = messages(world)
    assert after.keys() >= before.keys()
    vera = world.people["vera"]
    told = [one for one in after.values() if one["data"]["actor"]["id"] == vera]
    assert {one["data"]["actor"]["name"] for one in told} == {"Erased person"}
    assert "We move in May" in str(told)
    others = [key for key, one in before.items() if NAME not in str(one)]
    assert all(after[key] == before[key] for key in others)


def test_others_keep_what_is_theirs(leaver: House) -> None:
    """An erased person takes with them no letter, view or export of anybody else."""
    world = leaver.world
    leave_traces(world, "karl", "Karl Ott", leaver.email("karl"))
    assert erase(leaver) == 303
    with world.reading() as session:
        karl = world.people["karl"]
        for model in (Export, PushSubscription, SavedView, MailKey):
            column = model.__table__.c.owner_id if model is SavedView else model.__table__.c.user_id
            assert session.scalar(select(func.count()).where(column == karl)) == 1, model
    assert "concord_mails.subject" in places_of(world, "Karl Ott")


def test_what_was_erased_cannot_be_put_back_unseen(leaver: House) -> None:
    assert erase(leaver) == 303
    with leaver.world.writing() as session:
        rows = AuditRow.actor_id == leaver.world.people["vera"]
        session.execute(update(AuditRow).where(rows).values(actor_name="Somebody"))
        session.commit()
    assert any("where one was erased" in problem for problem in problems(leaver.world))


def test_that_it_was_done_is_kept(leaver: House) -> None:
    assert erase(leaver) == 303
    with leaver.world.reading() as session:
        row = session.scalars(select(AuditRow).where(AuditRow.action == "erased")).one()
    assert (row.actor_name, row.row_id) == ("Li Na", leaver.world.people["vera"])


def test_nobody_enters_as_them_again(leaver: House) -> None:
    assert erase(leaver) == 303
    assert leaver.enter("vera").status_code == 401
    page = f"/settings/people/{leaver.world.people['vera']}/enable"
    assert leaver.signed_in("na").post(page).status_code == 403


def test_who_can_still_sign_in_is_not_erased(house: House) -> None:
    assert erase(house) == 422
    assert house.user("vera").name == NAME


def test_it_wants_proof_that_it_is_still_the_administrator(leaver: House) -> None:
    na = leaver.signed_in("na")
    with leaver.world.writing() as session:
        session.execute(update(SignedSession).values(proved_at=None))
        session.commit()
    answer = na.post(f"/settings/people/{leaver.world.people['vera']}/erase")
    assert answer.location.startswith("/confirm")
    assert leaver.user("vera").name == NAME


@pytest.mark.parametrize(("person", "status"), [("maya", 403), ("karl", 404)])
def test_nobody_else_erases(leaver: House, person: str, status: int) -> None:
    assert erase(leaver, by=person) == status


def test_a_colleague_who_owned_records_is_erased_too(any_house: House) -> None:
    """Records, tasks and entries of theirs stay, under no name."""
    world = any_house.world
    listen_to_everything(world)
    na, southsea = world.api("na"), world.records["southsea"]
    lin = {"owner_id": world.people["lin"]}
    for owner in (world.people["na"], world.people["lin"]):
        changed = na.patch(f"/api/v1/companies/{southsea}", json={"owner_id": owner})
        assert changed.status_code == 200, changed.text
    sent = {"ids": [world.records["huadong"]], "verb": "owner", **lin}
    assert na.post("/api/v1/companies/bulk", json=sent).status_code == 202
    assert places_of(world, "Lin Chen") >= {
        "concord_bulk_runs.said", "concord_records.title", "concord_users.name",
        "concord_webhook_deliveries.body", "concord_timeline_entries.payload",
    }  # fmt: skip
    with world.act("na") as (session, actor):
        lin_chen = session.get_one(User, world.people["lin"])
        lin_chen.disabled_at = now()
        session.flush()
        erasing.erase(session, actor, lin_chen)
    seal_all(world)
    assert problems(world) == []
    # What colleagues wrote of Lin in their own words is theirs.
    words = {"concord_timeline_entries.body", "concord_timeline_entries.payload",
             "concord_search_entries.words"}  # fmt: skip
    assert places_of(world, "Lin Chen") - words == set()
    with world.reading() as session:
        for entry in session.scalars(select(Entry).where(Entry.body.is_(None))):
            assert "Lin Chen" not in str(entry.payload), entry.fact_type


def test_every_table_of_an_account_is_known() -> None:
    """A table that comes later says here what becomes of it when its person is erased."""
    emptied = {"concord_exports", "concord_mails_taken"}
    tables = Model.metadata.sorted_tables
    assert {t.name for t in tables if "user_id" in t.c} == {*erasing.ACCOUNT, *emptied}


def test_a_purged_contact_leaves_the_audit_whole_and_silent(world: World) -> None:
    with world.act("na") as (session, _actor):
        contact = session.get_one(Contact, world.records["zhou_min"])
        contact.phone = "+86 139 5550177"
    seal_all(world)
    with world.act("na") as (session, actor):
        purge(session, actor, session.get_one(Contact, world.records["zhou_min"]))
    seal_all(world)
    assert problems(world) == []
    assert not {place for place in places_of(world, "5550177") if "audit" in place}
