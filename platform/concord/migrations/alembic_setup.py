"""Alembic, set up in code, over a connection of our own engine."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from concord.database.engine import make_engine
from concord.settings import Settings

HERE = Path(__file__).parent
LOCK_MILLISECONDS = 2000


def configuration(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s")
    config.attributes["connection"] = connection
    return config


def scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(configuration())


@contextmanager
def migrating_connection(settings: Settings) -> Iterator[Connection]:
    """A connection on which tables may be rebuilt."""
    engine = make_engine(settings, pool_size=1)
    try:
        with engine.connect() as connection:
            if engine.dialect.name == "sqlite":
                _let_tables_be_rebuilt(connection)
            else:
                _wait_only_so_long(connection)
            yield connection
    finally:
        engine.dispose()


def _wait_only_so_long(connection: Connection) -> None:
    """Whoever waits for a table makes all wait who come after: never longer than a moment."""
    connection.exec_driver_sql(f"SET lock_timeout = '{LOCK_MILLISECONDS}ms'")
    connection.commit()


def _let_tables_be_rebuilt(connection: Connection) -> None:
    """SQLite rebuilds a table to alter it; enforced foreign keys would delete what points to it.

    Only possible outside a transaction, so past SQLAlchemy, which begins one for any statement.
    """
    driver = connection.connection.dbapi_connection
    assert driver is not None
    driver.execute("PRAGMA foreign_keys=OFF")
