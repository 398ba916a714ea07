"""One history; from nothing it makes exactly what the models say, on both engines."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, func, inspect, select, text, update

from concord.app import create_app
from concord.database.base import Model
from concord.identity.access import epoch
from concord.identity.models import Role
from concord.installation import Installation
from concord.migrations.alembic_setup import configuration, migrating_connection, scripts
from concord.migrations.drafting import import_models
from concord.migrations.run import NewerDatabase, migrate, upgrade
from concord.migrations.state import SEEN, VERSION_TABLE, applied, is_current, newest
from tests.world import settings_for
from wsgi import MODULES


@pytest.fixture
def house(engine_url: str, tmp_path: Path) -> Iterator[Installation]:
    """Its database is empty."""
    app = create_app(settings_for(tmp_path, engine_url), MODULES)
    installation: Installation = app.extensions["concord"]
    yield installation
    installation.database.dispose()


def test_there_is_one_head_and_its_file_is_the_last() -> None:
    assert scripts().get_heads() == [newest()]


def test_every_migration_is_named_as_its_file_and_numbered_in_order() -> None:
    walked = [script.revision for script in scripts().walk_revisions()]
    assert [Path(script.path).stem for script in scripts().walk_revisions()] == walked
    assert [int(name[:4]) for name in reversed(walked)] == list(range(1, len(walked) + 1))


def test_from_nothing_it_makes_what_the_models_say(house: Installation) -> None:
    import_models(["concord", "modules"])
    migrate(house)
    with migrating_connection(house.settings) as connection:
        command.check(configuration(connection))
    assert not declared_indexes() - present_indexes(house.database.engine)


def declared_indexes() -> set[str]:
    tables = Model.metadata.tables.values()
    return {str(index.name) for table in tables for index in table.indexes}


def present_indexes(engine: Engine) -> set[str]:
    """By their names only: SQLite does not tell all of an index to SQLAlchemy."""
    question = (
        "SELECT name FROM sqlite_master WHERE type = 'index'"
        if engine.dialect.name == "sqlite"
        else "SELECT indexname FROM pg_indexes"
    )
    with engine.connect() as connection:
        return set(connection.scalars(text(question)))


def test_after_it_the_house_is_furnished(house: Installation) -> None:
    migrate(house)
    assert migrate(house) == []
    with house.database.reading() as session:
        assert is_current(session)
        assert epoch(session) >= 1
        assert session.scalar(select(func.count()).select_from(Role))


def test_dbos_has_its_own_tables(house: Installation) -> None:
    migrate(house)
    schema = None if house.database.sqlite else "dbos"
    assert "workflow_status" in inspect(house.database.engine).get_table_names(schema)


def test_back_to_nothing_and_up_again(house: Installation) -> None:
    with migrating_connection(house.settings) as connection:
        upgrade(connection)
        command.downgrade(configuration(connection), "base")
        connection.rollback()
        assert upgrade(connection) == history()


def history() -> list[str]:
    return [script.revision for script in reversed(list(scripts().walk_revisions()))]


def test_a_migration_that_fails_leaves_nothing(house: Installation) -> None:
    def stop(**_: object) -> None:
        raise RuntimeError("the light went out")

    with migrating_connection(house.settings) as connection:
        config = configuration(connection)
        config.attributes["on_version_apply"] = stop
        with pytest.raises(RuntimeError, match="the light went out"):
            command.upgrade(config, "head")
        connection.rollback()
    assert inspect(house.database.engine).get_table_names() in ([], [VERSION_TABLE])
    with house.database.reading() as session:
        assert applied(session) is None


def test_two_at_once_migrate_once(house: Installation) -> None:
    ran: list[list[str]] = []
    threads = [threading.Thread(target=lambda: ran.append(migrate(house))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ran) == [[], history()]


def test_a_database_of_a_newer_release_is_left_alone(house: Installation) -> None:
    """R30."""
    migrate(house)
    with house.database.writing() as session:
        session.execute(update(SEEN).values(version_num="9999_tomorrow"))
        session.commit()
    with pytest.raises(NewerDatabase, match="9999_tomorrow"):
        migrate(house)
    with house.database.reading() as session:
        assert is_current(session), "old and new serve side by side while a release rolls out"
