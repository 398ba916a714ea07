"""A browser is rung with what only it can read, as long as its person may know it."""

import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import http_ece
import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import delete, func, select

from concord.clock import now
from concord.identity.models import SignedSession, User
from concord.installation import using
from concord.notifications.hours import keep_clock
from concord.push.models import PushSubscription
from concord.push.sending import push_waiting
from tests.concord.notifications.telling import waiting, write_on
from tests.world import World

BROWSERS = "/push/browsers"


class PushService(BaseHTTPRequestHandler):
    """What browsers' makers run: takes encrypted bodies for browsers that may be gone."""

    status = 201
    received: list[tuple[dict[str, str], bytes]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.received.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(self.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_words: Any) -> None:
        pass


@pytest.fixture
def service() -> Iterator[type[PushService]]:
    class Own(PushService):
        received: list[tuple[dict[str, str], bytes]] = []
        port = 0

    with HTTPServer(("127.0.0.1", 0), Own) as server:
        Own.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Own
        server.shutdown()


@dataclass
class Phone:
    """A browser of Lin's: its keys, and the page it subscribed from."""

    key: ec.EllipticCurvePrivateKey
    secret: bytes
    browser: Any

    def read(self, body: bytes) -> dict[str, str]:
        words = http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret)
        found: dict[str, str] = orjson.loads(words)
        return found


def encoded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


@pytest.fixture
def phone(world: World, service: type[PushService]) -> Phone:
    port = service.port  # type: ignore[attr-defined]
    settings = replace(world.installation.settings, outgoing_allow=(f"127.0.0.1:{port}",))
    world.installation.settings = settings
    found = Phone(ec.generate_private_key(ec.SECP256R1()), b"s" * 16, world.client("lin"))
    point = found.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    key = found.browser.post("/push/key").get_json()["key"]
    assert len(key) > 80
    given = {"p256dh": encoded(point), "auth": encoded(found.secret)}
    endpoint = f"http://127.0.0.1:{port}/push/lin"
    answer = found.browser.post(BROWSERS, data={"endpoint": endpoint, **given})
    assert answer.status_code == 200, answer.text
    return found


def ring(world: World, person: str = "lin") -> None:
    with using(world.installation):
        push_waiting(world.installation.database, world.people[person])


def mention(world: World) -> int:
    return write_on(world, "anna", "huadong", "@Lin, secret words.", mentions=["lin"])


def browsers(world: World) -> int:
    with world.reading() as session:
        return session.scalar(select(func.count()).select_from(PushSubscription)) or 0


def test_a_mention_rings_with_a_sentence_that_only_the_browser_reads(
    world: World, phone: Phone, service: type[PushService]
) -> None:
    entry_id = mention(world)
    assert ("push", entry_id) in waiting(world, "lin")
    ring(world)
    [(headers, body)] = service.received
    assert headers["authorization"].startswith("vapid t=")
    assert headers["content-encoding"] == "aes128gcm"
    assert b"Anna" not in body
    said = phone.read(body)
    assert said["title"].startswith("Anna Schmidt mentioned you")
    assert said["url"].endswith(f"#entry-{entry_id}")
    assert "secret words" not in str(said)
    ring(world)
    assert len(service.received) == 1


def test_who_may_not_know_it_any_more_is_not_rung(
    world: World, phone: Phone, service: type[PushService]
) -> None:
    mention(world)
    with world.writing() as session:
        session.get_one(User, world.people["lin"]).disabled_at = now()
        session.commit()
    ring(world)
    assert service.received == []


def test_in_quiet_hours_nothing_rings(
    world: World, phone: Phone, service: type[PushService]
) -> None:
    with world.writing() as session:
        keep_clock(session, world.people["lin"], quiet=[[0, 0]] * 7)
        session.commit()
    mention(world)
    ring(world)
    assert service.received == []
    assert waiting(world, "lin")


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(
    world: World, phone: Phone, service: type[PushService], status: int
) -> None:
    service.status = status
    mention(world)
    ring(world)
    assert browsers(world) == 0


def test_a_service_that_fails_loses_nobody(
    world: World, phone: Phone, service: type[PushService]
) -> None:
    service.status = 503
    mention(world)
    ring(world)
    assert browsers(world) == 1


def test_an_address_inside_is_not_rung(world: World, phone: Phone, service: Any) -> None:
    """E01: the endpoint came from outside; only public addresses are asked, or named ones."""
    world.installation.settings = replace(world.installation.settings, outgoing_allow=())
    mention(world)
    ring(world)
    assert service.received == []
    assert browsers(world) == 0


def test_signing_out_ends_the_ringing(world: World, phone: Phone) -> None:
    with world.writing() as session:
        session.execute(delete(SignedSession).where(SignedSession.user_id == world.people["lin"]))
        session.commit()
    assert browsers(world) == 0


def test_only_ones_own_browsers_are_shown_and_removed(world: World, phone: Phone) -> None:
    with world.reading() as session:
        mine = session.scalars(select(PushSubscription.id)).one()
    assert world.client("anna").post(f"{BROWSERS}/{mine}/remove").status_code == 404
    assert world.client("zhou").post(f"{BROWSERS}/{mine}/remove").status_code == 404
    assert world.client("lin").post(f"{BROWSERS}/{10**30}/remove").status_code == 404
    assert browsers(world) == 1
    assert phone.browser.post(f"{BROWSERS}/{mine}/remove").status_code == 303
    assert browsers(world) == 0


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"endpoint": "ftp://push.example/x"},
        {"endpoint": "http://push.example/x"},
        {"endpoint": "https://push.example/" + "x" * 2000},
        {"p256dh": "AAAA"},
        {"auth": "💥"},
    ],
)
def test_what_no_browser_sends_is_refused(world: World, given: dict[str, str]) -> None:
    keys = {"p256dh": encoded(b"p" * 65), "auth": encoded(b"s" * 16)}
    whole = {"endpoint": "https://push.example/x", **keys}
    sent = {**whole, **given} if given else {}
    assert world.client("lin").post(BROWSERS, data=sent).status_code == 422
    assert browsers(world) == 0


def test_the_worker_names_nobody_and_stands_for_every_page(world: World) -> None:
    answer = world.client().get("/service-worker.js")
    assert answer.status_code == 200
    assert answer.mimetype == "text/javascript"
    assert "showNotification" in answer.text
