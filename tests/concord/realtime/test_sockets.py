"""Who may hear what (G01–G05): judged at the server, for as long as the socket is open."""

import json
import socket
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
import socketio
import websocket

from concord.actors import SYSTEM
from concord.identity import users
from concord.identity.memberships import remove
from concord.identity.models import ApiToken, PortalMembership, User
from concord.identity.sessions import COOKIE
from concord.identity.tokens import revoke
from concord.records.actions import archive
from concord.timeline.actions import post
from tests.servers.concord import Process, environment_for
from tests.waiting import eventually
from tests.world import World, copied

pytestmark = pytest.mark.faults

SOON = 5.0


@pytest.fixture(scope="module")
def world(told_on_sqlite: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One world for all of this page: each test takes its rights from somebody else."""
    folder = tmp_path_factory.mktemp("sockets")
    found = copied(told_on_sqlite, folder)
    yield found
    found.close()


@pytest.fixture(scope="module")
def house(world: World) -> Iterator[Process]:
    settings = world.installation.settings
    environment = environment_for(settings.data_dir, settings.database_url)
    process = Process("all", settings.data_dir / "all", environment)
    yield process.start()
    process.stop()


class Client:
    """A socket client that remembers all it heard."""

    def __init__(self, house: Process) -> None:
        self.house = house
        self.heard: list[tuple[str, Any]] = []
        self.socket = socketio.Client(reconnection=False)
        self.socket.on("*", lambda event, data=None: self.heard.append((event, data)))

    def connect(self, **options: Any) -> "Client":
        self.socket.connect(self.house.url, transports=["websocket"], **options)
        return self

    def subscribe(self, *topics: Any) -> dict[str, Any]:
        answer: dict[str, Any] = self.socket.call("subscribe", {"topics": list(topics)}, timeout=5)
        return answer

    def changes(self) -> list[Any]:
        return [data for event, data in self.heard if event == "changed"]


@pytest.fixture
def open_socket(world: World, house: Process) -> Iterator[Callable[..., Client]]:
    opened: list[Client] = []

    def connect(person: str, **options: Any) -> Client:
        options.setdefault("auth", {"token": world.token(person)})
        opened.append(Client(house).connect(**options))
        return opened[-1]

    yield connect
    for client in opened:
        client.socket.disconnect()


def note(world: World, house: Process, key: str, body: str = "A word.", **more: Any) -> None:
    """Post through the serving process, which is the one that rings."""
    answer = requests.post(
        f"{house.url}/api/v1/records/{world.records[key]}/timeline",
        json={"kind": "note", "body": body, **more},
        headers={"Authorization": f"Bearer {world.token('anna')}"},
        timeout=10,
    )
    assert answer.status_code == 201, answer.text


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"auth": {"token": "concord_wrong"}},
        {"auth": {"token": 5}},
        {"auth": ["token"]},
        {"headers": {"Cookie": f"{COOKIE}=wrong"}},
    ],
)
def test_nobody_unknown_gets_a_socket(house: Process, options: dict[str, Any]) -> None:
    with pytest.raises(socketio.exceptions.ConnectionError):
        Client(house).connect(**options)


def shaken_hands(house: Process, cookie: str, *headers: str, origin: str | None) -> str:
    """The answer to a handshake by hand: a client library would add an origin."""
    url = house.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    try:
        opened = websocket.create_connection(
            url, timeout=5, cookie=cookie, header=list(headers), origin=origin,
            suppress_origin=origin is None,
        )  # fmt: skip
    except websocket.WebSocketBadStatusException as error:
        return str(error.status_code)
    opened.recv()
    opened.send("40")
    answer = str(opened.recv())
    opened.close()
    return answer


def test_a_cookie_opens_a_socket_only_from_our_own_pages(world: World, house: Process) -> None:
    """G04: another origin is 400, also with a forged host; no origin at all is refused."""
    cookie = f"{COOKIE}={world.sign_in('lin')}"
    evil = "http://evil.example"
    assert shaken_hands(house, cookie, origin=evil) == "400"
    assert shaken_hands(house, cookie, "X-Forwarded-Host: evil.example", origin=evil) == "400"
    assert shaken_hands(house, cookie, origin=None).startswith("44")
    assert shaken_hands(house, cookie, origin=house.url).startswith('40{"sid"')
    assert shaken_hands(house, f"{COOKIE}=wrong", origin=house.url).startswith("44")


def test_topics_that_are_not_theirs_are_not_found(
    world: World, open_socket: Callable[..., Client]
) -> None:
    """G01: guessed ids, other companies, kinds, nonsense: all the same answer."""
    huadong, hengtai = world.records["huadong"], world.records["hengtai"]
    ursula = open_socket("ursula")
    foreign = [f"record:{huadong}", f"record:{hengtai}", f"record:{huadong}:staff"]
    senseless = ["record:999999", "record:-1", "record:1e9", "kind:company", "user:1", "admin", ""]
    asked = foreign + senseless
    answer = ursula.subscribe(*asked, 7, None, {"topic": "record:1"})
    assert set(answer) == set(asked)
    assert all(found == {"ok": False, "error": "not found"} for found in answer.values())
    own = open_socket("zhou").subscribe(f"record:{huadong}")
    assert own[f"record:{huadong}"]["ok"] is True


def test_events_to_rooms_never_joined_do_nothing(
    world: World, house: Process, open_socket: Callable[..., Client]
) -> None:
    """G02: a client cannot ring others, join rooms by name, or be somebody else."""
    topic = f"record:{world.records['huadong']}"
    zhou, ursula = open_socket("zhou"), open_socket("ursula")
    zhou.subscribe(topic)
    for event in ("changed", "inbox", "join", "message", "presence"):
        payload = {"topic": topic, "position": 99, "user_id": 1, "room": f"{topic}:staff"}
        ursula.socket.emit(event, payload)
    ursula.socket.emit("subscribe", "not a mapping")
    ursula.socket.emit("subscribe", {"topics": "record:1"})
    time.sleep(0.5)
    assert not zhou.changes()
    note(world, house, "huadong")
    time.sleep(0.5)
    assert not ursula.changes()


def test_each_side_hears_only_its_own_stream_and_only_positions(
    world: World, house: Process, open_socket: Callable[..., Client]
) -> None:
    """G05: what travels is a topic and a position; what is internal does not even ring outside."""
    topic = f"record:{world.records['huadong']}"
    lin, zhou = open_socket("lin"), open_socket("zhou")
    lin.subscribe(topic)
    start = zhou.subscribe(topic)[topic]["position"]
    note(world, house, "huadong", "Floor price 12 %")
    eventually(lambda: len(lin.changes()) == 1, SOON)
    time.sleep(0.5)
    assert not zhou.changes()
    note(world, house, "huadong", "Hello", audience="customer")
    eventually(lambda: zhou.changes() == [{"topic": topic, "position": start + 1}], SOON)
    assert all(set(change) == {"topic", "position"} for change in lin.changes())


@pytest.mark.parametrize("how", ["signed out", "disabled", "token revoked", "left the company"])
def test_losing_the_right_to_be_here_closes_the_socket(
    world: World, house: Process, open_socket: Callable[..., Client], how: str
) -> None:
    """G03 and A01: within five seconds, whoever took the right away and in whatever process."""
    person = {"disabled": "sun", "left the company": "paul", "token revoked": "emily"}.get(
        how, "lin"
    )
    if how == "signed out":
        token = world.sign_in(person)
        client = open_socket(person, headers={"Cookie": f"{COOKIE}={token}"}, auth=None)
        browser = world.client()
        browser.set_cookie(COOKIE, token)
        assert browser.post("/logout").status_code in (200, 302, 303)
    else:
        client = open_socket(person)
        with world.act("na") as (session, na):
            user = session.get_one(User, world.people[person])
            if how == "disabled":
                users.disable(session, na, user)
            elif how == "token revoked":
                row = session.query(ApiToken).filter_by(user_id=user.id).one()
                revoke(session, na, row)
            else:
                membership = session.query(PortalMembership).filter_by(user_id=user.id).one()
                remove(session, na, membership)
    eventually(lambda: not client.socket.connected, SOON, f"still connected after: {how}")


def test_one_who_does_not_listen_keeps_nobody_else_connected(
    world: World, house: Process, open_socket: Callable[..., Client]
) -> None:
    """G03: ending the socket of somebody whose connection is jammed holds up no other ending."""
    deaf = jammed(house, world.token("tom"))
    client = open_socket("maya")
    with world.act("na") as (session, na):
        for person in ("tom", "maya"):
            row = session.query(ApiToken).filter_by(user_id=world.people[person]).one()
            revoke(session, na, row)
    eventually(lambda: not client.socket.connected, SOON)
    again = open_socket("wei")
    with world.act("na") as (session, na):
        row = session.query(ApiToken).filter_by(user_id=world.people["wei"]).one()
        revoke(session, na, row)
    eventually(lambda: not again.socket.connected, SOON)
    deaf.close()


def jammed(house: Process, token: str) -> websocket.WebSocket:
    """A socket that asks for more than the pipe holds and reads nothing of it."""
    url = house.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    small = ((socket.SOL_SOCKET, socket.SO_RCVBUF, 4096),)
    opened = websocket.create_connection(url, timeout=10, sockopt=small)
    opened.recv()
    opened.send("40" + json.dumps({"token": token}))
    assert str(opened.recv()).startswith('40{"sid"')
    # Each answer repeats the topics, spelt out, and is three times as long as what was asked.
    topics = [f"{number:03}" + "🔔" * 76 for number in range(200)]
    asked = json.dumps(["subscribe", {"topics": topics}], ensure_ascii=False)
    for number in range(60):
        opened.send(f"42{number}" + asked)
    return opened


def test_losing_a_role_ends_hearing_of_what_it_showed(
    world: World, house: Process, open_socket: Callable[..., Client]
) -> None:
    """G03: whoever keeps the socket and loses the role hears no more, within five seconds."""
    topic = f"record:{world.records['huadong']}"
    rita, later = open_socket("rita"), open_socket("rita")
    assert rita.subscribe(topic)[topic]["ok"]
    with world.act("na") as (session, na):
        users.set_roles(session, na, session.get_one(User, world.people["rita"]), [])
    time.sleep(SOON - 0.5)
    rita.heard.clear()
    note(world, house, "huadong", "Not for Rita.")
    time.sleep(0.5)
    assert not rita.changes()
    for client in (rita, later):
        assert client.subscribe(topic)[topic] == {"ok": False, "error": "not found"}


def test_losing_a_record_ends_hearing_of_it(
    world: World, house: Process, open_socket: Callable[..., Client]
) -> None:
    """G03: the same where it is the record that goes."""
    topic = f"record:{world.records['huadong']}"
    jun = open_socket("jun")
    assert jun.subscribe(topic)[topic]["ok"]
    with world.act("na") as (session, na):
        archive(session, na, world.record(session, "huadong"))
    time.sleep(SOON - 0.5)
    with world.act("anna") as (session, _anna):
        huadong = world.record(session, "huadong")
        post(session, SYSTEM, huadong, kind="note", body="Behind the door.")
    assert jun.subscribe(topic)[topic] == {"ok": False, "error": "not found"}
    assert not jun.changes()
