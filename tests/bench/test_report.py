"""What the benchmark says about what it saw."""

import json
from pathlib import Path

from tests.bench.figures import pace, quietest
from tests.bench.operations import Budget
from tests.bench.report import Line, Row, compared, table, worse

FLOOR = pace([1.0], 1000)


def row(milliseconds: float, budget: Budget, statements: int = 3) -> Row:
    return Row(
        key="d",
        title="open one customer, 华东",
        way="JSON",
        ours=pace([milliseconds], 100),
        floor=FLOOR,
        budget=budget,
        statements=statements,
        most_statements=6,
    )


def test_a_row_keeps_its_budget_in_time_and_in_statements() -> None:
    assert row(2.9, Budget(3)).keeps
    assert not row(3.1, Budget(3)).keeps
    assert not row(2.9, Budget(3), statements=7).keeps
    assert row(49, Budget(milliseconds=50)).keeps
    assert not row(51, Budget(milliseconds=50)).keeps


def test_page_500_is_measured_by_the_first_page() -> None:
    deep = row(2.9, Budget(1.2, "a"))
    deep.compared = 2.5
    assert deep.ratio == 2.9 / 2.5
    assert deep.keeps


def test_what_got_a_fifth_slower_is_named(tmp_path: Path) -> None:
    baseline = tmp_path / "baseline.json"
    assert worse({"d JSON": 9.0}, baseline) == []
    baseline.write_text(json.dumps({"compared": {"d JSON": 2.0, "e JSON": 2.0}}))
    assert worse({"d JSON": 2.4, "e JSON": 2.5, "f JSON": 9.0}, baseline) == [
        "e JSON: 2.00 before, 2.50 now (+25%)"
    ]


def test_figures_without_a_ratio_are_compared_too() -> None:
    found = compared([row(2.0, Budget(3))], [Line("memory", "of web", "120 MB", figure=120.0)])
    assert found == {"d JSON": 2.0, "memory": 120.0}


def test_of_several_rounds_the_quietest_counts() -> None:
    assert quietest([pace([5.0] * 3, 1), pace([2.0, 2.0, 30.0], 1)]).p95 == 30.0


def test_the_table_says_what_is_kept_and_what_is_not() -> None:
    said = table([row(2.0, Budget(3)), row(4.0, Budget(3))], [Line("i", "ring", "20 ms")])
    head, kept, missed, *_rest = said.splitlines()
    assert "budget" in head
    assert "≤ 3 × floor  ✓" in kept
    assert "≤ 3 × floor  ✗" in missed


def test_some_rows_alone_are_a_table_and_some_figures_alone_too() -> None:
    assert "open one customer" in table([row(2.0, Budget(3))], [])
    assert "20 ms" in table([], [Line("i", "ring", "20 ms")])
