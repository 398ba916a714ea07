"""A change of many records at once, by the worker, beside COPY of as many rows."""

import time
from dataclasses import dataclass

import psycopg
import requests

from tests.bench.cluster import connected
from tests.bench.house import House

COPIED = "crm_companies"


@dataclass(frozen=True, slots=True)
class Rate:
    """Rows a second."""

    program: float
    copy: float


def measure(house: House, records: int, patience: float) -> Rate:
    """So many customers get another source; each is checked, versioned, audited and indexed."""
    headers = {"Authorization": f"Bearer {house.manager.token}"}
    wanted = {"filter": {"id.lte": str(records)}, "changes": {"source": "Trade fair"}}
    begun = time.monotonic()
    with requests.Session() as session:
        session.headers.update(headers)
        started = session.post(f"{house.web.url}/api/v1/companies/bulk", json=wanted, timeout=60)
        started.raise_for_status()
        run = started.json()
        while run["state"] == "running" and time.monotonic() < begun + patience:
            time.sleep(0.2)
            path = f"{house.web.url}/api/v1/bulk-runs/{run['id']}"
            run = session.get(path, timeout=30).json()
    spent = time.monotonic() - begun
    return Rate(program=(run["done"] + run["same"]) / spent, copy=_copied(house, records))


def _copied(house: House, records: int) -> float:
    query = f"SELECT * FROM {COPIED} WHERE id <= {int(records)}"  # noqa: S608
    with connected(house.url) as connection:
        with connection.cursor().copy(f"COPY ({query}) TO STDOUT") as out:
            rows = [bytes(row) for row in out]
        connection.execute(f"CREATE TEMPORARY TABLE copied (LIKE {COPIED} INCLUDING INDEXES)")
        begun = time.monotonic()
        _copy(connection, rows)
        return records / (time.monotonic() - begun)


def _copy(connection: "psycopg.Connection[object]", rows: list[bytes]) -> None:
    with connection.cursor().copy("COPY copied FROM STDIN") as into:
        for row in rows:
            into.write(row)
