"""Fills a migrated PostgreSQL database with a house of a given shape, by COPY, in minutes."""

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from psycopg import sql

from concord.installation import current_installation
from concord.records.models import Record
from concord.records.sorting import sort_key
from concord.search.names import misspelt
from concord.search.preparing import rows_of, typed_in
from concord.search.types import BY_TITLE
from modules.crm.companies.models import Company
from modules.crm.contacts.models import Contact
from modules.crm.matching import email_key, name_key, phone_key
from modules.tasks.tasks.models import Task
from tests.bench import shape as shapes
from tests.bench.copying import Connection, copy, indexed_afterwards
from tests.bench.shape import END, Shape, owner, team_of
from tests.bench.timelines import fill_timelines
from tests.bench.words import CHINESE_WORDS, bodies, names, people

SPINE = (
    "id", "kind", "title", "sort_key", "owner_id", "team_id", "company_id", "version",
    "created_at", "updated_at",
)  # fmt: skip
COMPANY = (
    "id", "tier", "state", "phone", "email", "website", "industry", "source", "city", "employees",
    "customer_since", "custom", "notes", "name_key", "phone_key", "email_key",
)  # fmt: skip
CONTACT = ("id", "job_title", "importance", "phone", "email", "custom", "phone_key", "email_key")
TASK = ("id", "about_id", "created_by_id", "state", "priority", "due_at", "done_at", "note")
DOCUMENT = (
    "record_id", "face", "kind", "scope", "title", "title_key", "names", "aliases", "body", "text",
)  # fmt: skip
USER = (
    "id", "name", "sort_key", "email", "is_staff", "team_id", "language", "timezone", "theme",
    "created_at", "version",
)  # fmt: skip
BIG = (
    "concord_records", "concord_parties", "crm_companies", "crm_contacts", "tasks_tasks",
    "concord_timeline_entries", "concord_timeline_links", "concord_timeline_streams",
    "concord_search_documents", "concord_search_entries", "concord_search_typos",
    "concord_search_index", "concord_search_entry_index",
)  # fmt: skip
TIERS = ("gold", "silver", "bronze", "none")
CITIES = ("Suzhou", "Shanghai", "Hamburg", "Lyon", "宁波", "重庆", "Leeds", "Osaka")
TRADES = ("Machining", "Electronics", "Chemicals", "物流", "汽车", "Medical")


def fill(connection: Connection, shape: Shape) -> None:
    """Everything the measured pages read. The database is migrated and holds nobody yet."""
    connection.execute("SET session_replication_role = replica")
    connection.execute("SET maintenance_work_mem = '512MB'")
    with indexed_afterwards(connection, BIG):
        users = _people(connection)
        titles = _companies(connection, shape)
        _contacts(connection, shape)
        _tasks(connection, shape, titles)
        fill_timelines(connection, shape, titles, users)
    connection.execute("SET session_replication_role = origin")
    for table in ("records", "users", "teams", "timeline_entries", "search_documents"):
        _go_on_after_the_last(connection, f"concord_{table}")
    connection.commit()
    connection.autocommit = True
    connection.execute("VACUUM (FREEZE, ANALYZE)")


def _go_on_after_the_last(connection: Connection, table: str) -> None:
    command = "SELECT setval(pg_get_serial_sequence({0}, 'id'), (SELECT max(id) FROM {1}))"
    connection.execute(sql.SQL(command).format(sql.Literal(table), sql.Identifier(table)))


def _people(connection: Connection) -> dict[int, str]:
    """Colleagues in five teams; nearly all sell."""
    roles = dict(connection.execute("SELECT key, id FROM concord_roles").fetchall())
    teams = [(number, f"Team {number}") for number in range(1, shapes.TEAMS + 1)]
    copy(connection, "concord_teams", ("id", "name"), teams)
    found = dict(enumerate(people(shapes.USERS), start=1))
    rows = (
        (number, name, sort_key(name), f"person{number}@house.example", True, team_of(number),
         "en" if number % 2 else "zh", "Asia/Shanghai", "system", END, 1)
        for number, name in found.items()
    )  # fmt: skip
    copy(connection, "concord_users", USER, rows)
    held = ((number, roles[_role(number)]) for number in found)
    copy(connection, "concord_user_roles", ("user_id", "role_id"), held)
    return found


def _role(user_id: int) -> str:
    if user_id == shapes.ADMINISTRATOR:
        return "administrator"
    return "manager" if user_id in shapes.MANAGERS else "sales"


def _spine(record: Record, owner_id: int) -> tuple[Any, ...]:
    team_id, key = team_of(owner_id), sort_key(record.title)
    kept = (record.id, record.kind, record.title, key, owner_id, team_id, record.company_id)
    return (*kept, 1, END, END)


def _companies(connection: Connection, shape: Shape) -> list[str]:
    luck = random.Random(11)
    made = [
        Company(
            id=number, kind="company", title=name, company_id=number, is_customer=True,
            is_supplier=luck.random() < 0.03, tier=luck.choice(TIERS),
            state=luck.choice(("active", "active", "active", "prospect", "dormant")),
            phone=f"+86 {400 + number % 400} {number:07d}", email=f"info@site{number}.example",
            website=f"https://site{number}.example", industry=luck.choice(TRADES),
            source="Fair", city=luck.choice(CITIES), employees=luck.randrange(5, 5000),
            customer_since=(END - timedelta(days=luck.randrange(2000))).date(),
            notes=luck.choice(CHINESE_WORDS["thing"]) if luck.random() < 0.2 else None,
        )
        for number, name in enumerate(names(shape.customers), start=1)
    ]  # fmt: skip
    copy(connection, "concord_records", SPINE, (_spine(each, owner(luck)) for each in made))
    sides = ((each.id, each.is_customer, each.is_supplier) for each in made)
    copy(connection, "concord_parties", ("id", "is_customer", "is_supplier"), sides)
    copy(connection, "crm_companies", COMPANY, map(_company, made))
    _documents(connection, "company", made)
    return [each.title for each in made]


def _company(each: Company) -> tuple[Any, ...]:
    keys = (name_key(each.title), phone_key(each.phone), email_key(each.email))
    return (
        each.id, each.tier, each.state, each.phone, each.email, each.website, each.industry,
        each.source, each.city, each.employees, each.customer_since, "{}", each.notes, *keys,
    )  # fmt: skip


def _contacts(connection: Connection, shape: Shape) -> None:
    luck, count = random.Random(12), shape.customers
    made = [
        Contact(
            id=number, kind="contact", title=name, company_id=1 + int(count * luck.random() ** 1.2),
            job_title=luck.choice(("Buyer", "Engineer", "采购", "厂长")), importance="normal",
            phone=f"+86 139 {number:08d}", email=f"person@site{number}.example",
        )
        for number, name in enumerate(people(shape.contacts), start=count + 1)
    ]  # fmt: skip
    copy(connection, "concord_records", SPINE, (_spine(each, owner(luck)) for each in made))
    rows = (
        (each.id, each.job_title, each.importance, each.phone, each.email, "{}",
         phone_key(each.phone), email_key(each.email))
        for each in made
    )  # fmt: skip
    copy(connection, "crm_contacts", CONTACT, rows)
    _documents(connection, "contact", made)


def _tasks(connection: Connection, shape: Shape, titles: Sequence[str]) -> None:
    luck, first = random.Random(13), shape.customers + shape.contacts + 1
    made = [
        Task(
            id=first + number, kind="task", title=f"Call about {text[:40]}", note="",
            company_id=company, about_id=company, state="done" if luck.random() < 0.7 else "open",
        )
        for number, text in enumerate(bodies(shape.tasks, seed=14))
        for company in (1 + int(len(titles) * luck.random() ** 2),)
    ]  # fmt: skip
    copy(connection, "concord_records", SPINE, (_spine(each, owner(luck)) for each in made))
    rows = (
        (each.id, each.about_id, owner(luck), each.state, "normal",
         END + timedelta(days=luck.randrange(-30, 60)), END if each.done else None, "")
        for each in made
    )  # fmt: skip
    copy(connection, "tasks_tasks", TASK, rows)
    _documents(connection, "task", made)


def _documents(connection: Connection, kind: str, records: Sequence[Record]) -> None:
    record_type = current_installation().records[kind]
    rows = (row for record in records for row in rows_of(record_type, record))
    copy(connection, "concord_search_documents", DOCUMENT, ([r[c] for c in DOCUMENT] for r in rows))
    search = record_type.search or BY_TITLE
    typed = {
        word
        for record in records
        for document in search.documents(record).values()
        for word in typed_in(document)
    }
    known = {word for (word,) in connection.execute(
        "SELECT word FROM concord_search_typos WHERE variant = word")}  # fmt: skip
    pairs = sorted((variant, word) for word in typed - known for variant in misspelt(word))
    copy(connection, "concord_search_typos", ("variant", "word"), pairs)
