"""A house in which every text that anybody can write is an attempt to run a script (D01)."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from concord.clock import today
from concord.organisation import write_setting
from tests.concord.files.conftest import form_with
from tests.knowledge.test_markdown import ATTACKS
from tests.world import World

# Out of an attribute, a title, a text field and a template, into a script, a picture, a template
# language; short enough for a name.
LINE = "\"'></title></textarea></template><script>pwn()</script><img src=x onerror=pwn()>{{7*7}}"
SHORT = "<img src=x onerror=pwn()>"
LINK = "javascript:pwn()//'\"><svg onload=pwn()>"
STORABLE = [re.sub(r"[\x00-\x08]", "", attack) for attack in ATTACKS]
TEXT = "\n\n".join([LINE, LINK, *(attack.replace("alert(1)", "pwn()") for attack in STORABLE)])
FILE = "\"'><img src=x onerror=pwn()>.html"


@dataclass(slots=True)
class Poisoned:
    """The world, and where its worst things are."""

    world: World
    records: dict[str, int] = field(default_factory=dict)

    def path(self, pattern: str) -> str:
        return pattern.format(**{**self.world.records, **self.records})


def poison(world: World) -> Poisoned:
    """Write it everywhere as the people of the demo, through the product's own doors."""
    found = Poisoned(world)
    _people(world)
    _customer(found)
    _work(found)
    _words(found)
    _dates(found)
    return found


def made(answer: Any) -> int:
    assert answer.status_code in (200, 201), answer.text
    return int(answer.get_json()["id"])


def done(answer: Any) -> None:
    assert answer.status_code < 400, answer.text[:2000]


def _people(world: World) -> None:
    for person in ("lin", "zhou", "paul", "huang"):
        profile = {"name": LINE, "title": LINE, "phone": LINE}
        done(world.client(person).post("/preferences", data=profile))
    na = world.client("na")
    done(na.post("/settings/teams", data={"name": LINE}))
    done(na.post("/settings/tokens", data={"name": LINE}))
    invited = {"name": LINE, "email": "n@n.example", "language": "en"}
    done(na.post("/settings/invite", data=invited))
    done(world.client("zhou").post("/portal/colleagues", data={**invited, "email": "m@n.example"}))
    with world.writing() as session:
        write_setting(session, "organisation", {"name": LINE})
        session.commit()


def _customer(found: Poisoned) -> None:
    world, lin = found.world, found.world.api("lin")
    fields = dict.fromkeys(("name", "industry", "city", "source", "notes"), LINE)
    changed = {**fields, "custom": {LINE: LINE, "link": LINK}}
    done(lin.patch(f"/api/v1/companies/{world.records['huadong']}", json=changed))
    done(world.api("zhao").patch(f"/api/v1/companies/{world.records['hengtai']}", json=changed))
    found.records["twin"] = made(
        lin.post("/api/v1/companies", json={**fields, "is_customer": True})
    )
    person = {"name": LINE, "title": LINE, "custom": {LINE: LINE}}
    contact = {**person, "company_id": world.records["huadong"]}
    found.records["contact"] = made(lin.post("/api/v1/contacts", json=contact))


def _work(found: Poisoned) -> None:
    world, na = found.world, found.world.api("na")
    task = {"title": LINE, "note": TEXT, "record_id": world.records["huadong"]}
    task["assignee_id"] = world.people["lin"]
    task["due_on"] = today("Asia/Shanghai").isoformat()
    found.records["task"] = made(na.post("/api/v1/tasks", json=task))
    article = {"title": LINE, "space": SHORT, "body": TEXT, "audience": "all"}
    published = na.post("/api/v1/articles", json={**article, "state": "published"})
    found.records["article"] = made(published)


def _words(found: Poisoned) -> None:
    """An internal note, a shared message, the answers of both sides, with files."""
    world = found.world
    for person, key, audience in (
        ("lin", "huadong", "internal"),
        ("lin", "huadong", "customer"),
        ("zhou", "huadong", "customer"),
        ("zhao", "hengtai", "supplier"),
        ("huang", "hengtai", "supplier"),
    ):
        upload = form_with(FILE, b"<script>pwn()</script>")
        file_id = made(world.api(person).post("/api/v1/files", **upload))
        said = {"kind": "message", "body": TEXT, "audience": audience, "files": [file_id]}
        if person == "lin":
            said["mentions"] = [world.people["maya"]]
            said["kind"] = "note"
        path = f"/api/v1/records/{world.records[key]}/timeline"
        found.records[f"said_{person}"] = made(world.api(person).post(path, json=said))


def _dates(found: Poisoned) -> None:
    """A request whose every line is one, and the supplier's remark on it."""
    world, day = found.world, (today("Asia/Shanghai") + timedelta(days=9)).isoformat()
    line = {"item": LINE, "quantity": SHORT, "wanted_on": day}
    asked = {"company_id": world.records["hengtai"], "about_id": world.records["huadong"],
             "title": LINE, "number": SHORT, "note": TEXT, "lines": [line, line]}  # fmt: skip
    answer = world.api("zhao").post("/api/v1/date_requests", json=asked)
    request_id = found.records["request"] = made(answer)
    later = (today("Asia/Shanghai") + timedelta(days=19)).isoformat()
    said = {"line_id": answer.get_json()["lines"][0]["id"], "answered_on": later}
    said |= {"reason": "other", "remark": LINE}
    path = f"/api/v1/date_requests/{request_id}/answer"
    done(world.api("huang").post(path, json={"lines": [said]}))


PAGES = {
    "lin": (
        "/", "/customers", "/suppliers", "/customers/new", "/customers/{huadong}",
        "/customers/{huadong}/edit", "/customers/{huadong}/owner",
        "/customers/{huadong}/contacts/new", "/suppliers/{hengtai}", "/contacts/{contact}",
        "/contacts/{contact}/edit", "/tasks", "/tasks/{task}", "/tasks/new?record_id={huadong}",
        "/tasks/on/{huadong}", "/knowledge", "/knowledge/{article}", "/knowledge/{article}/history",
        "/date-requests", "/date-requests/{request}", "/notifications", "/preferences",
        "/portal-access/{huadong}", "/records/{huadong}/timeline",
    ),
    "na": (
        "/settings", "/settings/portal", "/settings/teams", "/settings/tokens", "/settings/invite",
        "/knowledge/{article}/edit", "/date-requests/new?company_id={hengtai}", "/api/docs",
    ),
    "maya": ("/notifications", "/"),
    "zhou": (
        "/portal/", "/portal/conversation", "/portal/files", "/portal/knowledge",
        "/portal/knowledge/{article}", "/portal/profile", "/portal/colleagues", "/notifications",
        "/records/{huadong}/timeline",
    ),
    "huang": (
        "/portal/", "/portal/conversation", "/portal/files", "/portal/knowledge/{article}",
        "/portal/dates", "/portal/dates/{request}", "/portal/colleagues", "/notifications",
    ),
}  # fmt: skip
REFLECTED = {
    None: ("/login?next={}", "/password/forgot?email={}", "/{}", "/invitations/{}"),
    "lin": (
        "/customers?q={}", "/customers?tier={}", "/tasks?view={}", "/knowledge?q={}&space={}",
        "/customers/similar?name={}", "/knowledge/new?space={}", "/date-requests?state={}",
        "/notifications?filter={}", "/customers?cursor={}", "/customers?filter={}",
        "/customers?filter=name:contains:{}", "/customers?view={}", "/customers?group={}&by={}",
        "/customers?columns={}&sort={}&layout={}", "/lists/customers/filter?for={}&filter={}",
        "/lists/customers/filter/applied?for=name&op=contains&value={}",
        "/lists/customers/filter/applied?for={}&op={}&value={}", "/lists/{}/filter",
        "/lists/customers/columns?columns={}", "/lists/customers/views/new?filter=name:is:{}",
        "/lists/customers/bulk/{}?ids={}", "/lists/customers/bulk/tag?all=1&filter=name:is:{}",
        "/search?q={}&kinds={}", "/search/palette?q={}", "/settings/devices?key={}&tab={}&view={}",
        "/settings/security?key={}&tab={}", "/confirm?next={}",
    ),
    "na": (
        "/settings/people?q={}&role={}&state={}", "/settings/audit?who={}&action={}&table={}",
        "/settings/audit?record={}&address={}&from={}&until={}", "/settings/jobs?state={}&q={}",
        "/settings/jobs/{}", "/settings/roles/new?like={}", "/settings/invitations?state={}",
        "/settings/webhooks?q={}&state={}", "/settings/bulk?cursor={}", "/settings?key={}&tab={}",
        "/settings/design?tab={}&view={}",
    ),
    "zhou": (
        "/portal/knowledge?q={}", "/portal/conversation?before={}", "/portal/files?cursor={}",
        "/portal/search?q={}&kinds={}", "/settings/notifications?key={}&tab={}",
    ),
}  # fmt: skip
