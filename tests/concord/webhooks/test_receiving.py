"""H11: what a receiver refuses, by the library and by the shell lines of the documentation."""

import json
import re
import subprocess
import time
from pathlib import Path

import pytest
from standardwebhooks.webhooks import Webhook as Receiving
from standardwebhooks.webhooks import WebhookVerificationError

from tests.concord.webhooks.conftest import SECRET, MakeHook, deliver, note
from tests.servers.receiver import Received, Receiver
from tests.world import World

DOCUMENT = Path(__file__).parents[3] / "docs" / "webhooks.md"


@pytest.fixture
def request_(world: World, receiver: Receiver, listening: MakeHook) -> Received:
    hook_id = listening("na", "note.*")
    note(world, "lin", "huadong", "中文 and “quotes”")
    deliver(world, hook_id)
    return receiver.received[0]


def test_what_arrives_verifies(request_: Received) -> None:
    assert Receiving(SECRET).verify(request_.body, request_.headers)["type"] == "note.posted"


def test_another_secret_another_body_or_an_old_time_is_refused(request_: Received) -> None:
    headers, body = dict(request_.headers), request_.body
    other = "whsec_" + "A" * 43 + "="
    old = {**headers, "webhook-timestamp": str(int(time.time()) - 600)}
    altered = body.replace(b"quotes", b"quotez")
    another = {**headers, "webhook-id": "msg_1_1"}
    unsigned = {**headers, "webhook-signature": "v1,AAAA"}
    for secret, sent, with_headers in (
        (other, body, headers),
        (SECRET, altered, headers),
        (SECRET, body, old),
        (SECRET, body, another),
        (SECRET, body, unsigned),
    ):
        with pytest.raises(WebhookVerificationError):
            Receiving(secret).verify(sent, with_headers)


def test_a_replay_is_known_by_its_id(request_: Received) -> None:
    """The same message verifies twice within five minutes: who keeps ids takes it once."""
    taken: set[str] = set()
    for _ in range(2):
        Receiving(SECRET).verify(request_.body, request_.headers)
        taken.add(request_.headers["webhook-id"])
    assert len(taken) == 1


def test_the_shell_example_says_the_same(request_: Received, tmp_path: Path) -> None:
    script = re.search(r"```sh\n(#!/bin/sh.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    assert script is not None
    path, body = tmp_path / "verify", tmp_path / "body"
    path.write_text(script[1])
    body.write_bytes(request_.body)
    signature = request_.headers["webhook-signature"]
    named = [request_.headers["webhook-id"], request_.headers["webhook-timestamp"], signature]
    command = ["sh", str(path), SECRET, *named, str(body)]
    assert subprocess.run(command).returncode == 0
    body.write_bytes(request_.body.replace(b"quotes", b"quotez"))
    assert subprocess.run(command).returncode != 0


def test_the_example_message_has_the_fields_of_a_real_one(request_: Received) -> None:
    example = re.search(r"```json\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    assert example is not None
    shown, real = json.loads(example[1]), json.loads(request_.body)
    assert shown.keys() == real.keys()
    assert shown["data"].keys() == real["data"].keys()
    assert shown["data"]["record"].keys() == real["data"]["record"].keys()
