"""B05, B06, B17: what belongs to others is neither linked, nor rewritten, nor moved away."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from concord.records.models import Record
from concord.timeline.actions import post
from concord.timeline.models import Entry, TimelineLink
from tests.world import World, fingerprint

FAR = 10**9


def foreign(world: World, person: str, kind: str, *, supplier: bool = False) -> int:
    """A record of a kind that this person does not see."""
    seen = world.installation.records[kind].policy.visible(world.actor(person))
    with world.app.test_request_context(), world.reading() as session:
        known = set(session.scalars(seen.with_only_columns(Record.id)))
        model = world.installation.records[kind].model
        for record in session.scalars(select(model).order_by(Record.id)):
            if record.id not in known and (not supplier or record.is_supplier):
                return int(record.id)
    raise AssertionError(f"{person} sees every {kind}")


LINE = {"item": "Shaft", "wanted_on": "2027-01-31"}
By = Callable[[World], dict[str, Any]]
API: dict[str, tuple[str, str, By]] = {
    "a contact of another's company": (
        "lin", "/api/v1/contacts",
        lambda w: {"name": "Gao", "company_id": foreign(w, "lin", "company")},
    ),
    "a contact of a contact": (
        "lin", "/api/v1/contacts",
        lambda w: {"name": "Gao", "company_id": w.records["zhou_min"]},
    ),
    "a task on another's company": (
        "lin", "/api/v1/tasks",
        lambda w: {"title": "Call", "record_id": foreign(w, "lin", "company")},
    ),
    "a task on another's contact": (
        "lin", "/api/v1/tasks",
        lambda w: {"title": "Call", "record_id": foreign(w, "lin", "contact")},
    ),
    "dates of another's supplier": (
        "zhao", "/api/v1/date_requests",
        lambda w: {"company_id": foreign(w, "zhao", "company", supplier=True), "lines": [LINE]},
    ),
    "dates for another's customer": (
        "zhao", "/api/v1/date_requests",
        lambda w: {"company_id": w.records["hengtai"], "lines": [LINE],
                   "about_id": foreign(w, "zhao", "company")},
    ),
    "words on one's customer for another company": (
        "lin", "/api/v1/records/{huadong}/timeline",
        lambda w: {"body": "Hello", "audience": "customer", "company_id": w.records["kessler"]},
    ),
    "a file that is not there": (
        "lin", "/api/v1/records/{huadong}/timeline", lambda w: {"body": "x", "files": [FAR]},
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", API)
def test_a_program_links_only_what_its_person_sees(narrow: World, what: str) -> None:
    """B05: refused for each linked object, there or not, and nothing is written."""
    person, path, body = API[what]
    sent, before = body(narrow), fingerprint(narrow)
    program = narrow.api(person)
    answer = program.post(path.format(**narrow.records), json=sent)
    assert answer.status_code in (404, 422), answer.text
    if answer.status_code == 422 and "audience" not in sent:
        (refused,) = answer.get_json()["errors"]
        unknown = program.post(path.format(**narrow.records), json={**sent, refused: FAR})
        assert unknown.get_json()["errors"] == answer.get_json()["errors"], "no oracle"
    assert fingerprint(narrow) == before


FORMS: dict[str, tuple[str, str, By]] = {
    "a task": ("lin", "/tasks",
               lambda w: {"title": "Call", "record_id": foreign(w, "lin", "company")}),
    "a request": ("zhao", "/date-requests",
                  lambda w: {"company_id": foreign(w, "zhao", "company", supplier=True),
                             **{f"lines.0.{name}": value for name, value in LINE.items()}}),
    "what a request is for": ("zhao", "/date-requests",
                              lambda w: {"company_id": w.records["hengtai"],
                                         "about_id": foreign(w, "zhao", "company"),
                                         **{f"lines.0.{n}": value for n, value in LINE.items()}}),
    "words for another company": ("lin", "/records/{huadong}/timeline",
                                  lambda w: {"body": "Hello", "audience": "customer",
                                             "company_id": w.records["kessler"]}),
    "an owner who is a customer": ("lin", "/customers/{huadong}/owner",
                                   lambda w: {"owner_id": w.people["zhou"]}),
}  # fmt: skip


@pytest.mark.parametrize("what", FORMS)
def test_a_form_links_only_what_its_person_sees(narrow: World, what: str) -> None:
    """B05: the same for pages."""
    person, path, form = FORMS[what]
    sent, before = form(narrow), fingerprint(narrow)
    answer = narrow.client(person).fragment(path.format(**narrow.records), method="POST", data=sent)
    assert answer.status_code == 422, answer.text
    assert fingerprint(narrow) == before


def test_what_is_not_seen_is_not_reached_by_its_address(narrow: World) -> None:
    """B05: adding to it, opening its portal, or a form filled in with its name."""
    company = foreign(narrow, "lin", "company")
    with narrow.reading() as session:
        title = session.get_one(Record, company).title
    browser, before = narrow.client("lin"), fingerprint(narrow)
    person = {"name": "Gao", "email": "gao@example.com", "language": "en", "face": "customer"}
    for path, form in (
        (f"/customers/{company}/contacts", {"name": "Gao"}),
        (f"/portal-access/{company}", person),
        (f"/records/{company}/timeline", {"body": "Hello"}),
        (f"/customers/{company}/owner", {"owner_id": str(narrow.people["lin"])}),
    ):
        assert browser.post(path, data=form).status_code == 404, path
    for path in (f"/tasks/new?record_id={company}", f"/tasks/on/{company}"):
        answer = browser.get(path)
        assert answer.status_code in (404, 422), path
        assert title not in answer.text, path
    asking = narrow.client("zhao").get(
        f"/date-requests/new?about_id={company}&company_id={company}"
    )
    assert title not in asking.text
    assert fingerprint(narrow) == before


def test_words_beside_an_article_go_to_no_company_that_the_writer_does_not_see(
    narrow: World,
) -> None:
    """B05: an article belongs to no company, so the composer names one; it must be seen."""
    article = published_article(narrow)
    path, kessler = f"/api/v1/records/{article}/timeline", foreign(narrow, "lin", "company")
    sent = {"body": "For you alone.", "audience": "customer"}
    refused = narrow.api("lin").post(path, json={**sent, "company_id": kessler})
    absent = narrow.api("lin").post(path, json={**sent, "company_id": FAR})
    assert (refused.status_code, absent.status_code) == (422, 422)
    assert refused.get_json()["errors"] == absent.get_json()["errors"]
    own = narrow.api("lin").post(path, json={**sent, "company_id": narrow.records["huadong"]})
    assert own.status_code == 201, own.text


def published_article(world: World) -> int:
    body = {"title": "Care", "space": "Help", "body": "Oil it.", "audience": "customers"}
    made = world.api("na").post("/api/v1/articles", json={**body, "state": "published"})
    assert made.status_code == 201, made.text
    return int(made.get_json()["id"])


def test_mentioning_by_number_tells_no_names(narrow: World) -> None:
    """B05: a person of a company that one does not see stays without a name."""
    path = f"/api/v1/records/{narrow.records['huadong']}/timeline"
    for person in ("ursula", "huang", "wei"):
        sent = {"body": "@?", "mentions": [narrow.people[person]]}
        answer = narrow.api("lin").post(path, json=sent)
        assert answer.status_code == 422
        assert narrow.actor(person).name not in answer.text


@pytest.mark.parametrize(
    ("person", "mine", "others"), [("zhou", "huadong", "kessler"), ("huang", "hengtai", "huadong")]
)
def test_people_outside_link_nothing_but_their_own(
    any_world: World, person: str, mine: str, others: str
) -> None:
    """B05: another company's record, its files, its people; and the stream is always their own."""
    world = any_world
    program, before = world.api(person), fingerprint(world)
    theirs = f"/api/v1/records/{world.records[others]}/timeline"
    assert program.post(theirs, json={"body": "Hello"}).status_code == 404
    own = f"/api/v1/records/{world.records[mine]}/timeline"
    for mention in ("ursula", "wei", "sun", "emily"):
        sent = {"body": "@?", "mentions": [world.people[mention]]}
        answer = program.post(own, json=sent)
        assert answer.status_code == 422
        assert world.actor(mention).name not in answer.text
    assert fingerprint(world) == before
    ours = {"body": "Ours.", "audience": "internal", "company_id": world.records[others]}
    answer = program.post(own, json=ours)
    assert answer.get_json()["audience"] == world.actor(person).audience.word
    with world.reading() as session:
        link = session.scalars(
            select(TimelineLink).where(TimelineLink.entry_id == answer.get_json()["id"])
        ).one()
        assert link.company_id == world.records[mine]


MOVES = ("company_id", "account_id", "customer_id", "party_id", "parent_id", "supplier_id",
         "record_id", "about_id", "company", "about")  # fmt: skip
MOVED = ("companies", "contacts", "tasks", "articles", "date_requests")


@pytest.mark.parametrize("collection", MOVED)
def test_no_record_moves_to_another_company(world: World, collection: str) -> None:
    """B17: by no field of any name, in no collection; refused, not ignored."""
    program = world.api("na")
    first = program.get(f"/api/v1/{collection}?limit=1").get_json()["items"][0]
    path, before = f"/api/v1/{collection}/{first['id']}", fingerprint(world)
    for name in MOVES:
        answer = program.patch(path, json={name: world.records["kessler"]})
        assert answer.status_code in (405, 422), (name, answer.text)
        if answer.status_code == 422:
            assert name in answer.get_json()["errors"], name
    assert fingerprint(world) == before


PAGES = {
    "/customers/{huadong}": "PATCH",
    "/customers/{huadong}/edit": "POST",
    "/contacts/{zhou_min}": "PATCH",
    "/contacts/{zhou_min}/edit": "POST",
    "/tasks/{task}": "PATCH",
    "/knowledge/{article}": "POST",
}


@pytest.mark.parametrize("path", PAGES)
def test_no_form_moves_a_record_either(world: World, path: str) -> None:
    """B17."""
    program = world.api("na")
    firsts = {
        kind: program.get(f"/api/v1/{name}?limit=1").get_json()["items"][0]["id"]
        for kind, name in (("task", "tasks"), ("article", "articles"))
    }
    url, browser, before = (
        path.format(**world.records, **firsts),
        world.client("na"),
        fingerprint(world),
    )
    for name in MOVES:
        form = {name: str(world.records["kessler"])}
        answer = browser.fragment(url, method=PAGES[path], data=form)
        assert answer.status_code == 422, (name, answer.text[:300])
    assert fingerprint(world) == before


def said(world: World, person: str, key: str, words: str) -> int:
    with world.act(person) as (session, actor):
        return post(session, actor, world.record(session, key), kind="note", body=words).id


@pytest.mark.parametrize(
    "person", ["anna", "maya", "rita", "jun", "zhou", "paul", "ursula", "huang"]
)
def test_only_whoever_wrote_it_changes_an_entry(world: World, person: str) -> None:
    """B06: readers of the thread do not, and for those who do not read it it is not there."""
    path = f"/records/{world.records['huadong']}/timeline/{said(world, 'lin', 'huadong', 'Mine.')}"
    browser = world.client(person)
    reads = person in ("anna", "maya", "rita", "jun")
    for address, form in ((path, {"body": "Yours."}), (f"{path}/withdraw", {})):
        answer = browser.fragment(address, method="POST", data=form)
        assert answer.status_code == (403 if reads else 404), (address, answer.status_code)
    assert browser.get(f"{path}/edit").status_code in (403, 404)
    assert [entry.body for entry in entries(world, "Mine.")] == ["Mine."]


def test_a_colleague_of_the_customer_does_not_change_the_words_of_another(world: World) -> None:
    """B06: nor does staff; who may moderate withdraws, and never rewrites."""
    entry = said(world, "zhou", "huadong", "We need it on Thursday.")
    path = f"/records/{world.records['huadong']}/timeline/{entry}"
    for person in ("paul", "lin", "maya", "na"):
        answer = world.client(person).post(path, data={"body": "Never mind."})
        assert answer.status_code == 403, person
    assert world.client("lin").post(f"{path}/withdraw").status_code == 403
    assert world.client("na").post(f"{path}/withdraw").status_code == 200
    assert entries(world, "We need it on Thursday.")[0].withdrawn_at is not None


def test_an_entry_is_changed_at_its_own_address_only(world: World) -> None:
    """B02, B06: where the answer is 404, nothing has happened."""
    entry = said(world, "lin", "huadong", "Mine.")
    elsewhere = f"/records/{world.records['kessler']}/timeline/{entry}"
    browser = world.client("lin")
    assert browser.post(elsewhere, data={"body": "Changed?"}).status_code == 404
    assert browser.post(f"{elsewhere}/withdraw").status_code == 404
    assert [entry.body for entry in entries(world, "Mine.")] == ["Mine."]
    assert entries(world, "Mine.")[0].withdrawn_at is None


def entries(world: World, words: str) -> list[Entry]:
    with world.reading() as session:
        return list(session.scalars(select(Entry).where(Entry.body == words)))
