"""The demo world for tests: the same people, told briefly, once, then copied for each test."""

import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType
from typing import Any, ClassVar

from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.app import create_app
from concord.database.base import Model
from concord.database.engine import Database
from concord.demo.tell import tell
from concord.identity.actors import actors_of
from concord.identity.models import PortalMembership, User
from concord.identity.sessions import COOKIE, start_session
from concord.identity.tokens import add as add_token
from concord.installation import Installation, _default, using
from concord.migrations.run import migrate
from concord.module import Module
from concord.records.models import Record
from concord.settings import Settings
from concord.watching.figures import Figures
from concord.watching.readiness import Readiness
from wsgi import MODULES

SECRET = "a secret that is long enough for tests only"


class Compiled(BytecodeCache):
    """Templates, compiled once for all the houses of a run of tests."""

    known: ClassVar[dict[tuple[str, str], CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self.known[bucket.key, bucket.checksum] = bucket.code


def app_for(settings: Settings, modules: Iterable[Module] = MODULES) -> Flask:
    """The program as it is, but for where compiled templates are kept."""
    app = create_app(settings, modules)
    app.jinja_env.bytecode_cache = Compiled()
    return app


def settings_for(data_dir: Path, database_url: str, **more: Any) -> Settings:
    plain: dict[str, Any] = {"synchronous": "NORMAL", "api_rate": 0}
    return Settings(
        data_dir=data_dir, secret_key=SECRET, database_url=database_url, **(plain | more)
    )


_resting: list[Flask] = []
"""Apps whose tests have ended: composing one costs more than most tests do."""


def _app_on(settings: Settings) -> Flask:
    """One that rests, moved to another house; else a new one."""
    if not _resting:
        app = app_for(settings)
        app.extensions["as made"] = dict(app.view_functions)
        return app
    app = _resting.pop()
    installation: Installation = app.extensions["concord"]
    installation.settings, installation.database = settings, Database(settings)
    _default[:] = [installation]
    app.extensions["concord.readiness"] = Readiness(installation)
    app.extensions["concord.figures"] = Figures(installation)
    for limiter in app.extensions["limiter"]:
        limiter.reset()
    return app


@dataclass(slots=True)
class World:
    """A running house with its people. Keys of people and records are those of the demo story."""

    app: Flask
    installation: Installation
    people: dict[str, int]
    records: dict[str, int]
    _tokens: dict[str, str] = field(default_factory=dict)

    def own_app(self) -> Flask:
        """An app that the test may change: no other test gets it."""
        self.installation.database.dispose()
        self.app = app_for(self.installation.settings)
        self.installation = self.app.extensions["concord"]
        return self.app

    def close(self) -> None:
        """The test has ended; the next one may have the app."""
        self.installation.database.dispose()
        if made := self.app.extensions.get("as made"):
            assert self.app.view_functions == made, "a test that changes the app takes own_app()"
            _resting.append(self.app)

    def actor(self, person: str) -> Actor:
        """Who `person` is when signed in (of several memberships, the first)."""
        with self.reading() as session:
            user_id = self.people[person]
            return actors_of(session, [user_id])[user_id][0]

    def client(self, person: str | None = None) -> "Browser":
        """A browser in which `person` is signed in; nobody, without one."""
        browser = Browser(self.app)
        if person is not None:
            browser.set_cookie(COOKIE, self.sign_in(person))
            browser.person = person
        return browser

    def sign_in(self, person: str) -> str:
        """A session's token, as the cookie holds it."""
        with self.writing() as session:
            user = session.get_one(User, self.people[person])
            membership = session.scalars(
                select(PortalMembership.id)
                .where(PortalMembership.user_id == user.id)
                .order_by(PortalMembership.id)
            ).first()
            token = start_session(
                session, user, membership, lasting=False, device="a test", address="127.0.0.1"
            )
            session.commit()
        return token

    def token(self, person: str, *scopes: str) -> str:
        """An API token of `person`, kept for the test unless it has scopes."""
        if not scopes and person in self._tokens:
            return self._tokens[person]
        with self.writing() as session:
            user = session.get_one(User, self.people[person])
            _row, secret = add_token(session, self.actor(person), user, name="test", scopes=scopes)
            session.commit()
        if not scopes:
            self._tokens[person] = secret
        return secret

    def api(self, person: str | None) -> "Program":
        """A program that calls /api/v1 as `person`."""
        return Program(self.app, self.token(person) if person else None)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with using(self.installation), self.installation.database.writing() as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with using(self.installation), self.installation.database.reading() as session:
            yield session

    @contextmanager
    def act(self, person: str) -> Iterator[tuple[Session, Actor]]:
        """One transaction by `person`, inside a request context, committed at the end."""
        actor = self.actor(person)
        with self.app.test_request_context(), self.writing() as session:
            session.info["actor"] = actor
            yield session, actor
            session.commit()

    def record(self, session: Session, key: str) -> Any:
        """A record of the story by its key."""
        return session.get_one(Record, self.records[key])


class Browser(FlaskClient):
    """A test client that behaves like a page of ours: it sends the form token with each change."""

    person: str | None = None

    def __init__(self, app: Flask) -> None:
        super().__init__(app, app.response_class, use_cookies=True)
        self._form_token: str | None = None

    def open(self, *arguments: Any, **options: Any) -> Any:
        method = options.get("method", "GET")
        plain = options.pop("plain", False)
        if method not in ("GET", "HEAD", "OPTIONS") and not plain:
            headers = dict(options.get("headers") or {})
            headers.setdefault("X-CSRF-Token", self.form_token())
            options["headers"] = headers
        return super().open(*arguments, **options)

    def form_token(self) -> str:
        if self._form_token is None:
            page = super().open("/no-such-page", method="GET").get_data(as_text=True)
            found = re.search(r'name="csrf-token" content="([0-9a-f]+)"', page)
            self._form_token = found[1] if found else ""
        return self._form_token

    def fragment(self, url: str, **options: Any) -> Any:
        """Ask as htmx does."""
        headers = {**dict(options.pop("headers", None) or {}), "HX-Request": "true"}
        return self.open(url, headers=headers, **options)


class Program(FlaskClient):
    """A client of the REST API with a Bearer token."""

    def __init__(self, app: Flask, token: str | None) -> None:
        super().__init__(app, app.response_class, use_cookies=True)
        self._token = token

    def open(self, *arguments: Any, **options: Any) -> Any:
        headers = dict(options.get("headers") or {})
        if self._token is not None:
            headers.setdefault("Authorization", f"Bearer {self._token}")
        options["headers"] = headers
        return super().open(*arguments, **options)


def build(
    data_dir: Path,
    database_url: str,
    modules: tuple[Module, ...] = MODULES,
    language: str = "en",
) -> World:
    """An app on an empty database, with the brief story told."""
    app = app_for(settings_for(data_dir, database_url, language=language), modules)
    installation: Installation = app.extensions["concord"]
    with app.app_context(), using(installation):
        migrate(installation)
        told = tell(installation, language=language, brief=True)
    return World(app, installation, told.people, told.records)


def copied(template: World, data_dir: Path) -> World:
    """The house of the template on SQLite, in a folder of its own."""
    shutil.copyfile(template.installation.settings.data_dir / "concord.db", data_dir / "concord.db")
    return reopened(template, data_dir, f"sqlite:///{data_dir / 'concord.db'}")


def reopened(template: World, data_dir: Path, database_url: str) -> World:
    """An app on a copy of the template's database."""
    app = _app_on(settings_for(data_dir, database_url))
    files = template.installation.settings.data_dir / "files"
    if files.exists():
        shutil.copytree(files, data_dir / "files", dirs_exist_ok=True)
    keys = template.installation.settings.data_dir / "keys"
    if keys.exists():
        shutil.copy2(keys, data_dir / "keys")
    return World(app, app.extensions["concord"], dict(template.people), dict(template.records))


def fingerprint(world: World) -> dict[str, list[tuple[Any, ...]]]:
    """The business columns of every table: equal before and after means nothing really changed.

    Left out: facts, audit, notifications, search, positions, sessions, bulk runs, versions and
    timestamps.
    """
    left_out = ("concord_ceremonies",
                "concord_audit", "concord_timeline", "concord_notifications", "concord_inboxes",
                "concord_sessions", "concord_throttles", "concord_access_epoch", "concord_mails",
                "concord_idempotency", "concord_api_tokens", "concord_schedule_slots",
                "concord_job_", "concord_executors", "concord_bulk_", "concord_push",
                "concord_exports", "concord_search",
                "concord_view",
                "concord_webhook_deliveries")  # fmt: skip
    found: dict[str, list[tuple[Any, ...]]] = {}
    with world.reading() as session:
        for table in Model.metadata.sorted_tables:
            if table.name.startswith(left_out):
                continue
            columns = [
                column
                for column in table.columns
                if column.name not in ("version", "updated_at", "created_at", "last_used_at")
            ]
            query = select(*columns).order_by(*table.primary_key.columns)
            if table is Record.__table__:
                query = query.where(Record.kind != "bulk_run")
            found[table.name] = [tuple(row) for row in session.execute(query)]
    return found
