"""Administrators find people, teams and invitations, hand over what a leaver owned, and no more."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from concord.audit.models import AuditRow
from concord.clock import now
from concord.errors import Invalid
from concord.identity import handing_over
from concord.identity.models import Invitation, SignedSession, Team, User
from concord.records.models import Record
from tests.concord.identity.house import House, is_open
from tests.world import World

PEOPLE = "/settings/people"


def listed(page: str) -> int:
    return page.count('<th scope="row">')


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=becker", 1), ("q=TOM", 1), ("q=tom@beacon", 1), ("q=%25", 0), ("q=_", 0),
        ("role=administrator", 1), ("state=disabled", 0), ("team=999999", 0), ("team=x", 10),
        ("q=nobody", 0), ("state=made-up", 10),
    ],
)  # fmt: skip
def test_people_are_found(any_world: World, asked: str, found: int) -> None:
    page = any_world.client("na").get(f"{PEOPLE}?{asked}").text
    assert listed(page) == found, page


def test_a_chinese_name_is_found_in_pinyin_and_by_its_letters(world: World) -> None:
    with world.writing() as session:
        session.get_one(User, world.people["tom"]).name = "汤姆"
        session.commit()
    for words in ("tang", "汤"):
        assert listed(world.client("na").get(f"{PEOPLE}?q={words}").text) == 1


def test_people_outside_are_found_by_their_company(world: World) -> None:
    page = world.client("na").get("/settings/portal?q=huadong").text
    assert "Zhou Min" in page
    assert "Huang Lei" not in page


def test_the_list_says_when_somebody_was_last_here(world: World) -> None:
    world.client("tom").get("/")
    page = world.client("na").get(f"{PEOPLE}?q=becker").text
    assert "Never" not in page
    assert "now" in page


def test_signing_somebody_out_everywhere_works_at_once(house: House) -> None:
    tom = house.signed_in("tom")
    na = house.signed_in("na")
    answer = na.post(f"{PEOPLE}/{house.world.people['tom']}/sign-out")
    assert answer.status_code == 303
    assert not is_open(tom)
    assert is_open(na)


def test_a_link_for_a_new_password_is_sent(house: House) -> None:
    house.signed_in("na").post(f"{PEOPLE}/{house.world.people['tom']}/password-link")
    assert house.link(house.email("tom")).startswith("/password/reset/")


def owners(world: World, person: str) -> int:
    with world.reading() as session:
        owned = select(func.count()).where(Record.kind.in_(handing_over.kinds()))
        return session.scalar(owned.where(Record.owner_id == world.people[person])) or 0


def test_what_a_leaver_owned_goes_to_a_colleague_with_an_audit_row_each(any_world: World) -> None:
    world = any_world
    owned, before = owners(world, "lin"), owners(world, "maya")
    assert owned > 1
    sent = {"successor_id": world.people["maya"]}
    lin = f"{PEOPLE}/{world.people['lin']}"
    assert world.client("na").post(f"{lin}/disable", data=sent).status_code == 303
    ids = (world.people["lin"], world.people["maya"], world.people["na"])
    with world.writing() as session:
        handing_over.HAND_OVER.run(session, *ids)
        session.commit()
    assert (owners(world, "lin"), owners(world, "maya")) == (0, before + owned)
    with world.reading() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.actor_name == "Li Na")).all()
        moved = [row for row in rows if row.changes.get("owner_id") == [*ids[:2]]]
        maya = session.get_one(User, world.people["maya"])
        taken = select(Record.team_id).where(Record.owner_id == maya.id).distinct()
        assert maya.team_id in set(session.scalars(taken))
    assert len([row for row in moved if row.action == "update"]) == owned


def test_the_next_batch_follows_the_first(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, ...]] = []
    monkeypatch.setattr(handing_over, "BATCH", 2)
    monkeypatch.setattr(handing_over, "enqueue", lambda _s, _job, *ids: asked.append(ids))
    ids = (world.people["lin"], world.people["maya"], world.people["na"])
    with world.writing() as session:
        handing_over.HAND_OVER.run(session, *ids)
        session.commit()
    assert asked == [ids]


@pytest.mark.parametrize("successor", ["lin", "zhou", "nobody"])
def test_only_a_colleague_who_can_sign_in_takes_over(world: World, successor: str) -> None:
    with world.act("na") as (session, actor):
        lin = session.get_one(User, world.people["lin"])
        with pytest.raises(Invalid):
            handing_over.hand_over(session, actor, lin, world.people.get(successor, 99_999))


def test_disabling_without_a_right_successor_changes_nothing(world: World) -> None:
    lin = f"{PEOPLE}/{world.people['lin']}"
    sent = {"successor_id": world.people["zhou"]}
    assert world.client("na").post(f"{lin}/disable", data=sent).status_code == 422
    with world.reading() as session:
        assert session.get_one(User, world.people["lin"]).disabled_at is None


def team(world: World, name: str) -> Team:
    with world.reading() as session:
        return session.scalars(select(Team).where(Team.name == name)).one()


def test_a_team_gets_people_and_goes_when_it_is_empty(world: World) -> None:
    na = world.client("na")
    na.post("/settings/teams", data={"name": "Logistics"})
    here = f"/settings/teams/{team(world, 'Logistics').id}"
    tom = world.people["tom"]
    assert na.post(f"{here}/members", data={"user_id": tom}).status_code == 303
    assert "Tom Becker" in na.get(here).text
    assert na.post(f"{here}/remove").status_code == 422
    assert na.post(f"{here}/members/{tom}/remove").status_code == 303
    assert na.post(f"{here}/remove").status_code == 303
    assert na.get(here).status_code == 404


def test_a_team_whose_records_are_there_stays(world: World) -> None:
    na, sales = world.client("na"), team(world, "Sales")
    with world.writing() as session:
        for user in session.scalars(select(User).where(User.team_id == sales.id)):
            user.team_id = None
        session.commit()
    assert na.post(f"/settings/teams/{sales.id}/remove").status_code == 422


def invite(house: House, email: str = "nils@beacon.example") -> Invitation:
    sent = {"name": "Nils Berg", "email": email, "language": "en", "roles": "sales"}
    assert house.signed_in("na").post("/settings/invite", data=sent).status_code == 303
    with house.world.reading() as session:
        return session.scalars(select(Invitation).where(Invitation.email == email)).one()


def test_an_invitation_is_sent_again_and_its_first_link_is_dead(house: House) -> None:
    invitation = invite(house)
    first = house.link("nils@beacon.example")
    with house.world.writing() as session:
        session.get_one(Invitation, invitation.id).expires_at = now() - timedelta(days=1)
        session.commit()
    na = house.signed_in("na")
    assert "Nils Berg" in na.get("/settings/invitations?state=expired").text
    assert "Nils Berg" not in na.get("/settings/invitations").text
    answer = na.post(f"/settings/invitations/{invitation.id}/resend")
    assert answer.status_code == 303
    second = house.link("nils@beacon.example")
    browser = house.world.client()
    assert browser.get(first).status_code == 410
    assert browser.get(second).status_code == 200
    assert "Nils Berg" in na.get("/settings/invitations").text


def test_an_accepted_invitation_is_only_read(house: House) -> None:
    invitation = invite(house)
    with house.world.writing() as session:
        session.get_one(Invitation, invitation.id).accepted_at = now()
        session.commit()
    na = house.signed_in("na")
    assert "Nils Berg" in na.get("/settings/invitations?state=accepted").text
    for verb in ("resend", "withdraw"):
        answer = na.post(f"/settings/invitations/{invitation.id}/{verb}")
        assert answer.status_code == 404


def test_portal_invitations_are_there_too(house: House) -> None:
    house.invite("lin", "northwind", "new@northwind.example", name="Nora Voss")
    page = house.signed_in("na").get("/settings/invitations").text
    assert "Nora Voss" in page
    assert "Northwind" in page


def test_a_membership_is_ended_from_the_persons_page(house: House) -> None:
    na, karl = house.signed_in("na"), house.world.people["karl"]
    membership = house.members("northwind")[house.email("karl")]
    mine = house.members("northwind")[house.email("vera")]
    assert "Northwind" in na.get(f"{PEOPLE}/{karl}").text
    assert na.post(f"{PEOPLE}/{karl}/memberships/{mine.id}/remove").status_code == 404
    assert na.post(f"{PEOPLE}/{karl}/memberships/{membership.id}/remove").status_code == 303
    assert house.email("karl") not in house.members("northwind")


@pytest.mark.parametrize(("person", "status"), [("maya", 403), ("vera", 404)])
def test_nobody_else_does_any_of_it(house: House, person: str, status: int) -> None:
    browser, tom = house.signed_in(person), house.world.people["tom"]
    sessions = house.count(SignedSession)
    for path in ("sign-out", "password-link", "disable", "hand-over"):
        assert browser.post(f"{PEOPLE}/{tom}/{path}").status_code == status, path
    for path in ("/settings/invitations", "/settings/teams/1", f"{PEOPLE}/{tom}"):
        assert browser.get(path).status_code == status, path
    assert house.count(SignedSession) == sessions
