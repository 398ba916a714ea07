"""Erasing a person: no table knows their name or address any more, and the audit still verifies."""

import pytest
from sqlalchemy import String, cast, select, update

from concord.audit import sealing, verifying
from concord.audit.models import AuditRow
from concord.clock import now
from concord.database.base import Model
from concord.identity import erasing
from concord.identity.models import SignedSession, User
from concord.records.purging import purge
from modules.crm.contacts.models import Contact
from tests.concord.identity.house import OUTSIDERS, House
from tests.world import World

NAME = "Vera Holm"


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


@pytest.fixture
def leaver(house: House) -> House:
    """Vera administers Northwind's portal: she has written, invited, been invited, and left."""
    assert OUTSIDERS["vera"][0] == NAME
    vera = house.signed_in("vera")
    vera.post("/preferences", data={"name": NAME, "phone": "+49 170 5550199", "title": "Buyer"})
    house.invite("lin", "northwind", house.email("vera"), name=NAME)
    sent = {"name": "Nils Berg", "email": "nils@northwind.example", "language": "en"}
    assert vera.post("/portal/colleagues", data=sent).status_code == 303
    seal_all(house.world)
    na = house.signed_in("na")
    page = f"/settings/people/{house.world.people['vera']}"
    assert na.post(f"{page}/disable").status_code == 303
    return house


def erase(house: House, person: str = "vera", by: str = "na") -> int:
    page = f"/settings/people/{house.world.people[person]}/erase"
    return int(house.signed_in(by).post(page).status_code)


def test_no_table_knows_them_any_more_and_the_seals_hold(leaver: House) -> None:
    assert erase(leaver) == 303
    seal_all(leaver.world)
    assert problems(leaver.world) == []
    for words in (NAME, leaver.email("vera"), "5550199"):
        # A letter that waits to be sent is emptied once it is.
        places = {place for place in places_of(leaver.world, words) if "mails" not in place}
        assert places == set(), words


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


def test_a_colleague_who_owned_records_is_erased_too(house: House) -> None:
    """Records, tasks and entries of theirs stay, under no name."""
    world = house.world
    with world.act("na") as (session, actor):
        lin = session.get_one(User, world.people["lin"])
        lin.disabled_at = now()
        session.flush()
        erasing.erase(session, actor, lin)
    seal_all(world)
    assert problems(world) == []
    assert "concord_users.name" not in places_of(world, "Lin Chen")


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
