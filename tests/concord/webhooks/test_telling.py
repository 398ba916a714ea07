"""Another program is told what happens: signed, at once, as far as the owner may know it."""

import json

import pytest
from sqlalchemy import select, update
from standardwebhooks.webhooks import Webhook as Receiving

from concord.actors import Scope
from concord.identity.models import Role, User
from concord.webhooks.events import matches
from concord.webhooks.permissions import Webhooks
from tests.concord.webhooks.conftest import SECRET, MakeHook, deliver, deliveries, note
from tests.servers.receiver import Receiver
from tests.world import World


def sales_keep_webhooks(world: World) -> None:
    """They may from now on; and see only their own tasks."""
    own = {"tasks:task:read": Scope.OWN.value, Webhooks.MANAGE: Scope.OWN.value}
    with world.writing() as session:
        found = session.scalars(select(Role).where(Role.key == "sales")).one()
        found.grants = {**found.grants, **own}
        session.commit()


def heard(receiver: Receiver) -> list[str]:
    return [json.loads(request.body)["type"] for request in receiver.received]


def test_a_note_reaches_the_receiver_signed(
    any_world: World, receiver: Receiver, listening_anywhere: MakeHook
) -> None:
    hook_id = listening_anywhere("na", "note.*")
    entry_id = note(any_world, "lin", "huadong", "They want the stand in July")
    deliver(any_world, hook_id)
    (request,) = receiver.received
    said = Receiving(SECRET).verify(request.body, request.headers)
    assert said["id"] == request.headers["webhook-id"]
    assert said["type"] == "note.posted"
    assert said["timestamp"].endswith("Z")
    data = said["data"]
    assert data["entry_id"] == entry_id
    assert data["record"]["id"] == any_world.records["huadong"]
    assert data["record"]["kind"] == "company"
    assert data["record"]["url"].endswith(f"/records/{any_world.records['huadong']}")
    assert (data["actor"]["name"], data["actor"]["kind"]) == ("Lin Chen", "staff")
    assert data["audience"] == "internal"
    assert data["fact"]["excerpt"] == "They want the stand in July"
    (delivery,) = deliveries(any_world, hook_id)
    assert (delivery.state, delivery.status, delivery.attempts) == ("delivered", 200, 1)


def test_the_position_is_the_one_the_owner_counts(
    world: World, receiver: Receiver, listening: MakeHook
) -> None:
    """Lin does not hold the credit group: entries of that group leave no gap in what he hears."""
    sales_keep_webhooks(world)
    hook_id = listening("lin", "note.posted")
    company = world.records["huadong"]
    money = {"amount": "2000000.00", "currency": "CNY"}
    changed = world.api("maya").patch(f"/api/v1/companies/{company}", json={"credit_limit": money})
    assert changed.status_code == 200
    note(world, "lin", "huadong")
    deliver(world, hook_id)
    told = json.loads(receiver.received[0].body)["data"]["timeline"]
    page = world.api("lin").get(f"/api/v1/records/{company}/timeline").get_json()
    assert told == {"record_id": company, "position": page["items"][0]["position"]}


def test_a_field_group_is_told_to_whom_holds_it_only(
    world: World, receiver: Receiver, listening: MakeHook
) -> None:
    sales_keep_webhooks(world)
    hooks = [listening("lin", "company.*"), listening("maya", "company.*")]
    money = {"amount": "2000000.00", "currency": "CNY"}
    path = f"/api/v1/companies/{world.records['huadong']}"
    assert world.api("maya").patch(path, json={"credit_limit": money}).status_code == 200
    assert [len(deliveries(world, hook_id)) for hook_id in hooks] == [0, 1]


def test_what_the_owner_cannot_open_is_not_told(world: World, listening: MakeHook) -> None:
    sales_keep_webhooks(world)
    hooks = [listening("lin", "task.*"), listening("maya", "task.*")]
    made = world.api("emily").post("/api/v1/tasks", json={"title": "Close the quarter"})
    path = f"/api/v1/tasks/{made.get_json()['id']}"
    assert [world.api(person).get(path).status_code for person in ("lin", "maya")] == [404, 200]
    told = [[d.event for d in deliveries(world, hook_id)] for hook_id in hooks]
    assert told == [[], ["task.created"]]


def test_what_is_read_elsewhere_goes_without_its_title(
    world: World, receiver: Receiver, listening: MakeHook
) -> None:
    """That it was made stands on Huadong's timeline, which Lin reads; the task he cannot open."""
    sales_keep_webhooks(world)
    hook_id = listening("lin", "task.created")
    sent = {"title": "Settle the secret claim", "record_id": world.records["huadong"]}
    assert world.api("emily").post("/api/v1/tasks", json=sent).status_code == 201
    stream = f"/api/v1/records/{world.records['huadong']}/timeline"
    newest = world.api("lin").get(stream).get_json()["items"][0]
    assert newest["record"] == {"id": None, "title": "…", "url": None}
    deliver(world, hook_id)
    (request,) = receiver.received
    data = json.loads(request.body)["data"]
    assert data["fact"]["title"] == "…"
    assert data["record"]["id"] == world.records["huadong"]
    assert "secret claim" not in request.body.decode()


def test_a_rollback_tells_nothing(world: World, listening: MakeHook) -> None:
    hook_id = listening("na", "*")
    refused = world.api("lin").post(
        f"/api/v1/records/{world.records['huadong']}/timeline",
        json={"kind": "note", "body": "Hello", "mentions": [10**6]},
    )
    assert refused.status_code == 422
    assert [d.event for d in deliveries(world, hook_id)] == ["webhook.added"]


def test_an_owner_who_left_is_told_nothing(world: World, listening: MakeHook) -> None:
    hook_id = listening("maya", "note.*")
    waiting = note(world, "lin", "huadong")
    with world.writing() as session:
        session.get_one(User, world.people["maya"]).disabled_at = session.scalar(
            select(User.created_at).limit(1)
        )
        session.commit()
    note(world, "lin", "huadong", "Maya has gone")
    deliver(world, hook_id)
    (delivery,) = deliveries(world, hook_id)
    assert (delivery.entry_id, delivery.state) == (waiting, "withheld")


def test_rights_lost_between_writing_and_sending_count(
    world: World, receiver: Receiver, listening: MakeHook
) -> None:
    hook_id = listening("maya", "note.*")
    note(world, "lin", "huadong")
    with world.writing() as session:
        role = session.scalars(select(Role).where(Role.key == "manager")).one()
        grants = {name: s for name, s in role.grants.items() if name != "crm:company:read"}
        session.execute(update(Role).where(Role.id == role.id).values(grants=grants))
        session.commit()
    deliver(world, hook_id)
    assert receiver.connections == 0
    assert [d.state for d in deliveries(world, hook_id)] == ["withheld"]


def test_withdrawn_words_do_not_go_out(
    world: World, receiver: Receiver, listening: MakeHook
) -> None:
    hook_id = listening("na", "note.*", "entry.*")
    entry_id = note(world, "lin", "huadong", "Sorry, wrong customer")
    path = f"/records/{world.records['huadong']}/timeline/{entry_id}/withdraw"
    assert world.client("lin").post(path).status_code < 400
    deliver(world, hook_id)
    assert heard(receiver) == ["entry.withdrawn"]
    assert "wrong customer" not in receiver.received[0].body.decode()


def test_that_something_was_archived_is_told(
    world: World, receiver: Receiver, listening: MakeHook
) -> None:
    hook_id = listening("na", "company.archived")
    gone = world.api("na").delete(f"/api/v1/companies/{world.records['huadong']}")
    assert gone.status_code == 204, gone.text
    deliver(world, hook_id)
    assert heard(receiver) == ["company.archived"]


def test_a_narrowed_token_makes_a_narrow_webhook(
    world: World, receiver: Receiver, listening: MakeHook
) -> None:
    """What a program may not read it does not hear of by a webhook of its own either."""
    listening("na", "*", mode="other")
    token = world.token("na", Webhooks.MANAGE.value)
    program = world.api(None)
    sent = {"url": f"{receiver.url}/ok", "events": ["*"], "secret": SECRET}
    made = program.post("/api/v1/webhooks", json=sent, headers={"Authorization": f"Bearer {token}"})
    assert made.status_code == 201, made.text
    assert made.get_json()["scopes"] == [Webhooks.MANAGE.value]
    note(world, "lin", "huadong")
    events = [d.event for d in deliveries(world, made.get_json()["id"])]
    assert "note.posted" not in events


@pytest.mark.parametrize(
    ("events", "name", "told"),
    [
        (["*"], "company.created", True),
        (["company.*"], "company.created", True),
        (["company.created"], "company.created", True),
        (["company.*"], "contact.added", False),
        (["company.created"], "company.changed", False),
        (["compan*"], "company.created", False),
    ],
)
def test_patterns(events: list[str], name: str, told: bool) -> None:
    assert matches(events, name) is told
