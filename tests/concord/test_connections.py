"""Connections to PostgreSQL between one answer and the next."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from concord.database.engine import Database
from tests.waiting import eventually
from tests.world import settings_for

pytestmark = pytest.mark.postgres
OTHER = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
ENDED = text(f"SELECT pg_terminate_backend(pid) {OTHER}")
OTHERS = text(f"SELECT count(*) {OTHER}")


def test_what_the_server_has_ended_is_not_given_out_again(
    postgres_url: str, tmp_path: Path
) -> None:
    ours, other = (Database(settings_for(tmp_path, postgres_url)) for _ in range(2))
    with ours.reading() as one, ours.reading() as another:
        one.execute(text("SELECT 1"))
        another.execute(text("SELECT 1"))
    with other.reading() as session:
        assert len(session.execute(ENDED).all()) == 2
    eventually(lambda: others(other) == 0)
    for open_session in (ours.read_session, ours.write_session, ours.read_session):
        with open_session() as session:
            assert session.scalar(text("SELECT 41 + 1")) == 42
    ours.dispose()
    other.dispose()


def test_an_answer_begins_no_transaction_and_a_longer_look_does(
    postgres_url: str, tmp_path: Path
) -> None:
    database = Database(settings_for(tmp_path, postgres_url))
    with database.read_session() as session:
        assert _status(session) == "IDLE"
    with database.reading() as session:
        assert _status(session) == "INTRANS"
    with database.read_session() as session:
        assert _status(session) == "IDLE"
    database.dispose()


def others(database: Database) -> int:
    """How many other processes of the server work for this database."""
    with database.reading() as session:
        return session.scalar(OTHERS) or 0


def _status(session: Session) -> str:
    """Where the connection of a session stands after a statement."""
    session.execute(text("SELECT 1"))
    connection: Any = session.connection().connection.dbapi_connection
    return str(connection.info.transaction_status.name)
