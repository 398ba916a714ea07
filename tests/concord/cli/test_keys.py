"""`concord keys`: named, renewed, dropped; never while something needs them."""

from pathlib import Path

from concord import keyring
from concord.cli.program import working
from concord.organisation import write_setting
from tests.concord.cli.conftest import Command


def test_a_key_is_renewed_and_the_old_one_dropped(migrated: Command) -> None:
    older = migrated("keys", "list").said.split()[0]
    assert migrated("keys", "rotate").code == 0
    said = migrated("keys", "list").said
    assert said.split()[0] != older
    assert older in said
    assert migrated("keys", "drop", older).code == 0
    assert older not in migrated("keys", "list").said


def test_the_newest_key_stays(migrated: Command) -> None:
    name = migrated("keys", "list").said.split()[0]
    refused = migrated("keys", "drop", name)
    assert refused.code == 1
    assert "newest" in refused.complained


def test_an_unknown_key_is_a_sentence(migrated: Command) -> None:
    assert "There is no key 12." in migrated("keys", "drop", "12").complained


def test_the_list_never_shows_a_key_itself(migrated: Command, tmp_path: Path) -> None:
    said = migrated("keys", "list").said
    secret = (tmp_path / "data" / "keys").read_text().split()[1]
    assert secret not in said


def test_the_doctor_misses_a_key_that_is_gone(migrated: Command, tmp_path: Path) -> None:
    """A database restored without the file that belongs to it."""
    assert "✓ keys" in migrated("doctor").said
    with working() as installation, installation.database.writing() as session:
        write_setting(session, "push", {"private": keyring.seal("push", b"a secret")})
        session.commit()
    (tmp_path / "data" / "keys").unlink()
    said = migrated("doctor").said
    assert "✗ keys" in said
    assert migrated("keys", "list").code == 1
