"""Secrets are sealed under keys that can be renewed, and open nowhere else."""

import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from concord import keyring, sealed
from concord.installation import using
from concord.organisation import read_setting, write_setting
from tests.world import World


@pytest.fixture
def house(world: World) -> Iterator[World]:
    with using(world.installation):
        yield world


def keys_file(world: World) -> Path:
    return world.installation.settings.data_dir / "keys"


def test_what_is_sealed_opens_for_the_same_purpose_only(house: World) -> None:
    text = keyring.seal("totp", b"a secret")
    assert keyring.unseal("totp", text) == b"a secret"
    assert "a secret" not in text
    with pytest.raises(keyring.NotSealed):
        keyring.unseal("webhook", text)
    with pytest.raises(keyring.NotSealed):
        keyring.unseal("webhook", text.replace(":totp:", ":webhook:"))


def test_the_same_secret_is_sealed_differently_each_time(house: World) -> None:
    assert keyring.seal("totp", b"same") != keyring.seal("totp", b"same")


@pytest.mark.parametrize("damage", ["", "plain", "sealed:a:b", "cut", "flipped"])
def test_a_damaged_text_is_refused_with_a_sentence(house: World, damage: str) -> None:
    text = keyring.seal("totp", b"a secret")
    damaged = {
        "cut": text[:-8],
        "flipped": text[:-3] + ("A" if text[-3] != "A" else "B") + text[-2:],
    }
    with pytest.raises(keyring.NotSealed, match=r"\w"):
        keyring.unseal("totp", damaged.get(damage, damage))


def test_the_keys_belong_to_their_owner_only(house: World) -> None:
    keyring.seal("totp", b"a secret")
    assert stat.S_IMODE(keys_file(house).stat().st_mode) == 0o600


def test_two_that_begin_at_once_have_one_key(house: World) -> None:
    found: list[str] = []
    barrier = threading.Barrier(8)

    def begin() -> None:
        barrier.wait()
        with using(house.installation):
            found.append(keyring.all_keys()[0].name)

    threads = [threading.Thread(target=begin) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert [path.name for path in keys_file(house).parent.glob("keys*")] == ["keys"]


def test_a_database_without_its_keys_says_which_one_is_missing(house: World) -> None:
    text = keyring.seal("totp", b"a secret")
    keys_file(house).unlink()
    with pytest.raises(keyring.KeyMissing, match=keyring.key_of(text)):
        keyring.unseal("totp", text)


def test_a_new_key_seals_and_the_old_one_still_opens(house: World) -> None:
    before, fingerprint = keyring.seal("totp", b"a secret"), keyring.fingerprint()
    added = keyring.add_key()
    assert keyring.key_of(keyring.seal("totp", b"another")) == added.name
    assert keyring.unseal("totp", before) == b"a secret"
    assert keyring.fingerprint() != fingerprint


def test_renewing_seals_what_is_stored_under_the_newest_key(house: World) -> None:
    with house.writing() as session:
        deep = {"keys": [{"private": keyring.seal("push", b"a secret")}], "name": "Huadong"}
        write_setting(session, "push", deep)
        session.commit()
    added = keyring.add_key()
    assert sealed.renew(house.installation.database) >= 1
    assert sealed.renew(house.installation.database) == 0
    with house.reading() as session:
        kept = read_setting(session, "push")
        assert set(sealed.uses(session)) == {added.name}
    assert kept["name"] == "Huadong"
    assert keyring.unseal("push", kept["keys"][0]["private"]) == b"a secret"
