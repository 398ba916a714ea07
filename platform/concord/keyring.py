"""Secrets that must be read again, encrypted under the keys of the data folder.

A sealed text names its key and its purpose, `sealed:<key>:<purpose>:<base64url>`: AES-256-GCM with
a key derived for that purpose. The newest key seals; older ones still open what they have sealed.
"""

import hashlib
import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from concord.clock import now
from concord.installation import current_installation

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FILE = "keys"
PREFIX = "sealed:"
NONCE = 12
KEY = 32


class KeyMissing(Exception):
    """Something was sealed with a key that this data folder does not have."""


class NotSealed(Exception):
    """A text that is not sealed, is sealed for another purpose, or was changed."""


@dataclass(frozen=True, slots=True)
class Key:
    """One of the keys. Its name is a digest of it: two folders with one name have one key."""

    made_at: datetime
    secret: bytes

    @property
    def name(self) -> str:
        return hashlib.sha256(b"concord key " + self.secret).hexdigest()[:16]

    def line(self) -> str:
        return f"{self.made_at.isoformat()} {urlsafe_b64encode(self.secret).decode()}\n"


def seal(purpose: str, secret: bytes) -> str:
    """`secret`, readable again only with this data folder's keys and for the same purpose."""
    key = all_keys()[0]
    nonce = secrets.token_bytes(NONCE)
    head = _head(key.name, purpose)
    sealed = _cipher(key, purpose).encrypt(nonce, secret, head.encode())
    return head + urlsafe_b64encode(nonce + sealed).decode()


def unseal(purpose: str, sealed: str) -> bytes:
    """What was sealed. Raises KeyMissing or NotSealed."""
    from cryptography.exceptions import InvalidTag

    name = key_of(sealed)
    head = _head(name, purpose)
    if not sealed.startswith(head):
        raise NotSealed("This was sealed for another purpose.")
    key = next((key for key in all_keys() if key.name == name), None)
    if key is None:
        raise KeyMissing(
            f"The key {name} is not in {_path()}: restore the file that belongs to this database."
        )
    try:
        content = urlsafe_b64decode(sealed.removeprefix(head))
        return _cipher(key, purpose).decrypt(content[:NONCE], content[NONCE:], head.encode())
    except (InvalidTag, ValueError):
        raise NotSealed("This sealed text was changed.") from None


def resealed(sealed: str) -> str:
    """The same secret under the newest key."""
    purpose = sealed.removeprefix(PREFIX).split(":")[1]
    return seal(purpose, unseal(purpose, sealed))


def key_of(sealed: str) -> str:
    """The name of the key that a sealed text needs."""
    parts = sealed.split(":")
    if not sealed.startswith(PREFIX) or len(parts) != 4:
        raise NotSealed("This is not a sealed text.")
    return parts[1]


def all_keys() -> list[Key]:
    """The keys, newest first; the first one is made when it is first asked for."""
    path = _path()
    if not path.exists():
        _begin(path)
    return _read(path)


def add_key() -> Key:
    """A new key, with which everything is sealed from now on."""
    key = _new()
    _write([key, *all_keys()])
    return key


def drop_key(name: str) -> None:
    """Forget an old key for good. Whoever calls this knows that nothing is sealed with it."""
    _write(key for key in all_keys() if key.name != name)


def fingerprint() -> str:
    """A digest of all the keys, to tell whether a backup and a data folder belong together."""
    names = ",".join(key.name for key in all_keys())
    return hashlib.sha256(names.encode()).hexdigest()


def _head(name: str, purpose: str) -> str:
    return f"{PREFIX}{name}:{purpose}:"


def _cipher(key: Key, purpose: str) -> "AESGCM":
    # Loading it costs some megabytes; a process that seals nothing never pays them.
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    derived = HKDF(SHA256(), KEY, salt=None, info=f"concord:{purpose}".encode())
    return AESGCM(derived.derive(key.secret))


def _path() -> Path:
    return current_installation().settings.data_dir / FILE


def _new() -> Key:
    return Key(now(), secrets.token_bytes(KEY))


def _read(path: Path) -> list[Key]:
    found = (line.split() for line in path.read_text(encoding="ascii").splitlines() if line)
    return [Key(datetime.fromisoformat(at).astimezone(UTC), urlsafe_b64decode(secret))
            for at, secret in found]  # fmt: skip


def _begin(path: Path) -> None:
    """The first key. Of two processes that begin at once, one's stands."""
    drafted = _draft(path, [_new()])
    try:
        os.link(drafted, path)
    except FileExistsError:
        pass
    finally:
        drafted.unlink()


def _write(kept: Iterable[Key]) -> None:
    path = _path()
    _draft(path, kept).replace(path)


def _draft(path: Path, kept: Iterable[Key]) -> Path:
    """Written beside and on disk before it takes the name, readable by its owner only."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.writelines(key.line() for key in kept)
        file.flush()
        os.fsync(file.fileno())
    return draft
