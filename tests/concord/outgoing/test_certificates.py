"""The name that was asked for is the name in Host, in the handshake and in the certificate."""

import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from concord.outgoing import connection
from concord.outgoing.client import send
from concord.outgoing.errors import TooSlow, Unreachable
from tests.servers.receiver import Receiver, receiving


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Of receiver.example, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "receiver.example")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("receiver.example")]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path = tmp_path / "receiver.pem"
    path.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
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
