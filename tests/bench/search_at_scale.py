"""Searching among many: fills a database with generated companies and people, then asks.

.venv/bin/python -m tests.bench.search_at_scale sqlite 100000
.venv/bin/python -m tests.bench.search_at_scale postgres 100000
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from concord.actors import Face
from concord.clock import now
from concord.database.base import Model
from concord.installation import current_installation
from concord.parties.models import Party
from concord.records.models import Record
from concord.records.sorting import sort_key
from concord.search.entries import search_entries
from concord.search.models import SearchDocument, SearchTypo
from concord.search.names import misspelt, spoken
from concord.search.preparing import rows_of, typed_in
from concord.search.queries import search
from modules.crm.companies.models import Company
from modules.crm.companies.search import documents
from modules.crm.contacts.models import Contact
from modules.crm.matching import email_key, name_key, phone_key
from tests.bench.words import names, people
from tests.concord.search.conftest import told
from tests.concord.search.queries import CHINESE, Meant
from tests.servers.postgres import PostgresServer
from tests.world import World

BATCH = 2_000


def fill(session: Session, count: int) -> None:
    """`count` documents: seven companies for every three people, each with a number of its own."""
    following = (session.scalar(select(func.max(Record.id))) or 0) + 1
    companies = [*names(count * 7 // 10)]
    rows: list[Any] = [
        (Company, following + at, name, f"+86 {400 + at % 400} {at:07d}", f"info@site{at}.example")
        for at, name in enumerate(companies)
    ]
    first = following + len(rows)
    rows += [
        (Contact, first + at, name, f"+86 139 {at:08d}", f"person{at}@site{at}.example")
        for at, name in enumerate(people(count - len(companies)))
    ]
    for at in range(0, len(rows), BATCH):
        _write(session, rows[at : at + BATCH], following)
    if session.get_bind().dialect.name == "postgresql":
        session.execute(
            text("SELECT setval('concord_records_id_seq', (SELECT max(id) FROM concord_records))")
        )
        session.commit()
        session.execute(text("ANALYZE"))
    session.commit()


def _write(session: Session, rows: Sequence[Any], first_company: int) -> None:
    spine: list[Any] = []
    parties: list[Any] = []
    companies: list[Any] = []
    contacts: list[Any] = []
    found: list[Any] = []
    typed: set[str] = set()
    for model, record_id, name, phone, email in rows:
        company_id = record_id if model is Company else first_company + record_id % 1000
        values = {"phone": phone, "email": email, "custom": {}, "phone_key": phone_key(phone)}
        values |= {"id": record_id, "email_key": email_key(email)}
        kind = "company" if model is Company else "contact"
        spine.append(
            {"id": record_id, "kind": kind, "title": name, "sort_key": sort_key(name),
             "company_id": company_id, "version": 1, "created_at": now(), "updated_at": now()}
        )  # fmt: skip
        record = model(id=record_id, title=name, phone=phone, email=email, kind=kind)
        record.company_id = company_id
        if model is Company:
            record.is_customer, record.is_supplier = False, False
            parties.append({"id": record_id, "is_customer": True, "is_supplier": False})
            companies.append(
                values | {"tier": "none", "state": "active", "name_key": name_key(name)}
            )
        else:
            contacts.append(values | {"importance": "normal"})
        found.extend(rows_of(_type(kind), record))
        if model is Company:
            typed |= typed_in(documents(record)[Face.STAFF])
    tables = ((Record, spine), (Party, parties), (Company, companies), (Contact, contacts))
    for table, values_ in (*tables, (SearchDocument, found)):
        if values_:
            session.execute(insert(of(table)), values_)
    _learn(session, typed)
    session.commit()


def of(model: type[Model]) -> Any:
    """The table itself: rows in bulk need no objects."""
    return model.__table__


def _type(kind: str) -> Any:
    return current_installation().records[kind]


def _learn(session: Session, typed: set[str]) -> None:
    known = set(session.scalars(select(SearchTypo.word).where(SearchTypo.word.in_(typed))))
    pairs = [{"variant": v, "word": w} for w in sorted(typed - known) for v in sorted(misspelt(w))]
    if pairs:
        session.execute(insert(of(SearchTypo)), pairs)


def generated(session: Session, seed: int = 3, each: int = 8) -> list[Meant]:
    """What somebody types who means one of the generated records, by eight kinds of typing."""
    luck = random.Random(seed)
    query = select(SearchDocument.title, Company.phone).join(
        Company, Company.id == SearchDocument.record_id
    )
    rows: list[Any] = list(session.execute(query.where(SearchDocument.title.like("% %"))))
    latin = luck.sample(rows, each * 4)
    rows = list(session.execute(query.where(SearchDocument.title.like("%有限公司"))))
    han = luck.sample(rows, each * 4)
    asked = [Meant(title.lower(), title) for title, _ in latin[:each]]
    asked += [Meant(" ".join(t.split()[:2])[:-1], t) for t, _ in latin[each : 2 * each]]
    asked += [Meant(t[:3] + t[4:], t) for t, _ in latin[2 * each : 3 * each]]
    asked += [Meant(phone[-9:], t) for t, phone in latin[3 * each :]]
    asked += [Meant(t[:6], t) for t, _ in han[:each]]
    asked += [Meant(t[:4], t) for t, _ in han[each : 2 * each]]
    asked += [Meant(spoken(t[:6]), t) for t, _ in han[2 * each : 3 * each]]
    asked += [Meant("".join(phone.split())[-8:], t) for t, phone in han[3 * each :]]
    return asked


def missed(world: World, asked: Sequence[Meant], among: int = 3) -> list[Meant]:
    """Those for which what is meant is not among the first; equal names are equally meant."""
    actor = world.actor("lin")
    found = []
    with world.app.test_request_context(), world.reading() as session:
        for meant in asked:
            if meant.said:
                hits = search_entries(session, actor, meant.typed, limit=among)
                good = any(meant.said in hit.snippet for hit in hits)
            else:
                hits = search(session, actor, meant.typed, limit=among)
                good = any(_same(hit.title, meant) for hit in hits)
            if not good:
                found.append(meant)
    return found


def _same(title: str, meant: Meant) -> bool:
    """Of names that begin alike, no four letters tell which is meant."""
    return title == meant.title or title.startswith(meant.typed)


def typing(world: World, person: str, asked: Sequence[Meant]) -> list[float]:
    """Milliseconds of each answer while the queries are typed letter by letter."""
    actor, spent = world.actor(person), []
    with world.app.test_request_context():
        for meant in asked:
            for end in range(1, min(len(meant.typed), 12) + 1):
                begun = time.perf_counter()
                with world.reading() as session:
                    search(session, actor, meant.typed[:end], limit=8)
                spent.append((time.perf_counter() - begun) * 1000)
    return spent


def main(engine: str, count: int) -> None:
    folder = Path(tempfile.mkdtemp())
    server = PostgresServer() if engine == "postgres" else None
    url = server.create_database() if server else f"sqlite:///{folder / 'concord.db'}"
    try:
        world = told(folder, url, "zh")
        begun = time.monotonic()
        with world.writing() as session:
            fill(session, count)
        print(f"{engine}: {count} documents in {time.monotonic() - begun:.0f} s")
        with world.reading() as session:
            asked = generated(session)
        for name, queries in (("demo", CHINESE), ("generated", asked)):
            lost = missed(world, queries)
            print(f"{name}: {len(queries) - len(lost)} of {len(queries)}", lost)
        typing(world, "lin", CHINESE[:3])
        for person in ("lin", "zhou"):
            spent = sorted(typing(world, person, [*CHINESE, *asked[:20]]))
            p50, p95 = statistics.median(spent), spent[int(len(spent) * 0.95)]
            print(
                f"{person}: {len(spent)} answers, p50 {p50:.1f}, p95 {p95:.1f}, {spent[-1]:.0f} ms"
            )
    finally:
        if server:
            server.stop()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
