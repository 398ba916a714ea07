"""What the tests of being told share: running the jobs that wait, and reading the mails made."""

from email.message import EmailMessage
from typing import Any

from sqlalchemy import select

from concord.actors import Audience
from concord.database.engine import Database
from concord.installation import using
from concord.mail.message import compose
from concord.mail.models import Mail
from concord.notifications.digest import send_digest
from concord.notifications.mailing import mail_waiting
from concord.notifications.models import Choice, Notification, Waiting
from concord.timeline.actions import post
from concord.timeline.models import Entry
from tests.world import World


def write_on(world: World, person: str, record: str, body: str, **more: Any) -> int:
    """An entry by `person`; gives its id."""
    with world.act(person) as (session, actor):
        mentions = [world.people[name] for name in more.pop("mentions", ())]
        entry = post(
            session, actor, world.record(session, record),
            kind=more.pop("kind", "note"), body=body, mentions=mentions, **more,
        )  # fmt: skip
    return entry.id


def to_customer(world: World, person: str, body: str, **more: Any) -> int:
    return write_on(
        world, person, "huadong", body, kind="message", audience=Audience.CUSTOMER, **more
    )


def make_mails(world: World, person: str) -> list[Mail]:
    """Run the job that mails what waits for `person`; gives what it queued."""
    return _made(world, mail_waiting, person)


def make_digest(world: World, person: str) -> list[Mail]:
    return _made(world, send_digest, person)


def _made(world: World, job: Any, person: str) -> list[Mail]:
    with world.reading() as session:
        before = set(session.scalars(select(Mail.id)))
    with world.writing() as session:
        job(session, world.people[person])
        session.commit()
    with world.reading() as session:
        return [mail for mail in session.scalars(select(Mail)) if mail.id not in before]


def as_message(world: World, mail: Mail) -> EmailMessage:
    with using(world.installation):
        return compose(world.installation.settings, mail)


def waiting(world: World, person: str) -> list[tuple[str, int]]:
    """(channel, entry) of everything that waits for somebody."""
    with world.reading() as session:
        query = select(Waiting).where(Waiting.user_id == world.people[person])
        return [(row.channel, row.entry_id) for row in session.scalars(query.order_by(Waiting.id))]


def inbox_entries(world: World, person: str) -> list[int]:
    with world.reading() as session:
        query = select(Notification.entry_id).where(Notification.user_id == world.people[person])
        return list(session.scalars(query))


def choose_ways(world: World, person: str, topic: str, **ways: Any) -> None:
    with world.writing() as session:
        values = {"program": True, "mail": "none", "push": False, **ways}
        session.merge(Choice(user_id=world.people[person], topic=topic, **values))
        session.commit()


def entry(world: World, entry_id: int) -> Entry:
    with world.reading() as session:
        return session.get_one(Entry, entry_id)


def database_of(world: World) -> Database:
    return world.installation.database
