"""Telling the demo world: every module's part, in the order in which they need each other."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import select

from concord.database.engine import Database
from concord.demo.catching_up import plan_last_looks
from concord.demo.story import Story
from concord.identity.models import AccessEpoch, User
from concord.identity.passwords import hashed
from concord.identity.roles import ensure_roles
from concord.installation import Installation, using

SHOWN = {"staff": "lin", "customer": "zhou", "supplier": "huang"}
"""Whose sign-ins a newcomer is given, by face."""


class AlreadyTold(Exception):
    """The database has people in it; a world is told once, and never over a real one."""

    def __init__(self) -> None:
        super().__init__("This database is not empty: the demo world is told on a new one only.")


@dataclass(frozen=True, slots=True)
class SignIn:
    """A way into the demo: who, and with what password."""

    face: str
    name: str
    email: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Told:
    """The world as told: ids by key, and the sign-ins to print."""

    people: dict[str, int]
    records: dict[str, int]
    sign_ins: list[SignIn]


def tell(installation: Installation, *, language: str, brief: bool = False) -> Told:
    """Tell the story on an empty, migrated database; raises AlreadyTold on any other.

    Passwords are random for each telling and known only from the answer; `brief` tells just the
    people and what tests build on, without passwords.
    """
    with using(installation), _in_bulk(installation.database):
        _prepare(installation)
        story = Story(installation=installation, language=language, brief=brief)
        for module in installation.modules:
            if module.seed is not None:
                module.seed(story)
        if not brief:
            plan_last_looks(story)
        story.play()
        return Told(story.people, story.records, [] if brief else _open_doors(story))


@contextmanager
def _in_bulk(database: Database) -> Iterator[None]:
    """On SQLite, not to wait for the disk at each of hundreds of commits.

    A world that a power cut interrupts is told again. Connections made afterwards wait as ever.
    """
    if not database.sqlite:
        yield
        return
    connection = database.engine.raw_connection()
    connection.cursor().execute("PRAGMA synchronous=NORMAL")
    connection.close()
    try:
        yield
    finally:
        database.dispose()


def _prepare(installation: Installation) -> None:
    with installation.database.writing() as session:
        if session.scalar(select(User.id).limit(1)) is not None:
            raise AlreadyTold
        ensure_roles(session, installation.modules)
        if session.get(AccessEpoch, 1) is None:
            session.add(AccessEpoch(id=1, epoch=1))
        session.commit()


def _open_doors(story: Story) -> list[SignIn]:
    """One password for everybody in this world; the three shown first are for newcomers."""
    password = "-".join(secrets.token_hex(2) for _ in range(3))
    kept = hashed(password)
    with story.act(None) as (session, _system):
        for user_id in story.people.values():
            session.get_one(User, user_id).password_hash = kept
        shown = {face: session.get(User, story.people.get(key, 0)) for face, key in SHOWN.items()}
    return [
        SignIn(face, user.name, user.email, password)
        for face, user in shown.items()
        if user is not None
    ]
