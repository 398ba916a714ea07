"""With a worker: what happens is told within moments, and a failure is tried again by itself."""

import time
from collections.abc import Callable

from concord.jobs.worker import Worker
from tests.concord.webhooks.conftest import MakeHook, deliveries, note
from tests.servers.receiver import Receiver
from tests.world import World

PATIENCE = 60


def eventually(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "it never came to be"
        time.sleep(0.1)


def test_it_is_told_and_tried_again(
    any_world: World, receiver: Receiver, listening_anywhere: MakeHook
) -> None:
    quick, failing = (
        listening_anywhere("na", "note.*"),
        listening_anywhere("na", "note.*", mode="500"),
    )
    worker = Worker(any_world.installation, "teller")
    worker.start()
    try:
        note(any_world, "lin", "huadong")
        eventually(lambda: deliveries(any_world, quick)[0].state == "delivered")
        eventually(lambda: deliveries(any_world, failing)[0].attempts == 1)
        receiver.modes["/500"] = "ok"
        eventually(lambda: deliveries(any_world, failing)[0].state == "delivered")
    finally:
        worker.stop(patience=1)
    assert deliveries(any_world, failing)[0].attempts == 2
