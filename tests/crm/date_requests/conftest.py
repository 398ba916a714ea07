"""A request that Zhao Yu sends to Hengtai, about Huadong; and its lines as the form names them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from concord.clock import today
from modules.crm.date_requests.models import DateRequest, DateRequestLine
from tests.world import World

WANTED = today("Asia/Shanghai") + timedelta(days=20)
LATER = WANTED + timedelta(days=7)
Choose = Callable[..., Any]


@pytest.fixture
def asked(world: World) -> int:
    """Two lines, both wanted on one day; gives the id of the request."""
    answer = world.api("zhao").post(
        "/api/v1/date_requests",
        json={
            "company_id": world.records["hengtai"],
            "about_id": world.records["huadong"],
            "title": "Spindles and bodies",
            "note": "What can go first?",
            "lines": [
                {"item": "Spindle", "quantity": "8 pcs", "wanted_on": WANTED.isoformat()},
                {"item": "Body", "quantity": "24 pcs", "wanted_on": WANTED.isoformat()},
            ],
        },
    )
    assert answer.status_code == 201, answer.text
    return int(answer.get_json()["id"])


def lines_of(world: World, request_id: int) -> list[DateRequestLine]:
    with world.reading() as session:
        query = select(DateRequestLine).where(DateRequestLine.request_id == request_id)
        return list(session.scalars(query.order_by(DateRequestLine.position)))


def version_of(world: World, request_id: int) -> int:
    with world.reading() as session:
        return session.get_one(DateRequest, request_id).version


@pytest.fixture
def choose(world: World, asked: int) -> Choose:
    """Send the supplier's form as `person`: per line "wanted", a day, or a day and a reason."""

    def chosen(person: str, *answers: Any, version: int | None = None, **more: str) -> Any:
        form = {"version": str(version or version_of(world, asked)), **more}
        for line, said in zip(lines_of(world, asked), answers, strict=False):
            if said is None:
                continue
            day, reason = said if isinstance(said, tuple) else (said, "")
            form[f"answer.{line.id}"] = "wanted" if day == "wanted" else "other"
            if day != "wanted":
                form |= {f"date.{line.id}": str(day), f"reason.{line.id}": reason}
        return world.client(person).fragment(f"/portal/dates/{asked}", method="POST", data=form)

    return chosen
