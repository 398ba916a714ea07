"""A commit carries all that follows from a fact, a rollback nothing, and kill -9 loses none."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import func, select

from concord.actors import Audience
from concord.app import create_app
from concord.audit.models import AuditRow
from concord.facts.types import Fact
from concord.identity.models import User
from concord.jobs.listing import unfinished
from concord.mail import queue
from concord.mail.models import Mail
from concord.notifications.models import Notification, Waiting
from concord.realtime import rings
from concord.realtime.rings import Sound
from concord.records.models import Record
from concord.timeline.actions import edit, post
from concord.timeline.models import Entry, TimelineLink
from tests.world import World, settings_for
from wsgi import MODULES

ROOT = Path(__file__).parents[3]
COUNTED = (Entry, TimelineLink, Notification, Mail, AuditRow)


@contextmanager
def listening() -> Iterator[list[Sound]]:
    """What is rung inside the block."""
    heard: list[Sound] = []
    before = list(rings._emit)
    rings.ring_through(heard.append)
    try:
        yield heard
    finally:
        rings._emit[:] = before


def counts(world: World) -> tuple[int, ...]:
    with world.reading() as session:
        rows = [session.scalar(select(func.count()).select_from(table)) or 0 for table in COUNTED]
    return (*rows, len(list(unfinished(world.installation.database))))


def told_by_mail(world: World) -> int:
    """For how many people a mail waits: each has a job of their own."""
    people = select(func.count(Waiting.user_id.distinct())).where(Waiting.channel == "mail")
    with world.reading() as session:
        return session.scalar(people) or 0


def write_and_mail(world: World, *, commit: bool) -> None:
    """Lin tells the customer something, mentions Maya, and a mail goes out."""
    lin = world.actor("lin")
    with world.app.test_request_context(), world.writing() as session:
        huadong = world.record(session, "huadong")
        post(
            session,
            lin,
            huadong,
            kind="message",
            body="The stands ship on Friday.",
            audience=Audience.CUSTOMER,
            mentions=[world.people["maya"]],
        )
        queue(session, to="zhou@huadong.example", subject="The stands", text="They ship on Friday.")
        session.flush()
        if commit:
            session.commit()
        else:
            session.rollback()


def test_a_commit_leaves_the_fact_its_links_notifications_rings_and_job(any_world: World) -> None:
    before = counts(any_world)
    with listening() as heard:
        write_and_mail(any_world, commit=True)
    entries, links, notifications, mails, _audits, jobs = (
        after - earlier for after, earlier in zip(counts(any_world), before, strict=True)
    )
    assert (entries, links, mails) == (1, 1, 1)
    assert notifications >= 2
    assert jobs == 1 + told_by_mail(any_world)
    rooms = {sound.room for sound in heard}
    huadong = any_world.records["huadong"]
    assert {f"record:{huadong}:staff", f"record:{huadong}:customer:{huadong}"} <= rooms
    assert f"user:{any_world.people['maya']}" in rooms
    assert all(set(sound.payload) <= {"topic", "position", "unread"} for sound in heard)


def test_a_rollback_leaves_nothing(any_world: World) -> None:
    before = counts(any_world)
    with listening() as heard:
        write_and_mail(any_world, commit=False)
    assert counts(any_world) == before
    assert not heard


def test_what_a_savepoint_took_back_is_not_told(any_world: World) -> None:
    before = counts(any_world)
    with any_world.act("lin") as (session, lin):
        huadong = any_world.record(session, "huadong")
        savepoint = session.begin_nested()
        post(session, lin, huadong, kind="note", body="Never happened.")
        savepoint.rollback()
        post(session, lin, huadong, kind="note", body="Happened.")
    after = counts(any_world)
    assert after[0] - before[0] == 1
    assert after[1] - before[1] == 1


def test_killed_right_after_the_commit_everything_is_there(any_world: World) -> None:
    """The process dies before it can ring: the fact, notifications and the job stay."""
    before = counts(any_world)
    settings = any_world.installation.settings
    done = subprocess.run(
        [sys.executable, __file__, str(settings.data_dir), settings.database_url],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'platform'}"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    entries, links, notifications, mails, _audits, jobs = (
        after - earlier for after, earlier in zip(counts(any_world), before, strict=True)
    )
    assert (entries, links, mails, jobs) == (1, 1, 1, 1 + told_by_mail(any_world))
    assert notifications >= 2


def test_an_edit_keeps_the_words_before_it_in_the_audit(any_world: World) -> None:
    with any_world.act("lin") as (session, lin):
        huadong = any_world.record(session, "huadong")
        entry_id = post(session, lin, huadong, kind="note", body="Ships on Friday.").id
    with any_world.act("lin") as (session, lin):
        edit(session, lin, session.get_one(Entry, entry_id), "Ships on Monday.")
    with any_world.reading() as session:
        rows = select(AuditRow).where(AuditRow.row_id == entry_id, AuditRow.action == "update")
        row = session.scalars(rows.where(AuditRow.table == Entry.__tablename__)).one()
        assert row.changes["body"] == ["Ships on Friday.", "Ships on Monday."]
        assert row.actor_name == any_world.actor("lin").name


def test_a_fact_is_plain_data() -> None:
    assert Fact().payload() == {}


def _die_after_commit(data_dir: str, database_url: str) -> None:
    """In a process of its own: the ring that would follow the commit is a kill -9 instead."""
    app = create_app(settings_for(Path(data_dir), database_url), MODULES)
    installation = app.extensions["concord"]
    with installation.database.reading() as session:
        people = {
            email.partition("@")[0]: user_id
            for email, user_id in session.execute(select(User.email, User.id))
        }
        huadong = session.scalars(
            select(Record.id).where(Record.kind == "company").order_by(Record.id).limit(1)
        ).one()
    world = World(app, installation, people, {"huadong": huadong})
    rings.ring_through(lambda _sound: os.kill(os.getpid(), signal.SIGKILL))
    write_and_mail(world, commit=True)


if __name__ == "__main__":
    _die_after_commit(*sys.argv[1:])
