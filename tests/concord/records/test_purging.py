"""Purging: what a record said is gone everywhere, its place stays, and few may do it."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import func, select, update

from concord.audit.models import AuditRow
from concord.bulk.models import BulkItem
from concord.clock import now
from concord.files import sweeping
from concord.files import verifying as files
from concord.files.models import File
from concord.notifications import verifying as inboxes
from concord.notifications.models import Follow, Notification
from concord.records.models import Record
from concord.search.models import SearchDocument
from concord.tags.models import RecordTag
from concord.timeline import verifying as streams
from concord.timeline.models import Entry, TimelineLink
from concord.webhooks.models import Delivery
from modules.crm.contacts.models import Contact
from tests.concord.identity.test_erasing import (
    listen_to_everything,
    places_of,
    problems,
    seal_all,
)
from tests.world import World, fingerprint

KEYED = {"Idempotency-Key": "17"}
MARK = "quartzly"
KNOW = {
    "concord_audit.changes", "concord_timeline_entries.body", "concord_files.name",
    "concord_file_versions.name", "concord_webhook_deliveries.body", "concord_bulk_items.image",
    "concord_search_entries.words", "crm_contacts.job_title",
}  # fmt: skip


def test_a_contact_leaves_an_empty_place(any_world: World) -> None:
    world = any_world
    contact = world.records["zhou_min"]
    na = world.api("na")
    na.post(f"/api/v1/records/{contact}/timeline", json={"kind": "note", "body": "His secret"})
    na.post(f"/api/v1/records/{contact}/tags", json={"tags": ["VIP"]})
    answer = na.delete(f"/api/v1/contacts/{contact}?purge=1")
    assert answer.status_code == 204, answer.text
    assert na.get(f"/api/v1/contacts/{contact}").status_code == 404
    assert na.get(f"/api/v1/records/{contact}/timeline").status_code == 404
    with world.reading() as session:
        place = session.execute(
            select(Record.__table__).where(Record.__table__.c.id == contact)
        ).one()
        assert (place.title, place.owner_id, place.company_id) == ("", None, None)
        table = Contact.__table__
        assert session.execute(select(table).where(table.c.id == contact)).first() is None
        for entry in session.scalars(select(Entry).where(Entry.record_id == contact)):
            assert entry.body is None
            assert "Zhou" not in str(entry.payload)
        for model in (TimelineLink, RecordTag, Notification):
            assert session.scalar(select(func.count()).where(model.record_id == contact)) == 0
        row = session.scalars(select(AuditRow).where(AuditRow.action == "purge")).one()
        assert (row.row_id, row.actor_id) == (contact, world.people["na"])


def test_nothing_anywhere_tells_of_it_any_more(any_world: World) -> None:
    """Whatever a record gathers: changes, words, a file in two versions, messages of webhooks, an
    item of a bulk change, search, tags, followers, unread notifications, a kept answer."""
    world, contact = any_world, any_world.records["zhou_min"]
    listen_to_everything(world)
    gather(world, contact)
    seal_all(world)
    assert places_of(world, MARK) >= KNOW
    assert world.api("na").delete(f"/api/v1/contacts/{contact}?purge=1").status_code == 204
    with world.writing() as session:
        session.execute(update(File).values(created_at=now() - timedelta(days=2)))
        sweeping.sweep(session, now())
        session.commit()
    seal_all(world)
    assert places_of(world, MARK) == set()
    assert problems(world) == []
    with world.reading() as session:
        for whole in (streams, inboxes, files):
            assert list(whole.problems(session)) == []
        for model in (Follow, RecordTag, Notification, SearchDocument, Delivery):
            assert session.scalar(select(func.count()).where(model.record_id == contact)) == 0


def gather(world: World, contact: int) -> None:
    """What a contact has after a year, each with the mark in it."""
    na, lin = world.api("na"), world.api("lin")
    path = f"/api/v1/contacts/{contact}"
    changed = lin.patch(path, json={"title": f"Head of {MARK}"}, headers=KEYED)
    assert changed.status_code == 200, changed.text
    file_id = lin.post("/api/v1/files", data={"file": (BytesIO(b"1"), f"{MARK}.txt")})
    sent = {"kind": "note", "body": f"Their {MARK}", "files": [file_id.get_json()["id"]],
            "mentions": [world.people["maya"]]}  # fmt: skip
    noted = lin.post(f"/api/v1/records/{contact}/timeline", json=sent)
    assert noted.status_code == 201, noted.text
    versions = f"/api/v1/files/{file_id.get_json()['id']}/versions"
    second = lin.post(versions, data={"file": (BytesIO(b"2"), f"{MARK} 2.txt")})
    assert second.status_code == 201, second.text
    na.post(f"/api/v1/records/{contact}/tags", json={"tags": ["VIP"]})
    assert lin.put(f"/api/v1/records/{contact}/follow").status_code < 300
    ids = {"ids": [world.records["huadong"]], "changes": {"city": "Wuxi"}}
    run = na.post("/api/v1/companies/bulk", json=ids).get_json()["id"]
    with world.writing() as session:
        image = {"job_title": [MARK, None]}
        session.add(BulkItem(run_id=run, record_id=contact, state="done", image=image))
        session.commit()


def test_what_was_archived_can_be_purged(world: World) -> None:
    na, contact = world.api("na"), world.records["zhou_min"]
    assert na.delete(f"/api/v1/contacts/{contact}").status_code == 204
    assert na.delete(f"/api/v1/contacts/{contact}?purge=1").status_code == 204


def test_a_company_goes_after_what_belongs_to_it(world: World) -> None:
    before = fingerprint(world)
    answer = world.api("na").delete(f"/api/v1/companies/{world.records['huadong']}?purge=1")
    assert answer.status_code == 409
    assert "belongs to it" in answer.get_json()["detail"]
    assert fingerprint(world) == before


@pytest.mark.parametrize(
    ("person", "status"), [("lin", 403), ("maya", 403), ("zhou", 404), ("huang", 404)]
)
def test_only_who_has_the_right_purges(world: World, person: str, status: int) -> None:
    before = fingerprint(world)
    address = f"/api/v1/contacts/{world.records['zhou_min']}?purge=1"
    assert world.api(person).delete(address).status_code == status
    assert fingerprint(world) == before


@pytest.mark.parametrize("query", ["purge=0", "purge=1&purge=1", "purge=true", "really=1"])
def test_nonsense_purges_nothing(world: World, query: str) -> None:
    before = fingerprint(world)
    address = f"/api/v1/contacts/{world.records['zhou_min']}?{query}"
    assert world.api("na").delete(address).status_code == 422
    assert fingerprint(world) == before


def test_a_stale_purge_is_refused(world: World) -> None:
    address = f"/api/v1/contacts/{world.records['zhou_min']}?purge=1"
    answer = world.api("na").delete(address, headers={"If-Match": '"999"'})
    assert answer.status_code == 412


def test_a_keyed_change_is_done_once(world: World) -> None:
    lin, address = world.api("lin"), f"/api/v1/companies/{world.records['huadong']}"
    first = lin.patch(address, json={"city": "Wuxi"}, headers=KEYED)
    lin.patch(address, json={"city": "Suzhou"})
    again = lin.patch(address, json={"city": "Wuxi"}, headers=KEYED)
    assert again.get_json() == first.get_json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert lin.get(address).get_json()["city"] == "Suzhou"
    other = lin.patch(address, json={"city": "Nanjing"}, headers=KEYED)
    assert other.status_code == 422
