"""What people outside can reach holds nothing internal: crawled, page by page, as each of them."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from concord.identity.models import User
from concord.records.models import Record
from concord.timeline.models import Entry, TimelineLink
from tests.contracts.conftest import OUTSIDE, rules_of
from tests.world import World

LINK = re.compile(r'(?:href|hx-get|data-refresh|src)="(/[^"#]*)"')
MOST_PAGES = 200


def pages_of(world: World, person: str) -> Iterator[tuple[str, str]]:
    """Every page that can be reached by links from the portal, and every collection of the API."""
    browser = world.client(person)
    waiting, seen = ["/portal/"], set[str]()
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop().replace("&amp;", "&")
        if path in seen or path.startswith("/static/"):
            continue
        seen.add(path)
        answer = browser.get(path)
        assert answer.status_code < 500, path
        if answer.status_code == 200 and answer.mimetype in ("text/html", "application/json"):
            yield path, answer.text
            waiting.extend(LINK.findall(answer.text))
    program = world.api(person)
    for rule in rules_of(world.app):
        if rule.rule.startswith("/api/v1") and not rule.arguments and "GET" in (rule.methods or ()):
            answer = program.get(rule.rule)
            assert answer.status_code in (200, 404), (rule.rule, answer.status_code)
            if answer.status_code == 200 and "openapi" not in rule.rule:
                yield rule.rule, answer.text
    for record_id in world.records.values():
        answer = program.get(f"/api/v1/records/{record_id}/timeline")
        if answer.status_code == 200:
            yield f"timeline of {record_id}", answer.text


def secrets_of(world: World, person: str) -> list[str]:
    """Words this person must never read: entries not shared with them, other companies, mail."""
    actor = world.actor(person)
    with world.reading() as session:
        shared = select(TimelineLink.entry_id).where(
            TimelineLink.audience == int(actor.audience),
            TimelineLink.company_id == actor.company_id,
        )
        entries = select(Entry.body).where(Entry.body.is_not(None), Entry.id.not_in(shared))
        others = select(Record.title).where(
            Record.company_id.is_not(None), Record.company_id != actor.company_id
        )
        tasks = select(Record.title).where(Record.kind == "task")
        staff = select(User.email).where(User.is_staff)
        queries = (entries, others, tasks, staff)
        found = [str(word) for query in queries for word in session.scalars(query)]
    return [word.split("\n")[0][:60] for word in found if len(word) > 3]


@pytest.mark.parametrize("person", OUTSIDE)
def test_no_answer_holds_what_was_not_shared(world: World, person: str) -> None:
    """B11 and B16, over whatever the portal and the API offer."""
    words = secrets_of(world, person)
    assert len(words) > 10
    pages = list(pages_of(world, person))
    assert len(pages) > 5
    for path, text in pages:
        found = [word for word in words if word in text]
        assert not found, (person, path, found)


@pytest.mark.parametrize("person", OUTSIDE)
def test_nobody_outside_learns_positions_of_the_staff_stream(world: World, person: str) -> None:
    program, actor = world.api(person), world.actor(person)
    answer = program.get(f"/api/v1/records/{actor.company_id}/timeline?limit=100").get_json()
    positions = [entry["position"] for entry in answer["items"]]
    assert positions == list(range(len(positions), 0, -1))
    assert {entry["audience"] for entry in answer["items"]} <= {actor.audience.word}
