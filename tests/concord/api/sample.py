"""A small house for these tests: one noun of our own, three people and one from outside."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_babel import lazy_gettext as _l
from marshmallow import Schema, fields, validate
from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Integer,
    MetaData,
    Select,
    String,
    Table,
)
from sqlalchemy.orm import Mapped, Session
from werkzeug.test import TestResponse

from concord.actors import Actor, Face, Scope
from concord.api.collection import Collection
from concord.api.fields import Identifier
from concord.api.schemas import RecordOut
from concord.app import create_app
from concord.database.base import BigId, Model, UtcDateTime
from concord.editing import edit
from concord.facts.record import record as record_fact
from concord.facts.types import Fact, FactType, Sentence
from concord.identity.models import PortalMembership, Role, Team, User, UserRole
from concord.identity.tokens import add as add_token
from concord.installation import Installation, using
from concord.jobs.tables import migrate_tables
from concord.module import Module
from concord.parties.models import Party
from concord.policy import ScopedPolicy
from concord.records import actions as records
from concord.records.models import Record
from concord.records.types import RecordType
from concord.settings import Settings
from concord.web.routing import EVERYBODY, Routes

# Tables of tests only: beside the product's metadata, which migrations are compared with.
TABLES = MetaData()


class Sample(StrEnum):
    READ = "sample:widget:read"
    WRITE = "sample:widget:write"
    ARCHIVE = "sample:widget:archive"


class Firm(Party):
    __table__ = Table(
        "sample_firms",
        TABLES,
        Column("id", BigId, ForeignKey(Party.__table__.c.id), primary_key=True),
    )
    __mapper_args__ = {
        "polymorphic_identity": "firm",
        "inherit_condition": __table__.c.id == Party.__table__.c.id,
    }


class Widget(Record):
    __table__ = Table(
        "sample_widgets",
        TABLES,
        Column("id", BigId, ForeignKey(Record.__table__.c.id), primary_key=True),
        Column("colour", String),
        Column("weight", Integer),
        Column("cost", Integer),
        Column("fragile", Boolean, nullable=False, default=False),
        Column("due_on", Date),
        Column("made_at", UtcDateTime),
    )
    __mapper_args__ = {
        "polymorphic_identity": "widget",
        "inherit_condition": __table__.c.id == Record.__table__.c.id,
    }
    colour: Mapped[str | None]
    weight: Mapped[int | None]
    cost: Mapped[int | None]
    fragile: Mapped[bool]
    due_on: Mapped[date | None]
    made_at: Mapped[datetime | None]


@dataclass(frozen=True, kw_only=True)
class WidgetMade(Fact):
    title: str


WIDGET_MADE = FactType(
    name="widget.made",
    fact=WidgetMade,
    icon="box",
    sentence=Sentence(en="made {title}", zh="制作了{title}"),
)


class WidgetPolicy(ScopedPolicy[Widget]):
    def outside(self, actor: Actor) -> ColumnElement[bool]:
        return Record.company_id == actor.company_id


class FirmPolicy(ScopedPolicy[Firm]):
    def outside(self, actor: Actor) -> ColumnElement[bool]:
        return Record.id == actor.company_id


WIDGETS = WidgetPolicy(Widget, kind="widget", read=Sample.READ)
FIRMS = FirmPolicy(Firm, kind="firm", read=Sample.READ)


class WidgetFields(Schema):
    name = fields.String(attribute="title", required=True, validate=validate.Length(1, 200))
    colour = fields.String(allow_none=True, validate=validate.Length(max=50))
    weight = fields.Integer(allow_none=True)
    cost = fields.Integer(allow_none=True)
    fragile = fields.Boolean()
    due_on = fields.Date(allow_none=True)
    made_at = fields.AwareDateTime(allow_none=True)


class WidgetIn(WidgetFields):
    company_id = Identifier(allow_none=True)
    owner_id = Identifier()


class WidgetOut(WidgetFields, RecordOut):
    pass


class SharedWidget(Schema):
    id = Identifier()
    name = fields.String(attribute="title")
    colour = fields.String()


def create(session: Session, actor: Actor, values: dict[str, Any]) -> Widget:
    widget = Widget(**values)
    records.create(session, actor, widget)
    record_fact(session, actor, WidgetMade(title=widget.title), subject=widget)
    return widget


def update(session: Session, actor: Actor, widget: Widget, values: dict[str, Any]) -> None:
    edit(session, widget, values)


def search(session: Session, actor: Actor, query: Select[Any], words: str) -> Select[Any]:
    return query.where(Record.title.contains(words, autoescape=True))


WIDGET_COLLECTION = Collection(
    name="widgets",
    kind="widget",
    model=Widget,
    policy=WIDGETS,
    permission_read=Sample.READ,
    permission_write=Sample.WRITE,
    permission_archive=Sample.ARCHIVE,
    faces=EVERYBODY,
    out_schema=lambda actor: SharedWidget if actor.outside else WidgetOut,
    in_schema=WidgetIn,
    create=create,
    update=update,
    archive=records.archive,
    filters={
        "name": Record.title,
        "colour": Widget.colour,
        "weight": Widget.weight,
        "cost": Widget.cost,
        "fragile": Widget.fragile,
        "due_on": Widget.due_on,
        "made_at": Widget.made_at,
        "owner_id": Record.owner_id,
        "company_id": Record.company_id,
    },
    sorts={
        "name": Record.sort_key,
        "weight": Widget.weight,
        "cost": Widget.cost,
        "due_on": Widget.due_on,
        "updated_at": Record.updated_at,
    },
    search=search,
    field_groups={"cost": "cost"},
)
FIRM_COLLECTION = Collection(
    name="firms",
    kind="firm",
    model=Firm,
    policy=FIRMS,
    permission_read=Sample.READ,
    permission_write=Sample.WRITE,
    out_schema=RecordOut,
)
pages = Routes("sample", __name__)


@pages.get("/widgets/<int:record_id>", permission=Sample.READ)
def widget(record_id: int) -> str:
    return str(record_id)


ALL = {permission.value: Scope.ALL.value for permission in Sample}
POST = {"timeline:entry:write": Scope.ALL.value}
MODULE = Module(
    name="sample",
    title=_l("Sample"),
    folder=Path(__file__).parent,
    blueprints=(pages,),
    permissions=(Sample,),
    records=(
        RecordType(
            kind="widget",
            model=Widget,
            policy=WIDGETS,
            label=_l("Widget"),
            icon="box",
            endpoint="sample.widget",
        ),
        RecordType(
            kind="firm",
            model=Firm,
            policy=FIRMS,
            label=_l("Firm"),
            icon="building-2",
            endpoint="sample.widget",
        ),
    ),
    facts=(WIDGET_MADE,),
    collections=(WIDGET_COLLECTION, FIRM_COLLECTION),
)


@dataclass(slots=True)
class House:
    """The running sample: Maya may everything, Lin sees and changes only what is hers."""

    app: Flask
    installation: Installation
    users: dict[str, int] = field(default_factory=dict)
    firms: dict[str, int] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def program(self, person: str) -> "Program":
        return Program(self, self.tokens[person])

    def make(self, count: int, **values: Any) -> list[int]:
        """Widgets of Lin's, made past the API."""
        with using(self.installation), self.installation.database.writing() as session:
            made = [
                Widget(title=f"Widget {number:03}", owner_id=self.users["lin"], **values)
                for number in range(count)
            ]
            session.add_all(made)
            session.commit()
            return [widget.id for widget in made]


class Program:
    """A program that calls the API with one person's token."""

    def __init__(self, house: House, token: str) -> None:
        self.client: FlaskClient = house.app.test_client()
        self.headers = {"Authorization": f"Bearer {token}"}

    def ask(self, method: str, path: str, **options: Any) -> TestResponse:
        headers = {**self.headers, **options.pop("headers", {})}
        return self.client.open(f"/api/v1{path}", method=method, headers=headers, **options)

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.ask("GET", path, **options)

    def post(self, path: str, **options: Any) -> TestResponse:
        return self.ask("POST", path, **options)

    def patch(self, path: str, **options: Any) -> TestResponse:
        return self.ask("PATCH", path, **options)

    def delete(self, path: str, **options: Any) -> TestResponse:
        return self.ask("DELETE", path, **options)


def build(data_dir: Path, database_url: str) -> House:
    settings = Settings(
        data_dir=data_dir,
        secret_key="a secret that is long enough for tests only",
        database_url=database_url,
        synchronous="NORMAL",
    )
    app = create_app(settings, [MODULE])
    house = House(app, app.extensions["concord"])
    Model.metadata.create_all(house.installation.database.engine)
    TABLES.create_all(house.installation.database.engine)
    migrate_tables(database_url)
    database = house.installation.database
    with app.test_request_context(), using(house.installation), database.writing() as session:
        _people(session, house)
        session.commit()
    return house


def _people(session: Session, house: House) -> None:
    team = Team(name="Sales")
    session.add(team)
    session.flush()
    own = {permission.value: Scope.OWN.value for permission in Sample}
    roles = {
        "manager": ("maya", ALL | POST, ["cost"]),
        "sales": ("lin", own | POST, []),
        "read_only": ("jun", {Sample.READ.value: Scope.ALL.value}, []),
    }
    for key, (person, grants, groups) in roles.items():
        role = Role(key=key, name=key, grants=grants, field_groups=groups)
        user = User(name=person.title(), email=f"{person}@beacon.example", is_staff=True)
        user.team_id = team.id
        session.add_all([role, user])
        session.flush()
        session.add(UserRole(user_id=user.id, role_id=role.id))
        _keep(session, house, person, user)
    outside = {Sample.READ.value: Scope.ALL.value} | POST
    session.add(Role(key="customer", name="customer", face="customer", grants=outside))
    for person, firm in (("zhou", "Huadong"), ("paul", "Kessler")):
        _outside(session, house, person, firm)


def _outside(session: Session, house: House, person: str, name: str) -> None:
    firm = Firm(title=name, is_customer=True)
    user = User(name=person.title(), email=f"{person}@{name.lower()}.example", is_staff=False)
    session.add_all([firm, user])
    session.flush()
    firm.company_id = firm.id
    house.firms[name] = firm.id
    membership = PortalMembership(user_id=user.id, company_id=firm.id, face=Face.CUSTOMER.value)
    session.add(membership)
    session.flush()
    _keep(session, house, person, user, membership.id)


def _keep(
    session: Session, house: House, person: str, user: User, membership_id: int | None = None
) -> None:
    system = Actor(face=Face.SYSTEM, user_id=None)
    _row, secret = add_token(
        session, system, user, name="test", scopes=(), membership_id=membership_id
    )
    house.users[person], house.tokens[person] = user.id, secret
