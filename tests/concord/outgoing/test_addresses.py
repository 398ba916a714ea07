"""E01, E03, E04: what is never asked, in every spelling, without one connection."""

import socket
from collections.abc import Callable

import pytest

from concord.installation import Installation
from concord.outgoing.client import send
from concord.outgoing.errors import OutgoingError, Refused, Unreachable
from tests.servers.receiver import Receiver

HERE = (
    "127.0.0.1", "0177.0.0.1", "2130706433", "0x7f000001", "0x7f.1", "127.1", "0", "0.0.0.0",
    "[::1]", "[::]", "[::ffff:7f00:1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[::7f00:1]",
    "[2002:7f00:1::]", "localhost", "localhost.", "LOCALHOST", "１２７.0.0.1", "127.0.0.1.",
    "①27.0.0.1",
)  # fmt: skip
INSIDE = (
    "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254", "100.100.100.200",
    "[fe80::1]", "[fd00:ec2::254]", "[fc00::1]", "[fec0::1]", "[64:ff9b:1::1]", "224.0.0.1",
    "[ff02::1]", "255.255.255.255", "192.0.2.1", "198.18.0.1", "[2001:db8::1]", "[::ffff:a00:1]",
    "[64:ff9b::a00:1]", "192.0.0.192",
)  # fmt: skip
UNREADABLE = (
    "file:///etc/passwd", "gopher://example.com/", "ftp://example.com/", "dict://example.com:11/",
    "javascript:alert(1)", "//example.com/", "example.com", "http:", "http://", "http:///path",
    "http:127.0.0.1", "https://lin:secret@example.com/", "http://lin@example.com/",
    "http://example.com\\@127.0.0.1/", "http://exam ple.com/", "http://example.com/\r\nX: y",
    "http://example.com:0/", "http://example.com:99999/", "http://[::1/", "http://example.com/\x00",
    "", " http://example.com/",
)  # fmt: skip


@pytest.mark.parametrize("host", HERE)
def test_this_machine_is_not_asked(house: Installation, receiver: Receiver, host: str) -> None:
    with pytest.raises((Refused, Unreachable)):
        send("GET", f"http://{host}:{receiver.port}/ok")
    assert receiver.connections == 0


@pytest.mark.parametrize("host", INSIDE)
def test_nor_is_a_machine_inside(
    house: Installation, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _self, where: tried.append(where))
    with pytest.raises(Refused):
        send("GET", f"http://{host}/")
    assert tried == []


@pytest.mark.parametrize("url", UNREADABLE)
def test_only_plain_addresses_of_http_are_read(house: Installation, url: str) -> None:
    with pytest.raises(Refused):
        send("GET", url)


def test_its_own_public_name_is_refused(
    house: Installation, names: dict[str, list[list[str]]], allowing: Callable[..., None]
) -> None:
    names["concord.example"] = [["93.184.215.14"]]
    object.__setattr__(house.settings, "base_url", "https://concord.example")
    for url in ("https://concord.example/api/v1/users", "http://CONCORD.example.:8080/"):
        with pytest.raises(Refused, match="itself"):
            send("GET", url)


def test_its_base_address_is_refused_even_where_the_host_is_allowed(
    house: Installation, receiver: Receiver, allowing: Callable[..., None]
) -> None:
    allowing("127.0.0.1")
    object.__setattr__(house.settings, "base_url", f"http://127.0.0.1:{receiver.port}")
    with pytest.raises(Refused, match="itself"):
        send("GET", f"{receiver.url}/ok")
    assert receiver.connections == 0


def test_a_name_with_one_address_inside_is_refused_wholly(
    house: Installation, receiver: Receiver, names: dict[str, list[list[str]]]
) -> None:
    names["mixed.example"] = [["93.184.215.14", "127.0.0.1"]]
    with pytest.raises(Refused):
        send("GET", f"http://mixed.example:{receiver.port}/ok")
    assert receiver.connections == 0


def test_a_name_that_changes_its_address_is_looked_up_once(
    house: Installation,
    receiver: Receiver,
    names: dict[str, list[list[str]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Public when it is checked, this machine a moment later."""
    names["rebinding.example"] = [["93.184.215.14"], ["127.0.0.1"]]
    tried: list[tuple[str, int]] = []

    def connect(_self: socket.socket, where: tuple[str, int]) -> None:
        tried.append(where)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect)
    with pytest.raises(Unreachable):
        send("GET", f"http://rebinding.example:{receiver.port}/ok")
    assert tried == [("93.184.215.14", receiver.port)]
    assert receiver.connections == 0


def test_what_the_operator_allows_is_asked(
    house: Installation, receiver: Receiver, allowing: Callable[..., None]
) -> None:
    for entry in ("127.0.0.1", f"127.0.0.1:{receiver.port}", "127.0.0.0/8"):
        allowing(entry)
        assert send("GET", f"{receiver.url}/ok").status == 200
    allowing("127.0.0.1:1", "10.0.0.0/8", "other.example")
    with pytest.raises(Refused):
        send("GET", f"{receiver.url}/ok")
    assert receiver.connections == 3


def test_a_name_is_allowed_by_the_network_it_lies_in(
    house: Installation,
    receiver: Receiver,
    names: dict[str, list[list[str]]],
    allowing: Callable[..., None],
) -> None:
    names["crm.inside"] = [["127.0.0.1"]]
    for entry in ("127.0.0.0/8", "127.0.0.1", "crm.inside", f"CRM.inside:{receiver.port}"):
        allowing(entry)
        assert send("GET", f"http://crm.inside:{receiver.port}/ok").status == 200
    assert {request.headers["host"] for request in receiver.received} == {
        f"crm.inside:{receiver.port}"
    }


@pytest.mark.parametrize("host", ["169.254.169.254", "[fe80::1]", "[fd00:ec2::254]", "0.0.0.0"])
def test_credentials_of_the_cloud_are_never_allowed(
    house: Installation, allowing: Callable[..., None], host: str
) -> None:
    allowing("0.0.0.0/0", "::/0", host)
    with pytest.raises(OutgoingError) as refused:
        send("GET", f"http://{host}/latest/meta-data/")
    assert isinstance(refused.value, Refused)
