"""Nobody finds what they may not see: neither hits, nor words, nor a difference (B11, B16)."""

import pytest
from sqlalchemy import select

from concord.actors import Audience
from concord.facts.record import Link
from concord.facts.record import record as record_fact
from concord.identity.models import Role
from concord.records.access import visible_ids
from concord.records.actions import archive
from concord.records.models import Record
from concord.search.types import NOWHERE
from concord.timeline.actions import post, withdraw
from concord.timeline.facts import NotePosted
from concord.timeline.models import Entry
from concord.timeline.queries import page
from tests.attacks.doors import narrow_house
from tests.concord.search.looking import found, found_words, said, titles
from tests.contracts.conftest import EVERYBODY
from tests.world import World

INTERNAL = "zyxwfloorprice is forty"
SHARED = "zyxwshared with the customer"


def write(world: World, body: str, audience: Audience, record: str = "huadong") -> int:
    with world.act("lin") as (session, actor):
        place = world.record(session, record)
        return post(session, actor, place, kind="note", body=body, audience=audience).id


@pytest.mark.parametrize("person", EVERYBODY)
def test_every_record_is_found_by_exactly_those_who_may_open_it(
    any_world: World, person: str
) -> None:
    """B11: search agrees with the list and the page, for every record of the world."""
    world = any_world
    actor = world.actor(person)
    with world.reading() as session:
        records = session.execute(select(Record.id, Record.kind, Record.title)).all()
        kinds = {record.id: record.kind for record in records}
        visible = visible_ids(session, actor, kinds)
    nowhere = {each.kind for each in world.installation.records if each.search is NOWHERE}
    assert nowhere <= {"bulk_run"}
    for record in (record for record in records if record.kind not in nowhere):
        ids = {hit.record_id for hit in found(world, person, record.title)}
        assert (record.id in ids) == (record.id in visible), (record.kind, record.title)
        assert ids <= visible


def test_an_internal_note_is_found_inside_and_nowhere_else(any_world: World) -> None:
    """B16: by hit, by snippet, by address."""
    write(any_world, INTERNAL, Audience.INTERNAL)
    assert [hit.snippet for hit in found_words(any_world, "maya", "zyxwfloorprice")] == [INTERNAL]
    for person in ("zhou", "paul", "ursula", "huang", "wei"):
        assert not found_words(any_world, person, "zyxwfloorprice")
        assert said(any_world, person, "zyxwfloorprice") == said(any_world, person, "zyxwnothing") \
            .replace("zyxwnothing", "zyxwfloorprice")  # fmt: skip


def test_a_shared_note_is_found_by_the_company_that_reads_it(any_world: World) -> None:
    write(any_world, SHARED, Audience.CUSTOMER)
    for person in ("zhou", "paul", "maya"):
        assert [hit.snippet for hit in found_words(any_world, person, "zyxwshared")] == [SHARED]
    for person in ("ursula", "huang", "wei"):
        assert not found_words(any_world, person, "zyxwshared")


def test_what_is_found_on_a_timeline_is_what_is_read_there(any_world: World) -> None:
    world = any_world
    words = ("batch", "certificate", "the", "date", "huadong", "transport", "日")
    for person in EVERYBODY:
        actor = world.actor(person)
        for word in words:
            for hit in found_words(world, person, word):
                with world.app.test_request_context(), world.reading() as session:
                    place = session.get_one(Record, hit.record_id)
                    read = page(session, actor, place, limit=100)
                    assert hit.entry_id in {entry.id for entry in read.entries}, (person, hit)


def test_words_of_a_field_group_are_found_by_who_holds_it(any_world: World) -> None:
    with any_world.act("maya") as (session, actor):
        record = any_world.record(session, "huadong")
        fact = NotePosted(title=record.title, excerpt="")
        link = Link(record, field_group="credit")
        record_fact(
            session,
            actor,
            fact,
            subject=record,
            links=[link],
            body="zyxwcredit is low",
            kind="note",
        )
    assert found_words(any_world, "emily", "zyxwcredit")
    for person in ("lin", "jun", "rita", "zhou"):
        assert not found_words(any_world, person, "zyxwcredit")
        assert "credit is low" not in said(any_world, person, "zyxwcredit")


def test_values_of_a_field_group_are_found_by_nobody(world: World) -> None:
    company = {"name": "Zyxw Works", "is_customer": True, "payment_terms_days": 3333}
    company |= {"credit_limit": {"amount": "983333.00", "currency": "CNY"}}
    assert world.api("maya").post("/api/v1/companies", json=company).status_code == 201
    assert titles(found(world, "maya", "zyxw")) == {"Zyxw Works"}
    for value in ("3333", "983333", "98333300"):
        assert not found(world, "maya", value)


def test_a_colleague_finds_within_the_scope_of_the_role(any_world: World) -> None:
    world = narrow_house(any_world)
    made = {"name": "Zyxw Hydraulics", "is_customer": True}
    company = world.api("na").post("/api/v1/companies", json=made).get_json()
    contact = {"name": "Bo Zyxwer", "company_id": company["id"], "phone": "+49 711 998877665"}
    assert world.api("na").post("/api/v1/contacts", json=contact).status_code == 201
    task = {"title": "Call them back", "record_id": company["id"]}
    task["assignee_id"] = world.people["lin"]
    assert world.api("na").post("/api/v1/tasks", json=task).status_code == 201
    for text in ("zyxw", "zyxq hydraulics", "99887766", "zh hydraulics", "hydraulics bo"):
        assert titles(found(world, "maya", text)) & {"Zyxw Hydraulics", "Bo Zyxwer"}, text
        for person in ("lin", "tom", "zhao"):
            assert not titles(found(world, person, text)) & {"Zyxw Hydraulics", "Bo Zyxwer"}, text
            assert "Zyxwer" not in said(world, person, text)
    # A task of hers about it does not give it away either.
    assert titles(found(world, "lin", "call them back")) == {"Call them back"}
    assert not found(world, "lin", "zyxw")
    assert "Zyxw" not in said(world, "lin", "call them back")


def test_losing_the_right_is_losing_the_hit(world: World) -> None:
    assert found(world, "rita", "huadong")
    with world.writing() as session:
        role = session.scalars(select(Role).where(Role.key == "read_only")).one()
        role.grants = {k: v for k, v in role.grants.items() if not k.startswith("crm:")}
        session.commit()
    assert not titles(found(world, "rita", "huadong")) & {"Huadong Precision", "Zhou Min"}
    assert not found_words(world, "rita", "certificate")


def test_archived_and_withdrawn_is_not_found(any_world: World) -> None:
    entry_id = write(any_world, SHARED, Audience.CUSTOMER, "kessler")
    assert found_words(any_world, "ursula", "zyxwshared")
    with any_world.act("lin") as (session, actor):
        withdraw(session, actor, session.get_one(Entry, entry_id))
    assert not found_words(any_world, "ursula", "zyxwshared")
    assert not found_words(any_world, "lin", "zyxwshared")
    write(any_world, INTERNAL, Audience.INTERNAL, "kessler")
    with any_world.act("na") as (session, actor):
        archive(session, actor, any_world.record(session, "kessler"))
    assert "Kessler Transport" not in titles(found(any_world, "na", "kessler"))
    assert not found_words(any_world, "na", "zyxwfloorprice")


def test_signed_out_nothing_is_found(world: World) -> None:
    browser = world.client()
    for path in ("/search?q=huadong", "/search/palette?q=huadong", "/portal/search?q=huadong"):
        assert browser.get(path).status_code == 302
    assert browser.get("/people/1").status_code == 302
    assert world.api(None).get("/api/v1/search?q=huadong").status_code == 401


def test_the_staffs_doors_do_not_exist_outside(world: World) -> None:
    for person in ("zhou", "huang"):
        browser = world.client(person)
        for path in ("/search?q=a", "/search/palette?q=a", f"/people/{world.people['lin']}"):
            assert browser.get(path).status_code == 404
    assert world.client("lin").get("/portal/search?q=a").status_code == 404
    assert world.client("lin").get(f"/people/{world.people['zhou']}").status_code == 404
