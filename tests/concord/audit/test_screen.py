"""The audit on the screen: an administrator finds who did what; nobody else looks."""

import csv
import io
import json

import pytest
from sqlalchemy import select

from concord.actors import Face
from concord.audit.models import AuditRow
from concord.audit.writing import note
from concord.identity import memberships, tokens
from concord.identity.invitations import invite_to_portal, withdraw
from concord.identity.models import Invitation, PortalMembership, User
from concord.parties.models import Party
from concord.records.models import Record
from tests.crm.reading import TAGS
from tests.world import World

HOME = "/settings/audit"
SCRIPT = "<script>alert(1)</script>"


def rename(world: World, record: str, title: str, person: str = "lin") -> None:
    url = f"/customers/{world.records[record]}"
    with world.reading() as session:
        before = session.get_one(Record, world.records[record]).title
    sent = {"name": title, "original.name": before}
    answer = world.client(person).patch(url, data=sent)
    assert answer.status_code == 200, answer.text


def rows(page: str) -> list[str]:
    return page.split("<tr")[2:]


def test_a_change_is_told_with_before_and_after_and_leads_to_the_record(world: World) -> None:
    rename(world, "huadong", "Huadong Fine Works")
    page = world.client("na").get(f"{HOME}?record={world.records['huadong']}").text
    first = rows(page)[0]
    assert "Lin Chen" in first
    assert "<del>Huadong Precision</del>" in first
    assert "<ins>Huadong Fine Works</ins>" in first
    assert f'href="/customers/{world.records["huadong"]}"' in first


def test_columns_and_choices_are_called_as_the_form_calls_them(world: World) -> None:
    """In the reader's language; what somebody typed stays as it was."""
    address = f"/customers/{world.records['huadong']}"
    for name, before, after in (
        ("tier", "gold", "silver"),
        ("city", "Suzhou, Jiangsu", "gold"),
        ("customer_since", "2021-03-15", "2021-04-15"),
    ):
        sent = {name: after, f"original.{name}": before}
        assert world.client("lin").patch(address, data=sent).status_code == 200, name
    with world.writing() as session:
        session.get_one(User, world.people["na"]).language = "zh"
        session.commit()
    page = world.client("na").get(f"{HOME}?record={world.records['huadong']}").text
    since, city, tier = (" ".join(TAGS.sub(" ", row).split()) for row in rows(page)[:3])
    assert "等级 金牌 → 银牌" in tier
    assert "所在地 Suzhou, Jiangsu → gold" in city
    assert "合作起始 2021年3月15日 → 2021年4月15日" in since


def test_a_line_says_whom_an_invitation_a_way_in_and_a_key_are_for(any_world: World) -> None:
    """Also once it is gone, by what it was called then."""
    world = any_world
    with world.act("na") as (session, actor):
        company = session.get_one(Party, world.records["huadong"])
        invitation = invite_to_portal(
            session, actor, company, face=Face.CUSTOMER,
            name="Wu Hao", email="wu.hao@huadong.example", language="zh",
        )  # fmt: skip
        theirs = PortalMembership.user_id == world.people["zhou"]
        memberships.remove(
            session, actor, session.scalars(select(PortalMembership).where(theirs)).one()
        )
        tokens.add(session, actor, session.get_one(User, world.people["na"]), name="Warehouse")
    with world.act("na") as (session, actor):
        withdraw(session, actor, session.get_one(Invitation, invitation.id))
    page = [" ".join(TAGS.sub(" ", row).split()) for row in rows(world.client("na").get(HOME).text)]
    for line in (
        "removed Invitation wu.hao@huadong.example · Huadong Precision",
        "removed Portal access Zhou Min · Huadong Precision",
        "created API token Warehouse · ",
    ):
        assert any(line in row for row in page), (line, page)


def test_one_asks_by_person_action_table_day_and_address(world: World) -> None:
    world.client("na").post("/settings/teams", data={"name": "Logistics"})
    na = world.client("na")
    asked = f"{HOME}?who={world.people['na']}&action=create&table=concord_teams&address=127.0.0.1"
    assert len(rows(na.get(asked).text)) == 1
    for nothing in (
        f"{HOME}?who={world.people['tom']}&table=concord_teams",
        f"{HOME}?table=concord_teams&until=2001-01-01",
        f"{HOME}?table=concord_teams&address=203.0.113.9",
    ):
        assert "Nothing of this kind was kept" in na.get(nothing).text, nothing


@pytest.mark.parametrize(
    "asked",
    [
        "who=zhang", "who=99999999999999999999999", "action=drop", "table=concord_audit_keys",
        "since=never", "until=9999-12-31", "since=0001-01-01", "row=-1", "record=1e9",
        "address=%00%27", "cursor=made-up", "who=1&who=2",
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_or_left_out(any_world: World, asked: str) -> None:
    assert any_world.client("na").get(f"{HOME}?{asked}").status_code in (200, 422)


def test_pages_follow_each_other_without_gaps(world: World) -> None:
    with world.writing() as session:
        for number in range(120):
            note(session, None, "create", table="concord_teams", row_id=number + 1)
        session.commit()
    na, url, seen = world.client("na"), f"{HOME}?table=concord_teams&action=create", 0
    while url:
        page = na.fragment(url).text
        seen += page.count('<th scope="row">')
        _, _, rest = page.partition('hx-get="')
        url = rest.partition('"')[0].replace("&amp;", "&")
    assert seen >= 120


def test_a_secret_is_never_shown(world: World) -> None:
    with world.act("na") as (session, _actor):
        session.get_one(User, world.people["tom"]).password_hash = "hash-that-nobody-sees"
    page = world.client("na").get(f"{HOME}?table=concord_users&action=update").text
    assert "hash-that-nobody-sees" not in page
    assert "changed, never shown" in page


def test_what_others_wrote_is_only_text(world: World) -> None:
    """D03: the audit shows what anybody sent."""
    with world.writing() as session:
        changes = {SCRIPT: [SCRIPT, [SCRIPT]], "title": {"x": SCRIPT}}
        note(session, None, SCRIPT, table=SCRIPT, row_id=1, changes=changes)
        session.scalars(select(AuditRow).order_by(AuditRow.id.desc())).first()
        session.commit()
    page = world.client("na").get(HOME).text
    assert "&lt;script&gt;" in page
    assert SCRIPT not in page


@pytest.mark.parametrize(("person", "status"), [("maya", 403), ("lin", 403), ("zhou", 404)])
def test_nobody_else_looks_or_carries_out(world: World, person: str, status: int) -> None:
    browser = world.client(person)
    assert browser.get(HOME).status_code == status
    assert browser.post(f"{HOME}/export", data={"format": "csv"}).status_code == status


def test_the_export_is_whole_harmless_and_itself_audited(world: World) -> None:
    with world.writing() as session:
        for number in range(250):
            note(session, None, "=cmd", table="concord_teams", row_id=number)
        session.commit()
    na = world.client("na")
    answer = na.post(f"{HOME}/export", data={"format": "csv", "table": "concord_teams"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="audit.csv"'
    table = list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff"))))
    actions = [row[5] for row in table[1:]]
    assert len(actions) >= 250
    assert actions.count("'=cmd") == 250
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in table for cell in row)
    page = na.get(f"{HOME}?action=exported").text
    assert "exported" in rows(page)[0]
    assert "concord_teams" in rows(page)[0]


def test_lines_of_json_say_the_same(world: World) -> None:
    rename(world, "huadong", "Huadong Fine Works")
    sent = {"format": "jsonl", "record": str(world.records["huadong"])}
    answer = world.client("na").post(f"{HOME}/export", data=sent)
    newest = json.loads(answer.text.splitlines()[0])
    assert newest["changes"]["title"] == ["Huadong Precision", "Huadong Fine Works"]
    assert newest["actor_name"] == "Lin Chen"


def test_an_unknown_form_of_export_is_not_there(world: World) -> None:
    assert world.client("na").post(f"{HOME}/export", data={"format": "exe"}).status_code == 404
