"""Webhooks by API: the secret once, the log for its readers, and nobody else's business."""

import logging
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook as Receiving
from standardwebhooks.webhooks import WebhookVerificationError

from concord.webhooks.models import Webhook
from tests.concord.webhooks.conftest import (
    SECRET,
    MakeHook,
    deliver,
    deliveries,
    hook,
    is_due_now,
    note,
)
from tests.servers.receiver import Receiver
from tests.world import World, fingerprint

URL = "https://planning.example.com/hook"


def made(world: World, person: str, **more: Any) -> Any:
    sent = {"url": URL, "events": ["company.*"], **more}
    return world.api(person).post("/api/v1/webhooks", json=sent)


def test_the_secret_is_shown_once_and_kept_sealed(world: World) -> None:
    answer = made(world, "na")
    assert answer.status_code == 201, answer.text
    found = answer.get_json()
    assert found["secret"].startswith("whsec_")
    assert (found["title"], found["events"], found["scopes"]) == (
        "planning.example.com",
        ["company.*"],
        [],
    )
    path = f"/api/v1/webhooks/{found['id']}"
    assert world.api("na").get(path).get_json()["secret"] is None
    assert world.api("na").get("/api/v1/webhooks").get_json()["items"][-1]["secret"] is None
    assert hook(world, found["id"]).secret.startswith("sealed:")


def test_a_repeated_request_makes_one_webhook_and_repeats_no_secret(world: World) -> None:
    na = world.api("na")
    sent = {"url": URL, "events": ["*"]}
    first, second = (
        na.post("/api/v1/webhooks", json=sent, headers={"Idempotency-Key": "one"}) for _ in range(2)
    )
    assert second.headers["Idempotency-Replayed"] == "true"
    assert first.get_json()["id"] == second.get_json()["id"]
    assert first.get_json()["secret"].startswith("whsec_")
    assert second.get_json()["secret"] is None


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"url": "ftp://example.com/"}, "url"),
        ({"url": "http://lin:pw@example.com/"}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "https://example.com/" + "x" * 2000}, "url"),
        ({"url": 7}, "url"),
        ({"url": ["https://example.com"]}, "url"),
        ({"events": []}, "events"),
        ({"events": ["company.*", "company.exploded"]}, "events"),
        ({"events": "*"}, "events"),
        ({"events": [1]}, "events.0"),
        ({"secret": "hello"}, "secret"),
        ({"secret": "whsec_c2hvcnQ="}, "secret"),
        ({"title": "x" * 201}, "title"),
        ({"title": "a\x00b"}, "title"),
        ({"owner_id": 1}, "owner_id"),
        ({"scopes": []}, "scopes"),
    ],
)
def test_what_cannot_be_taken_is_refused(world: World, sent: dict[str, Any], field: str) -> None:
    before = fingerprint(world)
    answer = made(world, "na", **sent)
    assert answer.status_code == 422, answer.text
    assert field in answer.get_json()["errors"]
    assert fingerprint(world) == before


def test_others_do_not_know_of_it(world: World) -> None:
    """Na made it. Maya may keep webhooks of her own, Lin none; outside there is no such thing."""
    found = made(world, "na").get_json()["id"]
    before = fingerprint(world)
    delivery = f"/api/v1/webhooks/{found}/deliveries"
    paths = [("GET", f"/api/v1/webhooks/{found}"), ("GET", delivery), ("GET", f"{delivery}/1")]
    posts = [f"/api/v1/webhooks/{found}/{verb}" for verb in ("ping", "secret", "stop", "start")]
    changes = [("POST", path) for path in (*posts, f"{delivery}/1/resend")]
    changes += [("PATCH", f"/api/v1/webhooks/{found}"), ("DELETE", f"/api/v1/webhooks/{found}")]
    for person, status in (("maya", 404), ("lin", 403), ("zhou", 404), ("huang", 404)):
        for method, path in (*paths, *changes):
            sent = {"url": URL} if method == "PATCH" else None
            answer = world.api(person).open(path, method=method, json=sent)
            assert answer.status_code == status, (person, method, path)
    assert world.api("maya").get("/api/v1/webhooks").get_json()["items"] == []
    assert world.api(None).get("/api/v1/webhooks").status_code == 401
    assert fingerprint(world) == before


def test_an_administrator_may_stop_but_not_redirect_what_another_sees(world: World) -> None:
    found = made(world, "maya").get_json()["id"]
    na, path = world.api("na"), f"/api/v1/webhooks/{found}"
    assert na.patch(path, json={"url": "https://evil.example/"}).status_code == 403
    assert na.post(f"{path}/secret").status_code == 403
    assert hook(world, found).url == URL
    assert na.post(f"{path}/stop").get_json()["stopped_for"] == "by_hand"
    assert "stopped the webhook" in world.client("maya").get("/notifications").text
    assert na.delete(path).status_code == 204
    assert world.api("maya").get(path).status_code == 404


def test_the_log_shows_answers_to_administrators_only(
    world: World, receiver: Receiver, listening: MakeHook
) -> None:
    """E06: the receiver may be a machine that only this one reaches."""
    hook_id = listening("maya", "note.*")
    note(world, "lin", "huadong", "Visible to Maya")
    deliver(world, hook_id)
    path = f"/api/v1/webhooks/{hook_id}/deliveries"
    (line,) = world.api("maya").get(path).get_json()["items"]
    assert (line["state"], line["status"]) == ("delivered", 200)
    mine = world.api("maya").get(f"{path}/{line['id']}").get_json()
    assert (mine["body"]["data"]["fact"]["excerpt"], mine["answer"]) == ("Visible to Maya", None)
    assert world.api("na").get(f"{path}/{line['id']}").get_json()["answer"] == "hello"
    page = f"/settings/webhooks/{hook_id}/deliveries/{line['id']}"
    assert "hello" in world.client("na").get(page).text
    assert "hello" not in world.client("maya").get(page).text
    assert "Visible to Maya" in world.client("maya").get(page).text


def test_one_is_sent_again_under_the_same_id(
    world: World, receiver: Receiver, listening: MakeHook
) -> None:
    hook_id = listening("na", "note.*")
    note(world, "lin", "huadong")
    deliver(world, hook_id)
    (delivery,) = deliveries(world, hook_id)
    path = f"/api/v1/webhooks/{hook_id}/deliveries/{delivery.id}/resend"
    assert world.api("na").post(path).status_code == 202
    deliver(world, hook_id)
    first, second = receiver.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    assert world.api("na").post(path.replace(str(delivery.id), "999999")).status_code == 404
    assert world.api("na").post(path.replace(f"/{delivery.id}/", f"/{2**70}/")).status_code == 404


def test_everything_that_failed_since_a_moment_is_sent_again(
    world: World, receiver: Receiver, listening: MakeHook
) -> None:
    hook_id = listening("na", "note.*", mode="500")
    for number in range(3):
        note(world, "lin", "huadong", f"Note {number}")
    for _ in range(40):
        is_due_now(world, hook_id)
        deliver(world, hook_id)
    assert {d.state for d in deliveries(world, hook_id)} == {"failed"}
    receiver.modes["/500"] = "ok"
    receiver.received.clear()
    since = {"since": "2020-01-01T00:00:00Z"}
    answer = world.api("na").post(f"/api/v1/webhooks/{hook_id}/resend", json=since)
    assert answer.status_code == 204
    deliver(world, hook_id)
    assert [d.state for d in deliveries(world, hook_id)] == ["delivered"] * 3
    assert len(receiver.received) == 3


def test_a_test_message_reaches_a_stopped_webhook_too(
    world: World, receiver: Receiver, listening: MakeHook
) -> None:
    hook_id = listening("na", "note.*")
    assert world.api("na").post(f"/api/v1/webhooks/{hook_id}/stop").status_code == 200
    assert world.api("na").post(f"/api/v1/webhooks/{hook_id}/ping").status_code == 202
    deliver(world, hook_id)
    (request,) = receiver.received
    said = Receiving(SECRET).verify(request.body, request.headers)
    assert (said["type"], said["data"]["actor"]["name"]) == ("webhook.ping", "Li Na")


def test_a_failed_test_is_not_tried_again(
    world: World, receiver: Receiver, listening: MakeHook
) -> None:
    hook_id = listening("na", "note.*", mode="500")
    world.api("na").post(f"/api/v1/webhooks/{hook_id}/ping")
    deliver(world, hook_id)
    (delivery,) = deliveries(world, hook_id)
    assert (delivery.state, delivery.status) == ("failed", 500)
    assert hook(world, hook_id).failures == 0


def test_while_a_secret_is_renewed_both_verify(
    world: World, receiver: Receiver, listening: MakeHook
) -> None:
    hook_id = listening("na", "note.*")
    renewed = world.api("na").post(f"/api/v1/webhooks/{hook_id}/secret").get_json()["secret"]
    note(world, "lin", "huadong")
    deliver(world, hook_id)
    (request,) = receiver.received
    assert len(request.headers["webhook-signature"].split(" ")) == 2
    for secret in (SECRET, renewed):
        assert Receiving(secret).verify(request.body, request.headers)
    with world.writing() as session:
        session.get_one(Webhook, hook_id).former_until = None
        session.commit()
    note(world, "lin", "huadong", "A day later")
    deliver(world, hook_id)
    last = receiver.received[-1]
    assert Receiving(renewed).verify(last.body, last.headers)
    with pytest.raises(WebhookVerificationError):
        Receiving(SECRET).verify(last.body, last.headers)


def test_neither_log_nor_audit_nor_delivery_holds_a_secret(
    world: World, receiver: Receiver, listening: MakeHook, caplog: pytest.LogCaptureFixture
) -> None:
    """H08."""
    caplog.set_level(logging.DEBUG)
    hook_id = listening("na", "*")
    token = world.token("na")
    renewed = world.api("na").post(f"/api/v1/webhooks/{hook_id}/secret").get_json()["secret"]
    note(world, "lin", "huadong")
    deliver(world, hook_id)
    with world.reading() as session:
        connection = session.connection()
        dumped = "\n".join(
            str(row)
            for table in ("concord_audit", "concord_webhook_deliveries", "concord_idempotency")
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}")  # noqa: S608
        )
    for secret in (SECRET, renewed, token, SECRET.removeprefix("whsec_")):
        assert secret not in dumped
        assert secret not in caplog.text


def test_it_can_be_changed_with_the_version_that_was_read(world: World) -> None:
    answer = made(world, "na")
    path = f"/api/v1/webhooks/{answer.get_json()['id']}"
    tag = world.api("na").get(path).headers["ETag"]
    change = {"events": ["contact.*"], "title": "ERP"}
    first = world.api("na").patch(path, json=change, headers={"If-Match": tag})
    second = world.api("na").patch(path, json={"title": "Late"}, headers={"If-Match": tag})
    assert (first.status_code, second.status_code) == (200, 412)
    assert first.get_json()["events"] == ["contact.*"]


def test_deliveries_come_in_pages_and_by_state(
    world: World, receiver: Receiver, listening: MakeHook
) -> None:
    hook_id = listening("na", "note.*")
    for number in range(5):
        note(world, "lin", "huadong", f"Note {number}")
    deliver(world, hook_id)
    na, path = world.api("na"), f"/api/v1/webhooks/{hook_id}/deliveries"
    first = na.get(f"{path}?limit=3").get_json()
    rest = na.get(f"{path}?limit=3&cursor={first['next']}").get_json()
    assert (len(first["items"]), len(rest["items"]), rest["next"]) == (3, 2, None)
    assert na.get(f"{path}?state=failed").get_json()["items"] == []
    for query in ("state=lost", "colour=red", "limit=3&limit=4", "limit=x"):
        assert na.get(f"{path}?{query}").status_code == 422, query
