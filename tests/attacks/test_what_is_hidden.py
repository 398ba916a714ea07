"""B09, B10, B14: a door that the screen hides is shut; nobody gives or opens what is not theirs."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from concord.files.models import File
from concord.lists.models import SavedView
from concord.tags.models import Tag
from concord.timeline.models import Entry
from tests.attacks.doors import narrow_house
from tests.concord.files.conftest import form_with
from tests.concord.identity.house import House
from tests.concord.notifications.telling import as_message, make_mails, to_customer
from tests.contracts.conftest import rules_of
from tests.world import World, fingerprint

OWN = ("/follow", "/mute")
FEWEST_LETTERS = 22  # of base64 or the like: 128 bits


@pytest.fixture
def furnished(world: World) -> dict[str, int]:
    """One of each thing that a program can delete, none of them Rita's."""
    lin, huadong = world.api("lin"), world.records["huadong"]
    look = {"list": "customers", "name": "For all", "shared": True}
    assert lin.post("/api/v1/views", json=look).status_code == 201
    tagged = lin.post(f"/api/v1/records/{huadong}/tags", json={"tags": ["Key account"]})
    assert tagged.status_code in (200, 201), tagged.text
    file_id = lin.post("/api/v1/files", **form_with("a.txt", b"a")).get_json()["id"]
    said = {"kind": "note", "body": "See", "files": [file_id]}
    assert lin.post(f"/api/v1/records/{huadong}/timeline", json=said).status_code == 201
    with world.reading() as session:
        tags = session.scalars(select(Tag.id).where(Tag.name == "Key account")).one()
        views = session.scalars(select(SavedView.id)).one()
    ids = {"views": views, "tags": tags, "files": file_id, "companies": huadong}
    ids["contacts"] = world.records["zhou_min"]
    for name in ("tasks", "articles"):
        ids[name] = world.api("na").get(f"/api/v1/{name}?limit=1").get_json()["items"][0]["id"]
    ids["webhooks"] = world.records["webhook_planning"]
    return ids


def addresses(world: World, furnished: dict[str, int]) -> list[str]:
    """Every address of the API that takes DELETE, on things there are."""
    found = []
    for rule in rules_of(world.app):
        if "DELETE" not in (rule.methods or ()) or rule.rule.endswith(OWN):
            continue
        collection = rule.rule.split("/")[3]
        values = {"tag_id": furnished["tags"], "file_id": furnished["files"]}
        values["record_id"] = furnished.get(collection, furnished["companies"])
        found.append(rule.build({name: values[name] for name in rule.arguments})[1])  # type: ignore[index]
    return found


@pytest.mark.parametrize("person", ["rita", "zhou", "huang"])
def test_what_the_screen_does_not_offer_the_api_does_not_delete(
    world: World, furnished: dict[str, int], person: str
) -> None:
    """B10: every kind of thing, archived or purged, by a reader and by people outside."""
    before, program = fingerprint(world), world.api(person)
    paths = addresses(world, furnished)
    assert len(paths) >= 8
    for path in paths:
        for query, refused in (("", (403, 404)), ("?purge=1", (403, 404, 422))):
            answer = program.delete(path + query)
            assert answer.status_code in refused, (path + query, answer.status_code)
    assert fingerprint(world) == before


def test_they_are_there_for_who_may(world: World, furnished: dict[str, int]) -> None:
    """Else the refusals above would say nothing."""
    done = {path: world.api("na").delete(path).status_code for path in addresses(world, furnished)}
    assert sum(status in (200, 204) for status in done.values()) >= 5, done


@pytest.mark.parametrize(
    ("person", "path"),
    [
        ("rita", "/customers/{huadong}/archive"), ("rita", "/contacts/{zhou_min}/archive"),
        ("rita", "/customers/{huadong}/restore"), ("sun", "/customers/{huadong}/archive"),
        ("lin", "/settings/webhooks/{webhook_planning}/remove"),
        ("lin", "/settings/teams/1/remove"), ("maya", "/settings/roles/1/remove"),
        ("maya", "/settings/people/1/erase"),
    ],
)  # fmt: skip
def test_what_the_screen_does_not_offer_the_page_does_not_do(
    world: World, person: str, path: str
) -> None:
    """B10: the buttons that somebody without them does not see."""
    before = fingerprint(world)
    answer = world.client(person).post(path.format(**world.records))
    assert answer.status_code in (403, 404), answer.status_code
    assert fingerprint(world) == before


def test_nobody_lets_people_into_what_they_do_not_see(world: World) -> None:
    """B09: Lin knows her own companies only, and gives nobody the way into another."""
    narrow_house(world)
    before = fingerprint(world)
    other = world.records["lianchuang"]
    invited = {"name": "N", "email": "n@n.example", "language": "en", "face": "customer"}
    said: dict[str, Any] = {"kind": "note", "body": "Look", "mentions": [world.people["anna"]]}
    lin = world.client("lin")
    assert lin.post(f"/portal-access/{other}", data=invited).status_code in (403, 404)
    program = world.api("lin")
    assert program.post(f"/api/v1/records/{other}/timeline", json=said).status_code in (403, 404)
    assert program.patch(f"/api/v1/companies/{other}", json={"owner_id": 1}).status_code in (
        403,
        404,
    )
    assert fingerprint(world) == before


def test_a_mention_gives_nobody_a_record(world: World) -> None:
    """B09: whoever cannot see it is refused in the composer, whoever mentions them."""
    narrow_house(world)
    with world.reading() as session:
        entries = len(session.scalars(select(Entry.id)).all())
    other, zhao = world.records["huadong"], world.people["zhao"]
    assert world.api("zhao").get(f"/api/v1/records/{other}/timeline").status_code in (403, 404)
    said = {"kind": "note", "body": "@Zhao, look", "mentions": [zhao]}
    answer = world.api("lin").post(f"/api/v1/records/{other}/timeline", json=said)
    assert answer.status_code == 422, answer.text
    with world.reading() as session:
        assert len(session.scalars(select(Entry.id)).all()) == entries
    assert world.api("zhao").get(f"/api/v1/records/{other}/timeline").status_code in (403, 404)


@pytest.mark.parametrize("person", ["zhou", "huang"])
def test_a_file_is_shared_by_its_entry_only(
    world: World, furnished: dict[str, int], person: str
) -> None:
    """B09: no second entry carries it to somebody whom the first did not name."""
    before = fingerprint(world)
    key = "huadong" if person == "zhou" else "hengtai"
    said = {"kind": "message", "body": "Here", "files": [furnished["files"]]}
    said["audience"] = "customer" if person == "zhou" else "supplier"
    path = f"/api/v1/records/{world.records[key]}/timeline"
    assert world.api("lin").post(path, json=said).status_code in (403, 404, 422)
    assert world.api(person).get(f"/api/v1/files/{furnished['files']}").status_code == 404
    with world.reading() as session:
        kept = session.get_one(File, furnished["files"])
        assert kept.entry_id is not None
    assert fingerprint(world) == before


def test_every_link_in_a_letter_is_too_long_to_guess(world: World) -> None:
    """B14: invitation, new password, new address, the way out of mails: 128 bits or more each."""
    house = House(world)
    links = [house.invite("lin", "northwind", "new@northwind.example")]
    world.client().post("/password/forgot", data={"email": house.email("tom")})
    links.append(house.link(house.email("tom")))
    to_customer(world, "lin", "Would two batches be fine?")
    [mail] = make_mails(world, "zhou")
    links.append(str(as_message(world, mail)["List-Unsubscribe"]).strip("<>"))
    for link in links:
        token = link.rpartition("/")[2]
        assert re.fullmatch(r"[\w.=-]+", token), link
        assert len(token) >= FEWEST_LETTERS, link


def test_a_link_of_one_person_is_none_of_another_s(world: World) -> None:
    """B14: two who are told the same have nothing in common in their addresses."""
    to_customer(world, "lin", "Would two batches be fine?")
    mails = [make_mails(world, person)[0] for person in ("zhou", "paul")]
    links = [str(as_message(world, mail)["List-Unsubscribe"]).strip("<>") for mail in mails]
    mine, theirs = (link.rpartition("/")[2] for link in links)
    before = fingerprint(world)
    for crossed in (mine[: len(mine) // 2] + theirs[len(theirs) // 2 :], theirs[:8] + mine[8:]):
        assert crossed not in (mine, theirs)
        assert world.client().post(f"/mail/unsubscribe/{crossed}", plain=True).status_code == 404
    assert fingerprint(world) == before
