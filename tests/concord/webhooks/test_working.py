"""With a worker: what happens is told within moments, and a failure is tried again by itself."""

from concord.jobs.worker import Worker
from tests.concord.webhooks.conftest import MakeHook, deliveries, note
from tests.servers.receiver import Receiver
from tests.waiting import eventually
from tests.world import World

PATIENCE = 60


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
        eventually(lambda: deliveries(any_world, quick)[0].state == "delivered", PATIENCE)
        eventually(lambda: deliveries(any_world, failing)[0].attempts == 1, PATIENCE)
        receiver.modes["/500"] = "ok"
        eventually(lambda: deliveries(any_world, failing)[0].state == "delivered", PATIENCE)
    finally:
        worker.stop(patience=1)
    assert deliveries(any_world, failing)[0].attempts == 2
