"""D03, D06, E08: what strangers send is shown to the mighty as words, and opens no door inside."""

import socket
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from concord.identity.models import User
from concord.mail.models import Mail
from tests.attacks.poison import LINE
from tests.attacks.test_markup import check
from tests.concord.identity.house import House
from tests.concord.jobs.test_pages import failed
from tests.concord.webhooks.conftest import deliver, deliveries, hooks_in, note
from tests.servers.receiver import Receiver, receiving
from tests.world import World, fingerprint

SCRIPT = "<script>pwn()</script>"
AGENT = {"User-Agent": f"Mozilla/5.0 {SCRIPT} {LINE}"}


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


def test_what_a_stranger_typed_at_the_door_is_words_in_the_audit(world: World) -> None:
    """D03: names, browsers and addresses of whoever is not even known."""
    house, stranger = House(world), world.client()
    for path, sent in (
        ("/login", {"email": f"{SCRIPT}@x.example", "password": LINE}),
        ("/login", {"email": "na@beacon.example", "password": LINE}),
        ("/password/forgot", {"email": f"{SCRIPT}@x.example"}),
        (f"/invitations/{SCRIPT}", {"name": LINE, "password": LINE}),
    ):
        stranger.post(path, data=sent, headers=AGENT)
    lin = world.client()
    door = {"email": house.email("lin"), "password": "a lamp in every window"}
    assert lin.post("/login", data=door, headers=AGENT).status_code == 303
    na = world.client("na")
    for path in ("/settings/audit", "/settings/people", f"/settings/people/{world.people['lin']}"):
        answer = na.get(path)
        check(answer)
        assert SCRIPT not in answer.text, path
    devices = lin.get("/settings/devices")
    check(devices)
    assert SCRIPT not in devices.text


def test_the_answer_of_a_receiver_is_words_in_the_log(world: World, receiver: Receiver) -> None:
    """D03: another machine wrote it, and only an administrator reads it."""
    hook_id = hooks_in(world, receiver)("na", "note.*", mode="markup", title=LINE)
    note(world, "lin", "huadong", LINE)
    deliver(world, hook_id)
    (delivery,) = deliveries(world, hook_id)
    for path in ("", f"/{hook_id}", f"/{hook_id}/deliveries/{delivery.id}"):
        answer = world.client("na").get(f"/settings/webhooks{path}")
        assert answer.status_code == 200
        words = check(answer)
    assert SCRIPT in words, "shown, as words"


def test_the_error_of_a_job_is_words_on_its_page(world: World) -> None:
    """D03: an error quotes what made it."""
    job_id = failed(world, f"ValueError: {LINE}")
    for path in ("", f"/{job_id}"):
        assert LINE in check(world.client("na").get(f"/settings/jobs{path}")), path


def test_a_value_in_an_address_makes_nobody_an_administrator(world: World) -> None:
    """D06: fields of a form that come in the address are not the form's."""
    before = fingerprint(world)
    na, rita = world.client("na"), world.people["rita"]
    query = {"with_roles": "1", "roles": "administrator", "name": "Rita"}
    for path in (f"/settings/people/{rita}", "/settings/people", "/settings/invite"):
        assert na.get(path, query_string=query).status_code == 200
        na.post(path, query_string=query)
    assert fingerprint(world) == before


def quiet_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.mark.parametrize("person", ["lin", "maya", "zhou", "huang"])
def test_nobody_else_has_a_server_asked(world: World, receiver: Receiver, person: str) -> None:
    """E08: mail, providers and receivers are tried by whoever looks after them, and only so."""
    before, letters = fingerprint(world), _letters(world)
    issuer = {"name": "Inside", "issuer": receiver.url, "client_id": "x", "client_secret": "y"}
    for path, sent in (
        ("/settings/organisation/test-mail", {"to": "x@evil.example", "host": receiver.url}),
        ("/settings/sign-in/providers", issuer),
        ("/settings/webhooks/1/ping", {}),
    ):
        answer = world.client(person).post(path, data=sent)
        assert answer.status_code in (403, 404), (path, answer.status_code)
    assert (receiver.connections, _letters(world)) == (0, letters)
    assert fingerprint(world) == before


def test_a_test_mail_goes_to_oneself_by_the_house_s_own_server(world: World) -> None:
    """E08, B04: neither the address nor the server is the asker's to choose."""
    sent = {"to": "x@evil.example", "email": "x@evil.example", "host": "127.0.0.1", "port": "25"}
    world.client("na").post("/settings/organisation/test-mail", data=sent)
    with world.reading() as session:
        mail = session.scalars(select(Mail).order_by(Mail.id.desc())).first()
        assert mail is not None
        assert mail.to_address == session.get_one(User, world.people["na"]).email


def test_a_test_tells_no_port_inside_from_another(world: World, receiver: Receiver) -> None:
    """E08: open, closed, or not there, what may not be asked gets one answer, and is not asked."""
    said: set[object] = set()
    for url in (receiver.url, f"http://127.0.0.1:{quiet_port()}", "http://169.254.169.254"):
        sent = {"url": f"{url}/hook", "events": ["note.*"]}
        made = world.api("na").post("/api/v1/webhooks", json=sent)
        if made.status_code == 422:
            said.add((422, str(made.get_json()["errors"])))
            continue
        tried = world.api("na").post(f"/api/v1/webhooks/{made.get_json()['id']}/ping").get_json()
        deliver(world, made.get_json()["id"])
        (delivery,) = deliveries(world, made.get_json()["id"])
        said.add((delivery.error, delivery.status, delivery.answer, tried.get("error")))
    assert len(said) == 1, said
    assert receiver.connections == 0


def _letters(world: World) -> int:
    with world.reading() as session:
        return session.scalar(select(func.count()).select_from(Mail)) or 0
