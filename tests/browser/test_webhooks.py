"""An administrator adds a webhook, sees its secret once, and watches the log move by itself."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import NewContext
from tests.browser.test_every_screen import context_of
from tests.servers.concord import Process, environment_for
from tests.servers.receiver import Receiver, receiving
from tests.world import World

PATIENCE = 30_000


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@pytest.fixture
def house(world: World, receiver: Receiver, tmp_path: Path) -> Iterator[Process]:
    url = world.installation.settings.database_url
    allowed = {"CONCORD_OUTGOING_ALLOW": f"127.0.0.1:{receiver.port}"}
    process = Process("all", tmp_path, environment_for(tmp_path, url, **allowed))
    yield process.start()
    process.stop()


def test_na_connects_another_program(
    world: World, house: Process, receiver: Receiver, new_context: NewContext
) -> None:
    page = context_of(world, house, new_context, "na", ("en", "light", 1440)).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{house.url}/settings/webhooks")
    page.get_by_role("link", name="New webhook").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Address").fill(f"{receiver.url}/ok")
    dialog.get_by_role("button", name="Make the webhook").click()
    dialog.get_by_text("Choose at least one event.").wait_for()
    assert dialog.get_by_label("Address").input_value() == f"{receiver.url}/ok"
    dialog.get_by_text("Timelines").click()
    dialog.get_by_label("Wrote on …", exact=True).check()
    dialog.get_by_role("button", name="Make the webhook").click()
    secret = dialog.get_by_label("Secret")
    secret.wait_for()
    assert re.fullmatch(r"whsec_\S+", secret.input_value())
    dialog.get_by_role("button", name="Done").click()
    page.get_by_text("Nothing was delivered yet").wait_for()
    note = {"kind": "note", "body": "They called"}
    path = f"/api/v1/records/{world.records['huadong']}/timeline"
    assert world.api("lin").post(path, json=note).status_code == 201
    line = page.get_by_role("row", name=re.compile("Wrote on …"))
    line.get_by_text("Delivered").wait_for()
    page.get_by_role("button", name="Send a test").click()
    page.get_by_role("row", name=re.compile("Test message")).get_by_text("Delivered").wait_for()
    line.get_by_role("link").click()
    dialog.get_by_text("They called").wait_for()
    assert len(receiver.received) == 2
