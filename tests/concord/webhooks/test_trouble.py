"""R23, E05: receivers that fail in every way are tried again, rested, stopped; others go on."""

import threading
import time
from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from concord.clock import now
from concord.installation import using
from concord.jobs.worker import Worker
from concord.webhooks import pace, sweeping
from concord.webhooks.models import Delivery, Webhook
from concord.webhooks.sending import send_due, send_what_was_left
from concord.webhooks.sweeping import forget
from tests.concord.webhooks.conftest import (
    MakeHook,
    deliver,
    deliveries,
    hook,
    is_due_now,
    note,
)
from tests.concord.webhooks.test_working import PATIENCE
from tests.servers.receiver import Receiver
from tests.waiting import eventually
from tests.world import World

FAULTS = {
    "500": (500, None),
    "302": (302, None),
    "404": (404, None),
    "reset": (None, "unreachable"),
    "garbage": (None, "unreachable"),
    "silent": (None, "too_slow"),
    "trickle": (None, "too_slow"),
    "trickle-head": (None, "too_slow"),
    "headers": (None, "too_large"),
}


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("concord.webhooks.sending.SECONDS", 1.0)


@pytest.mark.parametrize("mode", FAULTS)
def test_a_failure_is_kept_and_tried_again(
    world: World, receiver: Receiver, listening: MakeHook, mode: str
) -> None:
    hook_id = listening("na", "note.*", mode=mode)
    note(world, "lin", "huadong")
    began = now()
    deliver(world, hook_id)
    (delivery,) = deliveries(world, hook_id)
    assert (delivery.status, delivery.error) == FAULTS[mode]
    assert (delivery.state, delivery.attempts, len(delivery.tries)) == ("waiting", 1, 1)
    assert delivery.next_at is not None
    assert delivery.next_at >= began + timedelta(seconds=5)
    assert hook(world, hook_id).failures == 1
    deliver(world, hook_id)
    assert receiver.connections == 1, "it rests"
    receiver.modes[f"/{mode}"] = "ok"
    is_due_now(world, hook_id)
    deliver(world, hook_id)
    assert deliveries(world, hook_id)[0].state == "delivered"
    assert hook(world, hook_id).failures == 0
    identifiers = {request.headers["webhook-id"] for request in receiver.received}
    assert len(identifiers) == 1, "always the same id"


@pytest.mark.parametrize("mode", ["huge", "endless"])
def test_who_takes_it_and_answers_for_ever_has_taken_it(
    world: World, receiver: Receiver, listening: MakeHook, mode: str
) -> None:
    hook_id = listening("na", "note.*", mode=mode)
    note(world, "lin", "huadong")
    deliver(world, hook_id)
    (delivery,) = deliveries(world, hook_id)
    assert (delivery.state, delivery.error, delivery.status) == ("delivered", "too_large", 200)
    assert delivery.answer is not None
    assert len(delivery.answer) <= 2000


def test_after_ten_tries_over_three_days_it_has_failed(
    world: World, receiver: Receiver, listening: MakeHook
) -> None:
    hook_id = listening("na", "note.*", mode="500")
    note(world, "lin", "huadong")
    for _ in range(12):
        is_due_now(world, hook_id)
        deliver(world, hook_id)
    (delivery,) = deliveries(world, hook_id)
    assert (delivery.state, delivery.attempts, delivery.next_at) == ("failed", 10, None)
    assert receiver.connections == 10
    assert timedelta(days=3) < sum(pace.WAITS, timedelta()) < timedelta(days=4)


def test_gone_stops_it_and_its_owner_is_told(
    world: World, receiver: Receiver, listening: MakeHook
) -> None:
    hook_id = listening("maya", "note.*", mode="410", title="Planning")
    note(world, "lin", "huadong")
    deliver(world, hook_id)
    found = hook(world, hook_id)
    assert (found.stopped_for, deliveries(world, hook_id)[0].state) == ("gone", "failed")
    inbox = world.api("maya").get("/api/v1/notifications").text
    assert "stopped the webhook “Planning”: the receiver answered that it is gone" in inbox
    note(world, "lin", "huadong", "Nobody listens any more")
    assert len(deliveries(world, hook_id)) == 1


def test_days_of_failures_stop_it(world: World, receiver: Receiver, listening: MakeHook) -> None:
    hook_id = listening("maya", "note.*", mode="500", title="Planning")
    note(world, "lin", "huadong")
    deliver(world, hook_id)
    table = Webhook.__table__
    with world.writing() as session:
        long_ago = now() - timedelta(days=6)
        since = update(table).where(table.c.id == hook_id)  # type: ignore[arg-type]
        session.execute(since.values(failing_since=long_ago))
        session.commit()
    is_due_now(world, hook_id)
    deliver(world, hook_id)
    assert hook(world, hook_id).stopped_for == "failing"
    assert "nothing could be delivered for days" in world.client("maya").get("/notifications").text


def test_a_wish_for_later_is_honoured(
    world: World, receiver: Receiver, listening: MakeHook
) -> None:
    hook_id = listening("na", "note.*", mode="429")
    note(world, "lin", "huadong")
    began = now()
    deliver(world, hook_id)
    (delivery,) = deliveries(world, hook_id)
    assert delivery.next_at is not None
    assert delivery.next_at >= began + timedelta(seconds=120)
    rests_until = hook(world, hook_id).rests_until
    assert rests_until is not None
    assert rests_until >= began + timedelta(seconds=120)


def test_while_it_fails_one_probe_at_a_time_is_sent(
    world: World, receiver: Receiver, listening: MakeHook
) -> None:
    hook_id = listening("na", "note.*", mode="silent")
    for number in range(5):
        note(world, "lin", "huadong", f"Note {number}")
    deliver(world, hook_id)
    assert receiver.connections == 1
    receiver.modes["/silent"] = "ok"
    is_due_now(world, hook_id)
    deliver(world, hook_id)
    entries = [d.entry_id for d in deliveries(world, hook_id)]
    assert [d.state for d in deliveries(world, hook_id)] == ["delivered"] * 5
    assert entries == sorted(e for e in entries if e is not None)


def test_a_silent_receiver_keeps_nobody_else_waiting(
    world: World, receiver: Receiver, listening: MakeHook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("concord.webhooks.sending.SECONDS", 5.0)
    silent, quick = listening("na", "note.*", mode="silent"), listening("na", "note.*")
    note(world, "lin", "huadong")
    slow = threading.Thread(target=deliver, args=(world, silent))
    slow.start()
    while receiver.connections == 0:
        time.sleep(0.02)
    deliver(world, quick)
    assert deliveries(world, quick)[0].state == "delivered"
    assert deliveries(world, silent)[0].attempts == 0, "it is still being waited for"
    with world.writing() as session:
        assert session.info is not None, "no transaction is open meanwhile"
    slow.join()
    assert deliveries(world, silent)[0].error == "too_slow"


def test_two_errands_of_one_webhook_do_not_send_twice(
    any_world: World, receiver: Receiver, listening_anywhere: MakeHook
) -> None:
    hook_id = listening_anywhere("na", "note.*")
    for number in range(6):
        note(any_world, "lin", "huadong", f"Note {number}")
    errands = [threading.Thread(target=deliver, args=(any_world, hook_id)) for _ in range(4)]
    for errand in errands:
        errand.start()
    for errand in errands:
        errand.join()
    sent = [request.headers["webhook-id"] for request in receiver.received]
    assert len(sent) == len(set(sent)) == 6


def test_an_address_that_moved_inside_is_refused(
    world: World, receiver: Receiver, listening: MakeHook
) -> None:
    hook_id = listening("na", "note.*")
    object.__setattr__(world.installation.settings, "outgoing_allow", ())
    note(world, "lin", "huadong")
    deliver(world, hook_id)
    (delivery,) = deliveries(world, hook_id)
    assert (delivery.error, delivery.answer, receiver.connections) == ("refused", None, 0)


def test_what_a_crash_left_is_asked_for_again(
    world: World, receiver: Receiver, listening: MakeHook
) -> None:
    hook_id = listening("na", "note.*")
    note(world, "lin", "huadong")
    asked: list[int] = []
    with pytest.MonkeyPatch.context() as patch, world.writing() as session:
        patch.setattr(
            "concord.webhooks.sending.enqueue", lambda _s, _job, found, **_o: asked.append(found)
        )
        send_what_was_left(session, now())
    assert asked == [hook_id]
    with using(world.installation):
        send_due(world.installation.database, hook_id)
    assert receiver.connections == 1


def test_old_deliveries_are_forgotten(world: World, listening: MakeHook) -> None:
    hook_id = listening("na", "note.*")
    note(world, "lin", "huadong")
    note(world, "lin", "huadong", "Newer")
    with world.writing() as session:
        first = min(d.id for d in deliveries(world, hook_id))
        session.execute(
            update(Delivery)
            .where(Delivery.id == first)
            .values(created_at=now() - timedelta(days=31))
        )
        forget(session, now())
        session.commit()
    assert len(deliveries(world, hook_id)) == 1


def test_forgetting_keeps_up_with_a_busy_house(
    any_world: World, listening_anywhere: MakeHook
) -> None:
    """What is more than one transaction's share is the next job's, at once, until nothing is."""
    hook_id, long_ago = listening_anywhere("na", "note.*"), now() - timedelta(days=31)
    row = {"webhook_id": hook_id, "record_id": hook_id, "event": "note.posted", "body": "{}",
           "created_at": long_ago}  # fmt: skip
    count = 2 * sweeping.BATCH + 200
    with any_world.writing() as session:
        session.execute(
            insert(Delivery), [{**row, "message_id": f"old_{number}"} for number in range(count)]
        )
        session.commit()
    note(any_world, "lin", "huadong")
    worker = Worker(any_world.installation, "sweeper")
    worker.start()
    try:
        with any_world.writing() as session:
            forget(session, now())
            session.commit()
        assert len(deliveries(any_world, hook_id)) > 1
        eventually(
            lambda: [d.state for d in deliveries(any_world, hook_id)] == ["delivered"], PATIENCE
        )
    finally:
        worker.stop(patience=1)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("120", 120), (None, None), ("soon", None), ("-5", None), ("９", None), ("9" * 40, 10**8)],
)
def test_retry_after(said: str | None, seconds: int | None) -> None:
    found = pace.wish_of(said, now())
    assert found == (None if seconds is None else timedelta(seconds=seconds))


def test_a_crash_after_sending_sends_again_under_the_same_id(
    any_world: World, receiver: Receiver, listening_anywhere: MakeHook
) -> None:
    """R11: it was received, and the process ended before that was written down."""
    hook_id = listening_anywhere("na", "note.*")
    note(any_world, "lin", "huadong")

    class Killed(BaseException):
        pass

    def die(*_arguments: object) -> list[object]:
        raise Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("concord.webhooks.sending.keep", die)
        with pytest.raises(Killed):
            deliver(any_world, hook_id)
    assert deliveries(any_world, hook_id)[0].state == "waiting"
    deliver(any_world, hook_id)
    first, second = (request.headers["webhook-id"] for request in receiver.received)
    assert first == second
    assert deliveries(any_world, hook_id)[0].state == "delivered"
