"""The name that was asked for is the name in Host, in the handshake and in the certificate."""

import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography import x509

from concord.outgoing import connection
from concord.outgoing.client import send
from concord.outgoing.errors import TooSlow, Unreachable
from tests.servers.certificates import signed_by_itself
from tests.servers.receiver import Receiver, receiving


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Of receiver.example, signed by itself."""
    host = "receiver.example"
    private, signed = signed_by_itself(host, x509.DNSName(host))
    path = tmp_path / "receiver.pem"
    path.write_bytes(private + signed)
    return path


@pytest.fixture
def secure(certificate: Path, allowing: Callable[..., None]) -> Iterator[Receiver]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    allowing("127.0.0.0/8")
    with receiving(context) as found:
        yield found


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    connection._trusting.cache_clear()
    yield
    connection._trusting.cache_clear()


@pytest.mark.usefixtures("trusted")
def test_the_name_is_kept(secure: Receiver, names: dict[str, list[list[str]]]) -> None:
    names["receiver.example"] = [["127.0.0.1"], ["203.0.113.9"]]
    answer = send("POST", f"https://receiver.example:{secure.port}/ok", body=b"{}")
    assert answer.body == b"hello"
    assert secure.received[0].headers["host"] == f"receiver.example:{secure.port}"


@pytest.mark.usefixtures("trusted")
def test_another_name_is_refused(secure: Receiver, names: dict[str, list[list[str]]]) -> None:
    names["other.example"] = [["127.0.0.1"]]
    with pytest.raises(Unreachable):
        send("GET", f"https://other.example:{secure.port}/ok")
    assert secure.received == []


def test_a_certificate_of_nobody_is_refused(
    secure: Receiver, names: dict[str, list[list[str]]]
) -> None:
    names["receiver.example"] = [["127.0.0.1"]]
    with pytest.raises(Unreachable):
        send("GET", f"https://receiver.example:{secure.port}/ok")


@pytest.mark.usefixtures("trusted")
def test_bytes_that_trickle_end_in_time_here_too(
    secure: Receiver, names: dict[str, list[list[str]]]
) -> None:
    names["receiver.example"] = [["127.0.0.1"]]
    with pytest.raises(TooSlow):
        send("GET", f"https://receiver.example:{secure.port}/trickle", seconds=0.8)
