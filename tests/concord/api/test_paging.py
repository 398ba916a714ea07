"""Pages by keyset: nothing missing, nothing twice, whatever the order, on both engines."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.orm import Session

from concord.database.paging import LARGEST_LIMIT, page, page_of_rows
from concord.errors import Invalid
from concord.installation import using
from concord.records.models import Record
from tests.concord.api.sample import House, Widget

WIDGETS = select(Widget)


@pytest.fixture
def session(house: House) -> Iterator[Session]:
    chance = random.Random(7)
    with using(house.installation), house.installation.database.writing() as session:
        for number in range(60):
            session.add(
                Widget(
                    title=chance.choice(["恒泰传感", "Kessler", "kessler", "Éclair", "华东"]),
                    weight=chance.choice([None, 1, 2, 3]),
                    due_on=chance.choice([None, date(2026, 1, 1) + timedelta(days=number % 5)]),
                    made_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=chance.randrange(9)),
                )
            )
        session.commit()
        yield session


ORDERS: dict[str, tuple[Any, ...]] = {
    "one way": (Record.sort_key, Record.id),
    "the other": (Record.sort_key.desc(), Record.id.desc()),
    "both ways": (Record.sort_key, Record.id.desc()),
    "three": (Record.sort_key.desc(), Widget.made_at, Record.id),
    "empty first": (Widget.weight, Record.id),
    "empty first, downwards": (Widget.weight.desc(), Record.id.desc()),
    "two empty ones": (Widget.due_on.desc(), Widget.weight, Record.id),
    "empty inside": (Record.sort_key, Widget.weight.desc(), Record.id),
    "a moment": (Widget.made_at.desc(), Record.id.desc()),
    "the id alone": (Record.id.desc(),),
}


@pytest.mark.parametrize("name", ORDERS)
@pytest.mark.parametrize("limit", [1, 7, 60])
def test_pages_are_the_list_in_order(session: Session, name: str, limit: int) -> None:
    order = ORDERS[name]
    directed = [
        column.nulls_last() if hasattr(column, "nulls_last") else column for column in order
    ]
    expected = list(session.scalars(WIDGETS.order_by(*directed)))
    assert list(walk(session, order, limit)) == expected


@pytest.mark.engines
def test_rows_instead_of_objects(session: Session) -> None:
    query = WIDGETS.with_only_columns(Widget.id, Widget.title, Widget.weight)
    found = page_of_rows(session, query, order=(Record.sort_key, Record.id), limit=3)
    again = page_of_rows(session, query, order=(Record.sort_key, Record.id), cursor=found.next)
    assert [type(row.title) for row in found.items] == [str] * 3
    assert {row.id for row in found.items}.isdisjoint(row.id for row in again.items)


def test_a_page_in_the_middle_costs_one_statement_that_seeks(session: Session) -> None:
    """SQLite tells how it reads: the index is entered at the cursor, nothing is sorted."""
    order = (Record.sort_key, Record.id)
    query = WIDGETS.where(Record.kind == "widget")
    first = page(session, query, order=order, limit=5)
    plan = "\n".join(plans(session, lambda: page(session, query, order=order, cursor=first.next)))
    assert "ix_concord_records_list (kind=? AND sort_key>?)" in plan
    assert "TEMP B-TREE" not in plan


def test_an_order_by_what_may_be_empty_seeks_as_well(session: Session) -> None:
    session.execute(text("CREATE INDEX sample_weight ON sample_widgets (weight, id)"))
    order = (Widget.weight, Widget.id)
    first = page(session, WIDGETS, order=order, limit=50)
    for cursor in (None, first.next):
        found = plans(session, lambda at=cursor: page(session, WIDGETS, order=order, cursor=at))
        assert all("sample_weight" in plan for plan in found)
        assert not any("TEMP B-TREE" in plan for plan in found)


@pytest.mark.engines
def test_the_limit_is_capped(session: Session) -> None:
    session.add_all(Widget(title=f"more {number}") for number in range(LARGEST_LIMIT))
    session.flush()
    order = (Record.id,)
    assert len(page(session, WIDGETS, order=order, limit=10**9).items) == LARGEST_LIMIT
    assert len(page(session, WIDGETS, order=order, limit=-3).items) == 1


def test_a_senseless_cursor_is_refused(session: Session) -> None:
    for cursor in ("", "x", "e30", "é", "A" * 5000, "W10", "bnVsbA", "%00", "🙂"):
        with pytest.raises(Invalid) as refused:
            page(session, WIDGETS, order=(Record.id,), cursor=cursor)
        assert list(refused.value.errors) == ["cursor"]


def test_a_cursor_of_another_order_or_altered_is_refused(session: Session) -> None:
    cursor = page(session, WIDGETS, order=(Record.sort_key, Record.id), limit=1).next
    assert cursor is not None
    for order in [
        (Record.sort_key.desc(), Record.id.desc()),
        (Record.id,),
        (Widget.weight, Record.id),
    ]:
        with pytest.raises(Invalid):
            page(session, WIDGETS, order=order, cursor=cursor)
    altered = cursor[:-6] + ("A" if cursor[-6] != "A" else "B") + cursor[-5:]
    with pytest.raises(Invalid):
        page(session, WIDGETS, order=(Record.sort_key, Record.id), cursor=altered)


def walk(session: Session, order: tuple[Any, ...], limit: int) -> Iterator[Widget]:
    cursor = None
    while True:
        found = page(session, WIDGETS, order=order, limit=limit, cursor=cursor)
        assert len(found.items) <= limit
        yield from found.items
        if (cursor := found.next) is None:
            return


def plans(session: Session, read: Any) -> list[str]:
    """How SQLite reads each statement of `read`."""
    seen: list[tuple[str, Any]] = []
    connection = session.connection()

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        seen.append((statement, values))

    event.listen(connection, "before_cursor_execute", note)
    read()
    event.remove(connection, "before_cursor_execute", note)
    return [
        "\n".join(
            row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        )
        for statement, values in seen
    ]
