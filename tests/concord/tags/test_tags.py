"""Tags: one word however it is written, on records by whoever may write them, for staff only."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from concord.audit.models import AuditRow
from concord.tags.models import RecordTag, Tag
from tests.world import World, fingerprint


def put(world: World, person: str, record: str, tag: str) -> int:
    answer = world.client(person).fragment(
        f"/records/{world.records[record]}/tags", method="POST", data={"tag": tag}
    )
    return int(answer.status_code)


def names(world: World, person: str, record: str) -> list[str]:
    answer = world.api(person).get(f"/api/v1/records/{world.records[record]}/tags")
    return [tag["name"] for tag in answer.get_json()["items"]]


def test_a_tag_is_put_on_in_place_and_taken_off_again(any_world: World) -> None:
    world = any_world
    lin, huadong = world.client("lin"), world.records["huadong"]
    assert put(world, "lin", "huadong", "VIP, 展会") == 200
    assert {"VIP", "展会"} <= set(names(world, "maya", "huadong"))
    assert "展会" in lin.get(f"/customers/{huadong}").text
    with world.reading() as session:
        tag_id = session.scalar(select(Tag.id).where(Tag.key == "vip"))
    answer = lin.fragment(f"/records/{huadong}/tags/{tag_id}/remove", method="POST")
    assert answer.status_code == 200
    assert "VIP" not in names(world, "lin", "huadong")


def test_one_word_is_one_tag_however_it_is_written(world: World) -> None:
    for text in ("VIP", " vip ", "#Vip", "ＶＩＰ"):
        assert put(world, "lin", "huadong", text) == 200
    with world.reading() as session:
        assert session.scalar(select(func.count()).where(Tag.key == "vip")) == 1


def test_twenty_who_make_one_tag_at_once_make_one(any_world: World) -> None:
    world = any_world
    token, address = world.token("lin"), f"/api/v1/records/{world.records['huadong']}/tags"
    headers = {"Authorization": f"Bearer {token}"}

    def send(_number: int) -> int:
        answer = world.api(None).post(address, json={"tags": ["Rush"]}, headers=headers)
        return int(answer.status_code)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(send, range(20))) == {200}
    with world.reading() as session:
        assert session.scalar(select(func.count()).where(Tag.key == "rush")) == 1


@pytest.mark.parametrize("text", ["", " ", "#", "x" * 41, "a\u202eb", "a\x00b"])
def test_what_is_no_name_is_refused_and_stays_in_the_field(world: World, text: str) -> None:
    before = fingerprint(world)
    assert put(world, "lin", "huadong", text) == 422
    assert fingerprint(world) == before


def test_tags_are_for_staff_who_may_write_the_record(world: World) -> None:
    before = fingerprint(world)
    huadong = world.records["huadong"]
    for person in ("zhou", "huang", "ursula"):
        assert put(world, person, "huadong", "VIP") == 404
        assert world.api(person).get(f"/api/v1/records/{huadong}/tags").status_code == 404
        assert world.api(person).get("/api/v1/tags").status_code == 404
    assert put(world, "rita", "huadong", "VIP") == 403
    assert "Key account" not in world.client("zhou").get("/portal/").text
    assert fingerprint(world) == before


def test_whoever_may_not_make_tags_uses_those_there_are(world: World) -> None:
    scopes = ("crm:company:read", "crm:company:write", "tags:tag:read")
    headers = {"Authorization": f"Bearer {world.token('lin', *scopes)}"}
    address = f"/api/v1/records/{world.records['huadong']}/tags"
    program = world.api(None)
    assert program.post(address, json={"tags": ["Brand new"]}, headers=headers).status_code == 403
    assert program.post(address, json={"tags": ["key ACCOUNT"]}, headers=headers).status_code == 200


def test_a_name_that_another_has_makes_both_one(world: World) -> None:
    put(world, "lin", "huadong", "Key accounts")
    na = world.client("na")
    with world.reading() as session:
        tag_id = session.scalar(select(Tag.id).where(Tag.key == "key accounts"))
    sent = {"name": "KEY ACCOUNT", "hue": "3"}
    assert na.post(f"/settings/tags/{tag_id}", data=sent).status_code == 303
    assert names(world, "lin", "huadong") == ["Key account"]
    assert world.client("lin").post(f"/settings/tags/{tag_id}", data=sent).status_code == 403


def test_each_change_is_in_the_audit_and_the_version_stays(world: World) -> None:
    huadong = world.records["huadong"]
    tag = world.api("lin").get(f"/api/v1/companies/{huadong}").headers["ETag"]
    put(world, "lin", "huadong", "VIP")
    assert world.api("lin").get(f"/api/v1/companies/{huadong}").headers["ETag"] == tag
    with world.reading() as session:
        query = select(AuditRow).where(AuditRow.action == "tag", AuditRow.row_id == huadong)
        assert [row.changes for row in session.scalars(query)][-1] == {"tags": [None, "VIP"]}


def test_a_tag_that_is_deleted_goes_from_all_records(world: World) -> None:
    with world.reading() as session:
        tag_id = session.scalar(select(Tag.id).where(Tag.key == "key account"))
    assert world.api("na").delete(f"/api/v1/tags/{tag_id}").status_code == 204
    with world.reading() as session:
        assert session.scalar(select(func.count()).select_from(RecordTag)) == 0
    assert names(world, "lin", "huadong") == []


def test_lists_of_the_api_are_narrowed_by_tags(world: World) -> None:
    put(world, "lin", "suzhou", "Rush")
    lin = world.api("lin")

    def found(query: str) -> set[str]:
        answer = lin.get(f"/api/v1/companies?{query}")
        assert answer.status_code == 200, answer.text
        return {item["name"] for item in answer.get_json()["items"]}

    assert found("tag=rush") == {"Suzhou Optics"}
    assert "Huadong Precision" in found("tag.in=KEY account,Rush")
    assert found("tag=nobody' OR 1=1 --") == set()
    assert world.api("zhou").get("/api/v1/companies?tag=rush").status_code == 422
