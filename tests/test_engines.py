"""The engines of the tests are real, fresh and apart."""

import socket

import psycopg
import pytest
import redis
import sqlalchemy

from tests.servers.postgres import PostgresServer
from tests.servers.redis import RedisServer

CREATE = sqlalchemy.text("CREATE TABLE once (id integer)")


def test_each_engine_gives_an_empty_database(engine_url: str) -> None:
    """Twice, since a second test must not find what the first left behind."""
    create_table(engine_url)


def test_each_engine_gives_another_empty_database(engine_url: str) -> None:
    create_table(engine_url)


@pytest.mark.engines
def test_a_marked_test_runs_on_both(database_url: str) -> None:
    create_table(database_url)


def test_an_unmarked_test_runs_on_sqlite(database_url: str) -> None:
    assert database_url.startswith("sqlite:///")


def test_a_database_copies_its_template(postgres_server: PostgresServer) -> None:
    prepared = postgres_server.create_database()
    create_table(prepared)
    copy = postgres_server.create_database(template=prepared.rpartition("/")[2])
    with pytest.raises(sqlalchemy.exc.ProgrammingError, match="already exists"):
        create_table(copy)
    postgres_server.drop_database(copy)
    postgres_server.drop_database(prepared)


def test_a_dropped_database_ends_its_connections(postgres_server: PostgresServer) -> None:
    url = postgres_server.create_database()
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        postgres_server.drop_database(url)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")


def test_redis_stops_and_starts_on_the_same_port(redis_server: RedisServer) -> None:
    with redis.Redis.from_url(redis_server.url) as client:
        assert client.ping()
        redis_server.stop()
        with pytest.raises(redis.exceptions.ConnectionError):
            client.ping()
        redis_server.start()
        assert client.ping()


def test_the_network_is_off() -> None:
    with socket.socket() as outside, pytest.raises(OSError, match="tests have no network"):
        outside.connect(("192.0.2.1", 80))


def create_table(url: str) -> None:
    engine = sqlalchemy.create_engine(url, poolclass=sqlalchemy.NullPool)
    with engine.begin() as connection:
        connection.execute(CREATE)
