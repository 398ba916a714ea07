"""H09: fifty hands at the same moment; exactly one of them gets it, on both engines."""

import io
import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from concord.clock import today
from concord.files.models import File
from concord.identity.models import PortalMembership, User
from concord.timeline.models import Entry
from modules.crm.companies.models import Company
from modules.crm.date_requests.models import DateRequestLine
from modules.knowledge.articles.models import Article
from tests.concord.identity.house import OTHER, House
from tests.world import World

HANDS = 50


def at_once(reach: Callable[[int], Any]) -> Counter[int]:
    """The statuses of fifty requests that begin together."""
    statuses: Counter[int] = Counter()
    begin = threading.Barrier(HANDS)

    def run(number: int) -> None:
        begin.wait()
        statuses[reach(number).status_code] += 1

    threads = [threading.Thread(target=run, args=(number,)) for number in range(HANDS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


def facts(world: World, name: str, record_id: int) -> int:
    """How often something was said to have happened to a record."""
    told = select(func.count()).select_from(Entry)
    told = told.where(Entry.fact_type == name, Entry.record_id == record_id)
    with world.reading() as session:
        return session.scalar(told) or 0


def test_one_invitation_lets_one_account_in(any_world: World) -> None:
    """H09: whoever accepts first; all others read that the link no longer works."""
    house = House(any_world)
    path = house.invite("lin", "northwind", "nils@northwind.example")
    browsers = [any_world.client() for _ in range(HANDS)]
    for browser in browsers:
        browser.form_token()
    people, members = house.count(User), house.count(PortalMembership)
    given = {"name": "Nils", "password": OTHER, "language": "en"}
    statuses = at_once(lambda n: browsers[n].post(path, data=given))
    assert statuses == {303: 1, 410: HANDS - 1}
    assert house.count(User) == people + 1
    assert house.count(PortalMembership) == members + 1
    assert facts(any_world, "portal.joined", any_world.records["northwind"]) == 1


def test_one_of_fifty_answers_moves_the_date(any_world: World) -> None:
    """H09: fifty days for one line, all given for the same version of the request."""
    world = any_world
    asked = world.records["torque_stand_parts"]
    found = world.api("huang").get(f"/api/v1/date_requests/{asked}").get_json()
    line, first = found["lines"][0], today("Asia/Shanghai") + timedelta(days=60)
    days = [(first + timedelta(days=number)).isoformat() for number in range(HANDS)]
    programs = [world.api("huang") for _ in range(HANDS)]
    before = facts(world, "date_request.answered", asked)

    def answer(number: int) -> Any:
        said = {"line_id": line["id"], "answered_on": days[number], "reason": "other"}
        body = {"version": found["version"], "lines": [said]}
        return programs[number].post(f"/api/v1/date_requests/{asked}/answer", json=body)

    assert at_once(answer) == {200: 1, 412: HANDS - 1}
    assert facts(world, "date_request.answered", asked) == before + 1
    with world.reading() as session:
        kept = session.get_one(DateRequestLine, line["id"]).answered_on
    assert kept is not None
    assert kept.isoformat() in days


def test_an_article_is_published_once(any_world: World) -> None:
    """H09: fifty press the button; it is published once, and its author told once."""
    world = any_world
    draft = {"title": "Care", "space": "Help", "body": "Oil it.", "audience": "customers"}
    made = world.api("lin").post("/api/v1/articles", json=draft).get_json()
    browsers = [world.client("jun") for _ in range(HANDS)]
    for browser in browsers:
        browser.form_token()
    statuses = at_once(lambda n: browsers[n].post(f"/knowledge/{made['id']}/publish"))
    assert statuses == {303: HANDS}
    assert facts(world, "article.published", made["id"]) == 1
    with world.reading() as session:
        assert session.get_one(Article, made["id"]).version == made["version"] + 1


def test_one_of_fifty_edits_of_the_same_version_is_saved(any_world: World) -> None:
    """H09: the others get the value that is there now, and nothing of theirs is mixed in."""
    world = any_world
    path = f"/api/v1/companies/{world.records['huadong']}"
    before = world.api("lin").get(path)
    tag = {"If-Match": before.headers["ETag"]}
    programs = [world.api("lin") for _ in range(HANDS)]
    statuses = at_once(
        lambda n: programs[n].patch(path, json={"city": f"City {n}", "notes": f"{n}"}, headers=tag)
    )
    assert statuses == {200: 1, 412: HANDS - 1}
    with world.reading() as session:
        huadong = session.get_one(Company, world.records["huadong"])
    assert huadong.version == before.get_json()["version"] + 1
    assert huadong.city == f"City {huadong.notes}"
    assert facts(world, "company.changed", huadong.id) == 1


def test_one_of_fifty_forms_with_the_same_original_is_saved(any_world: World) -> None:
    """H09: on a page the others are asked which value stays."""
    world = any_world
    huadong = world.records["huadong"]
    was = world.api("lin").get(f"/api/v1/companies/{huadong}").get_json()["city"]
    browsers = [world.client("lin") for _ in range(HANDS)]
    for browser in browsers:
        browser.form_token()

    def save(number: int) -> Any:
        form = {"city": f"City {number}", "original.city": was}
        return browsers[number].fragment(f"/customers/{huadong}", method="PATCH", data=form)

    assert at_once(save) == {200: 1, 409: HANDS - 1}
    assert facts(world, "company.changed", huadong) == 1


def test_a_file_becomes_part_of_one_entry(any_world: World) -> None:
    """H09: fifty entries name the same upload; one has it, the others were not written."""
    world = any_world
    sent = {"file": (io.BytesIO(b"%PDF-1.4 plan"), "Plan.pdf")}
    file_id = world.api("lin").post("/api/v1/files", data=sent).get_json()["id"]
    path = f"/api/v1/records/{world.records['huadong']}/timeline"
    programs = [world.api("lin") for _ in range(HANDS)]
    before = facts(world, "note.posted", world.records["huadong"])
    statuses = at_once(
        lambda n: programs[n].post(path, json={"body": f"Plan {n}", "files": [file_id]})
    )
    assert statuses == {201: 1, 404: HANDS - 1}
    assert facts(world, "note.posted", world.records["huadong"]) == before + 1
    with world.reading() as session:
        entry_id = session.get_one(File, file_id).entry_id
        assert session.get_one(Entry, entry_id).body.startswith("Plan ")  # type: ignore[union-attr]


@pytest.mark.parametrize("how", ["complete", "archive"])
def test_a_task_ends_once(any_world: World, how: str) -> None:
    """H09: of fifty who tick it off one did it."""
    world = any_world
    made = world.api("lin").post("/api/v1/tasks", json={"title": "Call back"}).get_json()
    browsers = [world.client("lin") for _ in range(HANDS)]
    for browser in browsers:
        browser.form_token()
    statuses = at_once(lambda n: browsers[n].post(f"/tasks/{made['id']}/{how}"))
    assert statuses == ({303: HANDS} if how == "complete" else {303: 1, 404: HANDS - 1})
    name = "task.completed" if how == "complete" else "task.archived"
    assert facts(world, name, made["id"]) == 1
