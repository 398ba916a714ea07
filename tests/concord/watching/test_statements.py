"""What a request costs in statements, and which of them are slow: their text, never a value."""

import re
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.concord.watching.conftest import listening, told_otherwise
from tests.world import World

# Counts to a number: slow on every engine, for as long as one likes.
COUNTING = text(
    "WITH RECURSIVE steps(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM steps WHERE n < :many)"
    " SELECT count(*) FROM steps WHERE :word <> 'x'"
)


def of(lines: list[dict[str, Any]], event: str) -> list[dict[str, Any]]:
    return [line for line in lines if line["event"] == event]


def test_a_request_says_what_it_cost_the_database(any_world: World) -> None:
    lin = any_world.client("lin")
    with listening(any_world) as lines:
        lin.get("/customers")
        any_world.client().get("/no-such-page")
    page, nothing = of(lines, "request")
    assert 1 <= page["statements"] <= 5
    assert 0 < page["sql_ms"] <= page["ms"]
    assert nothing["statements"] <= 1, "what the house is called"


def test_a_slow_statement_is_one_line_without_values(any_world: World) -> None:
    with listening(any_world) as lines, any_world.reading() as session:
        session.execute(COUNTING, {"many": 8_000_000, "word": "hunter2"})
    [line] = of(lines, "slow_statement")
    assert line["sql"].startswith("WITH RECURSIVE steps(n) AS")
    assert line["ms"] > 500
    assert "hunter2" not in str(lines)
    assert "8000000" not in str(lines)


def test_a_slow_statement_names_its_request(any_world: World) -> None:
    slow = told_otherwise(any_world, slow_statement_ms=0.0001)
    lin = slow.client("lin")
    with listening(any_world) as lines:
        answer = lin.get("/customers?q=hunter2")
    slow.installation.database.dispose()
    found = of(lines, "slow_statement")
    assert found
    assert {line["request_id"] for line in found} == {answer.headers["X-Request-ID"]}
    [request] = of(lines, "request")
    assert {line["endpoint"] for line in found} <= {"none", request["endpoint"]}
    assert all("\n" not in line["sql"] for line in found)
    assert "hunter2" not in str(lines)
    assert all(re.search(r"\?|%\(|SELECT|BEGIN", line["sql"]) for line in found)


def test_a_statement_that_fails_slowly_is_named_too(world_on_postgres: World) -> None:
    hurried = told_otherwise(world_on_postgres, slow_statement_ms=100)
    with listening(hurried) as lines, hurried.reading() as session:
        session.execute(text("SET LOCAL statement_timeout = 300"))
        with pytest.raises(DBAPIError):
            session.execute(COUNTING, {"many": 900_000_000, "word": "hunter2"})
    hurried.installation.database.dispose()
    [line] = of(lines, "slow_statement")
    assert line["ms"] >= 300
    assert "hunter2" not in str(lines)


def test_zero_is_no_slow_statement_at_all(world: World) -> None:
    calm = told_otherwise(world, slow_statement_ms=0)
    with listening(world) as lines, calm.reading() as session:
        session.execute(COUNTING, {"many": 1_500_000, "word": "x"})
    calm.installation.database.dispose()
    assert not of(lines, "slow_statement")
