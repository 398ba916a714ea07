"""A receiver, and webhooks of the demo people that reach it; errands run when a test says so."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from concord.installation import using
from concord.webhooks.actions import add
from concord.webhooks.models import Delivery, Webhook
from concord.webhooks.sending import send_due
from tests.servers.receiver import Receiver, receiving
from tests.world import World

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="

MakeHook = Callable[..., int]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@pytest.fixture
def listening(world: World, receiver: Receiver) -> MakeHook:
    """`listening("na", "*")` is a webhook of Na's to the receiver, at the path `mode`."""
    return hooks_in(world, receiver)


@pytest.fixture
def listening_anywhere(any_world: World, receiver: Receiver) -> MakeHook:
    return hooks_in(any_world, receiver)


def hooks_in(world: World, receiver: Receiver) -> MakeHook:
    settings = world.installation.settings
    allowed = (f"127.0.0.1:{receiver.port}",)
    world.installation.settings = replace(settings, outgoing_allow=allowed)

    def listen(person: str, *events: str, mode: str = "ok", title: str = "") -> int:
        with world.act(person) as (session, actor):
            url = f"{receiver.url}/{mode}"
            hook, _ = add(session, actor, url=url, events=list(events), secret=SECRET, title=title)
            return hook.id

    return listen


def deliver(world: World, hook_id: int) -> None:
    """Run the errand of a webhook here and now."""
    with using(world.installation):
        send_due(world.installation.database, hook_id)


def deliveries(world: World, hook_id: int) -> list[Delivery]:
    with world.reading() as session:
        query = select(Delivery).where(Delivery.webhook_id == hook_id).order_by(Delivery.id)
        return list(session.scalars(query))


def hook(world: World, hook_id: int) -> Webhook:
    with world.reading() as session:
        return session.get_one(Webhook, hook_id)


def is_due_now(world: World, hook_id: int) -> None:
    """Time has passed: what waits is due, and the webhook has rested."""
    table = Webhook.__table__
    waits = (Delivery.webhook_id == hook_id) & (Delivery.state == "waiting")
    with world.writing() as session:
        created = Delivery.created_at
        session.execute(update(Delivery).where(waits).values(next_at=created))
        rested = update(table).where(table.c.id == hook_id).values(rests_until=None)  # type: ignore[arg-type]
        session.execute(rested)
        session.commit()


def note(world: World, person: str, record: str, body: str = "Called them", **more: object) -> int:
    """A line on a timeline; gives the entry's id."""
    sent = {"kind": "note", "body": body, **more}
    answer = world.api(person).post(f"/api/v1/records/{world.records[record]}/timeline", json=sent)
    assert answer.status_code == 201, answer.text
    found: int = answer.get_json()["id"]
    return found
