"""The portal's own pages: what its people see there, and that nobody else sees anything."""

import io
import re
from datetime import UTC, datetime

import pytest

from concord.actors import Audience
from concord.app import create_app
from concord.identity.sessions import COOKIE
from concord.module import Module
from concord.portal.home import greeting
from concord.timeline.actions import post
from modules.crm.module import MODULE as CRM
from modules.knowledge.module import MODULE as KNOWLEDGE
from modules.tasks.module import MODULE as TASKS
from tests.contracts.conftest import counted
from tests.world import World, fingerprint

PAGES = ("/portal/", "/portal/conversation", "/portal/files")


def say(world: World, person: str, key: str, words: str, audience: str = "customer") -> None:
    with world.act(person) as (session, actor):
        post(
            session,
            actor,
            world.record(session, key),
            kind="message",
            body=words,
            audience=Audience[audience.upper()],
        )


@pytest.mark.parametrize("path", PAGES)
def test_people_outside_come_in_and_staff_do_not(world: World, path: str) -> None:
    for person in ("zhou", "paul", "ursula", "huang", "wei"):
        assert world.client(person).get(path).status_code == 200, person
    for person in ("lin", "na", "rita"):
        assert world.client(person).get(path).status_code == 404, person
    assert world.client().get(path).headers["Location"].startswith("/login")


@pytest.mark.parametrize(
    ("hour_in_utc", "zone", "words"),
    [
        (1, "Asia/Shanghai", "Good morning"),
        (1, "America/New_York", "Good evening"),
        (6, "Asia/Shanghai", "Good afternoon"),
        (12, "Asia/Shanghai", "Good evening"),
        (19, "Asia/Shanghai", "Good evening"),
        (6, "Europe/Berlin", "Good morning"),
    ],
)
def test_the_greeting_knows_what_time_it_is_for_the_reader(
    world: World, hour_in_utc: int, zone: str, words: str
) -> None:
    actor = world.actor("zhou")
    actor = type(actor)(face=actor.face, user_id=actor.user_id, name="Zhou Min", timezone=zone)
    with world.app.test_request_context():
        said = greeting(actor, datetime(2026, 12, 1, hour_in_utc, 30, tzinfo=UTC))
    assert said == f"{words}, Zhou Min"


def test_the_home_page_says_how_much_waits(world: World) -> None:
    assert "Nothing waits for your answer." in world.client("zhou").get("/portal/").text
    assert "One thing waits for your answer." in world.client("huang").get("/portal/").text


def test_a_customer_reads_what_is_said_to_them_and_nothing_else(world: World) -> None:
    """B16: the internal note, the words to another company, the words to a supplier."""
    say(world, "lin", "huadong", "The certificate is attached.")
    say(world, "lin", "huadong", "Floor price is twelve.", "internal")
    say(world, "lin", "kessler", "Your offer, Ursula.")
    say(world, "zhao", "hengtai", "Which date is possible?", "supplier")
    for path in PAGES:
        text = world.client("zhou").get(path).text
        for secret in ("Floor price", "Your offer", "Which date"):
            assert secret not in text, (path, secret)
    assert "The certificate is attached." in world.client("zhou").get("/portal/").text
    assert "The certificate is attached." in world.client("paul").get("/portal/conversation").text
    assert "Which date is possible?" in world.client("huang").get("/portal/conversation").text


def test_ones_own_words_stand_on_the_right(world: World) -> None:
    say(world, "zhou", "huadong", "We need it on Thursday.")
    mine = world.client("zhou").get("/portal/conversation").text
    theirs = world.client("paul").get("/portal/conversation").text
    bubble = re.compile(r'class="entry bubble( mine)?[^"]*"(?:(?!</li>).)*on Thursday', re.S)
    found = [bubble.search(text) for text in (mine, theirs)]
    assert [hit is not None and hit[1] for hit in found] == [" mine", None]


def test_the_composer_names_who_reads(world: World) -> None:
    say(world, "lin", "huadong", "Here it is.")
    text = world.client("zhou").get("/portal/conversation").text
    reads = re.search(r'class="reads">.*?<span>(.*?)</span>', text, re.S)
    assert reads is not None
    assert "Beacon Instruments (Lin Chen" in reads[1]
    assert "of yours" in reads[1]
    assert 'data-audience="customer"' in text
    assert 'data-audience="supplier"' in world.client("huang").get("/portal/conversation").text


def test_an_answer_is_written_in_the_stream_of_ones_own_face(world: World) -> None:
    """Whatever the form says, it is a message to the house from the company of its writer."""
    form = {"kind": "note", "body": "Thank you.", "audience": "internal", "company_id": "1"}
    path = f"/records/{world.records['huadong']}/timeline"
    answer = world.client("zhou").fragment(path, method="POST", data=form)
    assert answer.status_code == 200
    latest = world.api("lin").get(f"/api/v1{path}?limit=1").get_json()["items"][0]
    assert (latest["kind"], latest["audience"], latest["body"]) == (
        "message", "customer", "Thank you.",
    )  # fmt: skip


@pytest.mark.parametrize("person", ["ursula", "huang", "wei"])
def test_nobody_writes_into_the_conversation_of_another_company(world: World, person: str) -> None:
    before = fingerprint(world)
    record_id = world.records["huadong"]
    for method, path in (
        ("GET", f"/records/{record_id}/timeline"),
        ("GET", f"/records/{record_id}/timeline/new?after=0"),
        ("POST", f"/records/{record_id}/timeline"),
        ("GET", f"/records/{record_id}/mentionable?q=l"),
    ):
        answer = world.client(person).open(path, method=method, data={"body": "x"})
        assert answer.status_code == 404, (method, path)
    assert fingerprint(world) == before


@pytest.mark.parametrize("asking", ["get", "fragment"])
def test_older_words_follow_page_by_page(world: World, asking: str) -> None:
    """As a page without scripts, and as the fragment that scripts merge; nothing twice."""
    for number in range(45):
        say(world, "lin", "huadong", f"Word {number:02}.")
    browser, url = world.client("zhou"), "/portal/conversation"
    shown: list[str] = []
    while url:
        text = getattr(browser, asking)(url).text
        shown = re.findall(r"Word \d\d\.", text) + shown
        older = re.search(r'href="(/portal/conversation\?before=\d+)" data-older', text)
        url = older[1] if older else ""
    assert shown == [f"Word {number:02}." for number in range(45)]


def test_files_are_listed_page_by_page(world: World) -> None:
    """Newest first, thirty at once; the rest follows by a cursor, nothing twice."""
    names = [f"paper {number:02}.txt" for number in range(35)]
    path = f"/records/{world.records['huadong']}/timeline"
    for name in names:
        form = {"kind": "message", "body": name, "files": (io.BytesIO(b"words"), name)}
        assert world.client("paul").fragment(path, method="POST", data=form).status_code == 200
    browser, shown, url = world.client("zhou"), [], "/portal/files"
    while url:
        text = browser.get(url).text
        shown += re.findall(r">(paper \d\d\.txt)<", text)
        following = re.search(r'hx-get="(/portal/files\?cursor=[^"]+)"', text)
        url = following[1].replace("&amp;", "&") if following else ""
    assert shown == names[::-1]


def test_senseless_positions_and_cursors_are_refused(world: World) -> None:
    browser = world.client("zhou")
    assert browser.get("/portal/files?cursor=nonsense").status_code == 422
    for before in ("x", "-1", "9" * 30):
        assert browser.get(f"/portal/conversation?before={before}").status_code == 422


@pytest.mark.parametrize(("person", "path"), [("zhou", p) for p in PAGES] + [("huang", "/portal/")])
def test_a_page_costs_few_statements(world: World, person: str, path: str) -> None:
    browser = world.client(person)
    browser.get(path)
    with counted(world) as few:
        browser.get(path)
    for number in range(25):
        say(world, "lin", "huadong", f"Word {number}.")
        say(world, "zhao", "hengtai", f"Word {number}.", "supplier")
    with counted(world) as more:
        assert browser.get(path).status_code == 200
    assert len(more) <= len(few) + 1
    assert len(more) <= 12, "\n\n".join(more)


@pytest.mark.parametrize("modules", [(TASKS, KNOWLEDGE), (CRM,), ()])
def test_the_portal_stands_without_any_module(world: World, modules: tuple[Module, ...]) -> None:
    """Records of a module that is not there are hidden and kept; the home says so kindly."""
    smaller = create_app(world.installation.settings, modules)
    client = smaller.test_client()
    client.set_cookie(COOKIE, world.sign_in("zhou"))
    answer = client.get("/portal/")
    assert answer.status_code == 200
    assert ("cannot be shown right now" in answer.text) == (CRM not in modules)
    assert client.get("/portal/files").status_code == 200
    assert client.get("/portal/conversation").status_code == (200 if CRM in modules else 404)
    smaller.extensions["concord"].database.dispose()
