"""Errors to Sentry and traces to a collector: only when asked, and with nobody's data in them."""

import gzip
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
import structlog

from concord.settings import SettingsError
from concord.watching import outward
from tests.concord.watching.conftest import listening, told_otherwise
from tests.servers.receiver import Receiver, receiving
from tests.world import World

SECRETS = ("hunter2", "zhou.min@huadong.example", "concord_abcdef")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


def bodies(receiver: Receiver) -> list[bytes]:
    return [
        gzip.decompress(taken.body)
        if taken.headers.get("content-encoding") == "gzip"
        else taken.body
        for taken in receiver.received
    ]


def events(receiver: Receiver) -> list[dict[str, Any]]:
    """What Sentry would show."""
    lines = [line for body in bodies(receiver) for line in body.splitlines()]
    return [orjson.loads(line) for line in lines if b'"platform"' in line]


def test_errors_are_sent_with_their_request_and_without_data(
    world: World, receiver: Receiver
) -> None:
    pytest.importorskip("sentry_sdk")
    dsn = f"http://publickey@127.0.0.1:{receiver.port}/7"
    house = told_otherwise(world, sentry_dsn=dsn)

    def fail() -> Any:
        password = "hunter2"
        raise ValueError(f"no such person: 'zhou.min@huadong.example' concord_abcdef {password!r}")

    views = house.app.view_functions
    lin = house.client("lin")
    with house.app.test_request_context("/customers") as asked:
        endpoint = str(asked.request.endpoint)
    views[endpoint] = fail
    with listening(house):
        end = outward.start(house.installation.settings, "web")
        answer = lin.get("/customers?q=hunter2", headers={"Authorization": "Bearer hunter2"})
        structlog.get_logger("concord.test").error("it_broke", url="https://x.example/?q=hunter2")
        end()
    house.installation.database.dispose()
    assert answer.status_code == 500
    raised, logged = events(receiver)
    [exception] = raised["exception"]["values"]
    assert exception["type"] == "ValueError"
    assert exception["stacktrace"]["frames"][-1]["function"] == "fail"
    assert raised["tags"]["request_id"] == answer.headers["X-Request-ID"]
    assert (raised["tags"]["role"], raised["tags"]["event"]) == ("web", "unexpected")
    assert logged["message"] == "it_broke"
    for frame in exception["stacktrace"]["frames"]:
        for code in ("pre_context", "context_line", "post_context"):  # that of this test
            frame.pop(code, None)
    for secret in SECRETS:
        assert secret not in str([raised, logged])


def test_spans_say_what_was_done_and_not_for_whom(any_world: World, receiver: Receiver) -> None:
    pytest.importorskip("opentelemetry.exporter.otlp.proto.http")
    from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
        ExportTraceServiceRequest,
    )

    endpoint = f"http://127.0.0.1:{receiver.port}"
    house = told_otherwise(any_world, otlp_endpoint=endpoint)
    lin = house.client("lin")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)
        end = outward.start(house.installation.settings, "web")
        foreign = {"traceparent": f"00-{'a' * 32}-{'b' * 16}-01"}
        answer = lin.get("/customers?q=hunter2", headers=foreign)
        end()
    house.installation.database.dispose()
    sent = [ExportTraceServiceRequest.FromString(body) for body in bodies(receiver)]
    spans = [s for m in sent for r in m.resource_spans for c in r.scope_spans for s in c.spans]
    [request] = [span for span in spans if not span.parent_span_id]
    statements = [span for span in spans if span.parent_span_id == request.span_id]
    said = {pair.key: pair.value for pair in request.attributes}
    assert said["concord.request_id"].string_value == answer.headers["X-Request-ID"]
    assert said["http.response.status_code"].int_value == 200
    assert said["concord.statements"].int_value == len(statements) >= 1
    assert request.trace_id.hex() != "a" * 32, "a stranger's trace is not taken over"
    assert {"SELECT"} >= {span.name for span in statements} - {"WITH"}
    assert b"hunter2" not in b"".join(bodies(receiver))


def test_nothing_is_sent_unless_asked_for(world: World, receiver: Receiver) -> None:
    with listening(world):
        outward.start(world.installation.settings, "web")()
        structlog.get_logger("concord.test").error("it_broke")
    assert not receiver.received


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("CONCORD_SENTRY_DSN", "http://key@127.0.0.1:9/7"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9"),
    ],
)
def test_what_is_asked_for_and_not_installed_is_one_sentence(
    world: World, monkeypatch: pytest.MonkeyPatch, setting: str, value: str
) -> None:
    monkeypatch.setattr(outward, "_is_installed", lambda _module: False)
    named = {"CONCORD_SENTRY_DSN": "sentry_dsn"}.get(setting, "otlp_endpoint")
    house = told_otherwise(world, **{named: value})
    with pytest.raises(SettingsError, match=rf"^{setting} is set, but its package is not .*\.$"):
        outward.check(house.installation.settings)
    house.installation.database.dispose()
