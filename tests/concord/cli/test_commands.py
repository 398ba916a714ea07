"""Each command does what its help says; what goes wrong is one sentence and an exit code."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from concord.cli.main import COMMANDS
from concord.migrations.state import newest
from tests.concord.cli.conftest import Command

LINA = ("user", "add", "lina@beacon.example", "--name", "Li Na", "--role", "administrator")
PASSWORD = "correct horse battery"


def is_one_sentence(said: str) -> bool:
    return said.startswith("concord: ") and said.count("\n") == 1 and said.rstrip()[-1] in ".!?"


def test_help_loads_no_library() -> None:
    """It is asked for often, and by shells that complete words."""
    question = (
        "import sys; sys.argv[1:] = ['--help']\n"
        "from concord.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: print(sorted({'flask', 'sqlalchemy', 'dbos'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", question], capture_output=True, text=True)
    assert done.stdout.endswith("[]\n"), done.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(concord: Command, name: str) -> None:
    answer = concord(name, "--help")
    assert answer.code == 0
    assert "Example:\n" in answer.said
    assert "concord" in answer.said.partition("Example:\n")[2]


def test_without_a_command_it_shows_its_help(concord: Command) -> None:
    assert "Commands:" in concord().said
    assert "Commands:" in concord("user").said


def test_migrating_twice_finds_nothing_to_do(concord: Command) -> None:
    first, second = concord("migrate"), concord("migrate")
    assert (first.code, second.code) == (0, 0)
    assert "→ 0001" in first.said
    assert "→" not in second.said


def test_a_person_is_added_and_can_be_shut_out(migrated: Command) -> None:
    added = migrated(*LINA, "--password-stdin", stdin=PASSWORD + "\n")
    assert added.said == "Li Na can sign in as lina@beacon.example.\n"
    also = ("user", "add", "maya@beacon.example", "--name", "Maya", "--role", "administrator")
    made = migrated(*also)
    assert "Password: " in made.said
    for verb in ("password", "signout", "disable"):
        assert migrated("user", verb, "lina@beacon.example").code == 0


def test_a_token_is_shown_once_and_revoked(migrated: Command) -> None:
    migrated(*LINA)
    made = migrated("token", "add", "lina@beacon.example", "--name", "export", "--days", "30")
    assert made.said.startswith("concord_")
    assert made.complained == "This is token 1; it is not shown again.\n"
    assert migrated("token", "revoke", "1").said == "Token 1 is revoked.\n"


def test_there_is_nothing_to_do_at_first(migrated: Command) -> None:
    assert migrated("jobs", "list").said == "There is nothing to do.\n"
    assert migrated("jobs", "release").said == "Released: 0.\n"


def test_the_doctor_finds_what_is_wrong(migrated: Command) -> None:
    well = migrated("doctor")
    assert "✓ database: SQLite" in well.said
    assert f"✓ migrations: {newest()}" in well.said
    ill = migrated("doctor", CONCORD_REDIS_URL="redis://127.0.0.1:1/0")
    assert "✗ realtime: " in ill.said
    assert ill.code == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("nonsense",), "No such command 'nonsense'."),
        (("user", "password", "nobody@beacon.example"), "There is nobody with the address"),
        (("user", "add", "x", "--name", "X"), "This is not a mail address."),
        (("user", "add", "x@b.example", "--name", "X", "--role", "king"), "There is no such role."),
        (("user", "add", "x@b.example", "--name", "X", "--team", "None"), "There is no team None."),
        (("token", "revoke", "9"), "There is no token 9."),
        (("jobs", "release", "x"), "There is no failed job x."),
        (("demo", "--language", "fr"), "Invalid value for '--language'"),
    ],
)
def test_a_mistake_is_one_sentence(
    migrated: Command, words: tuple[str, ...], sentence: str
) -> None:
    answer = migrated(*words)
    assert answer.code != 0
    assert sentence in answer.complained
    assert is_one_sentence(answer.complained)


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"CONCORD_LANGUAGE": "fr"}, "CONCORD_LANGUAGE must be en or zh."),
        ({"CONCORD_MODULES": "crm,gardening"}, "CONCORD_MODULES names 'gardening'"),
        ({"CONCORD_DATABASE_URL": "nonsense"}, "CONCORD_DATABASE_URL names no database"),
        (
            {"CONCORD_DATABASE_URL": "postgresql+psycopg://concord@127.0.0.1:1/concord"},
            "The database cannot be reached",
        ),
        ({"CONCORD_ENV": "production"}, "CONCORD_SECRET_KEY must be set"),
    ],
)
def test_a_wrong_setting_is_one_sentence(
    concord: Command, environment: dict[str, str], sentence: str
) -> None:
    answer = concord("migrate", **environment)
    assert answer.code == 1
    assert sentence in answer.complained
    assert is_one_sentence(answer.complained)


def test_a_database_that_is_not_ready_is_one_sentence(concord: Command) -> None:
    answer = concord(*LINA)
    assert answer.complained == (
        "concord: The database is not of this release: run `concord migrate`.\n"
    )


def test_a_data_folder_that_cannot_be_made_is_one_sentence(
    concord: Command, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    answer = concord("migrate", CONCORD_DATA_DIR=str(tmp_path / "file" / "data"))
    assert answer.code == 1
    assert is_one_sentence(answer.complained)


def test_production_has_no_demo_world(migrated: Command, tmp_path: Path) -> None:
    production = {
        "CONCORD_ENV": "production",
        "CONCORD_SECRET_KEY": "s" * 40,
        "CONCORD_BASE_URL": "https://crm.beacon.example",
        "CONCORD_TRUSTED_HOSTS": "crm.beacon.example",
    }
    refused = migrated("demo", **production)
    assert "There is no demo world in production." in refused.complained


def test_a_whole_house_verifies(migrated: Command) -> None:
    migrated(*LINA, "--password-stdin", stdin=PASSWORD + "\n")
    answer = migrated("verify")
    assert answer.code == 0, answer.said
    assert answer.said.count("✓") == 4


def test_a_house_with_a_cut_audit_does_not(migrated: Command) -> None:
    migrated(*LINA, "--password-stdin", stdin=PASSWORD + "\n")
    data = Path(os.environ["CONCORD_DATA_DIR"])
    (data / "audit-head").write_text(f"7 {'a' * 64}\n")
    answer = migrated("verify")
    assert answer.code == 1
    assert "✗ audit" in answer.said
    assert migrated("verify", "--accept").code == 0
    assert migrated("verify").code == 0
