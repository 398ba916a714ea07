"""Two that wait for each other: the one that the database ends begins again by itself."""

import io
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import func, select

from concord.notifications.models import Notification
from concord.timeline.models import Entry
from tests.world import World

pytestmark = [pytest.mark.faults, pytest.mark.postgres]

WORDS = "We could both go on."


@contextmanager
def another(world: World) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """Another program on the same database, in a transaction."""
    url = world.installation.settings.database_url.replace("+psycopg", "")
    with psycopg.connect(url, autocommit=True) as connection:
        name = sql.Identifier(url.rpartition("/")[2])
        # Who looks first, and so ends, is the program: the other one is in no hurry.
        connection.execute(sql.SQL("ALTER DATABASE {} SET deadlock_timeout = '3s'").format(name))
        connection.execute("SET deadlock_timeout = '60s'")
        world.installation.database.dispose()
        connection.autocommit = False
        yield connection
        connection.rollback()


def test_whoever_gave_way_begins_again_and_writes_once(world_on_postgres: World) -> None:
    """R28: the answer comes late, and that is all that anybody notices."""
    world = world_on_postgres
    record, lin = world.records["huadong"], world.api("lin")
    sent = {"kind": "note", "body": WORDS, "mentions": [world.people["maya"]]}
    path = f"/api/v1/records/{record}/timeline"
    with another(world) as other, ThreadPoolExecutor(1) as pool:
        other.execute(
            "SELECT 1 FROM concord_timeline_streams WHERE record_id = %s FOR UPDATE", [record]
        )
        answer = pool.submit(lin.post, path, json=sent, headers={"Idempotency-Key": "one"})
        wait_until_one_waits(world)
        # Lin's note waits for the stream, and this for the table that it has written into.
        other.execute("LOCK TABLE concord_timeline_entries IN SHARE MODE")
        other.rollback()
        assert answer.result().status_code == 201
    assert "Idempotency-Replayed" not in answer.result().headers
    assert counted(world, Entry, Entry.body == WORDS) == 1
    entry_id = answer.result().get_json()["id"]
    assert counted(world, Notification, Notification.entry_id == entry_id) == 1


def test_what_was_read_of_a_file_is_read_again(world_on_postgres: World) -> None:
    """R28: an upload that had to begin again is whole."""
    world = world_on_postgres
    lin = world.api("lin")
    with another(world) as other, ThreadPoolExecutor(1) as pool:
        other.execute("LOCK TABLE concord_audit IN SHARE MODE")
        sent = {"file": (io.BytesIO(b"the whole plan"), "Plan.txt")}
        answer = pool.submit(lin.post, "/api/v1/files", data=sent)
        wait_until_one_waits(world)
        other.execute("LOCK TABLE concord_files IN SHARE MODE")
        other.rollback()
        assert answer.result().status_code == 201
    path = f"/api/v1/files/{answer.result().get_json()['id']}"
    assert lin.get(path).data == b"the whole plan"


def wait_until_one_waits(world: World) -> None:
    """For a lock: somebody else holds it."""
    url = world.installation.settings.database_url.replace("+psycopg", "")
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    with psycopg.connect(url, autocommit=True) as watching:
        while watching.execute(waiting).fetchone() == (0,):
            time.sleep(0.01)


def counted(world: World, model: type, condition: object) -> int:
    with world.reading() as session:
        return session.scalar(select(func.count()).select_from(model).where(condition)) or 0  # type: ignore[arg-type]
