"""Migrations while people work, and migrations that are killed."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from alembic import command

from concord.app import create_app
from concord.installation import Installation
from concord.migrations import run
from concord.migrations.alembic_setup import configuration, migrating_connection
from concord.migrations.run import HouseBusy, migrate
from concord.migrations.state import is_current, newest
from tests.world import settings_for
from wsgi import MODULES

pytestmark = [pytest.mark.faults, pytest.mark.postgres]

LAST_BUT_ONE = "0017_logo_and_calendar"
LONGEST_WAIT = 3.0


@pytest.fixture
def house(postgres_url: str, tmp_path: Path) -> Iterator[Installation]:
    """Of the release before the last migration, which makes an index on records and companies."""
    app = create_app(settings_for(tmp_path, postgres_url), MODULES)
    installation: Installation = app.extensions["concord"]
    migrate(installation)
    with migrating_connection(installation.settings) as connection:
        command.downgrade(configuration(connection), LAST_BUT_ONE)
    yield installation
    installation.database.dispose()


def connected(house: Installation) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(house.settings.database_url.replace("+psycopg", ""))


def test_a_migration_never_keeps_the_house_waiting(house: Installation) -> None:
    """R29: while somebody holds a table for long, others still come through; then it goes on."""
    migrating = threading.Thread(target=migrate, args=(house,))
    with connected(house) as holding, connected(house) as asking:
        holding.execute("UPDATE concord_records SET version = version")
        migrating.start()
        waits = []
        for _ in range(12):
            time.sleep(0.4)
            begun = time.monotonic()
            asking.execute("UPDATE concord_records SET version = version WHERE id < 0")
            asking.rollback()
            waits.append(time.monotonic() - begun)
        assert migrating.is_alive()
        holding.rollback()
    migrating.join(timeout=30)
    assert max(waits) < LONGEST_WAIT
    with house.database.reading() as session:
        assert is_current(session)


def test_a_migration_that_finds_no_moment_leaves_everything_as_it_was(
    house: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "TRIES", 2)
    monkeypatch.setattr(run, "PAUSE", 0.1)
    with connected(house) as holding:
        holding.execute("UPDATE concord_records SET version = version")
        with pytest.raises(HouseBusy):
            migrate(house)
        holding.rollback()
    with house.database.reading() as session:
        assert not is_current(session)
    assert migrate(house) == [newest()]
