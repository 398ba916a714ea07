"""The table that is printed, what is kept as JSON, and what got worse."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.figures import Pace
from tests.bench.operations import Budget

WORSE = 1.2
HEAD = (
    "", "operation", "as", "bare", "floor", "ours p50", "p95", "p99", "ratio", "budget", "",
    "req/s 1", "req/s 8", "SQL", "CPU ms", "growth", "best peer",
)  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Row:
    """One operation in one form."""

    key: str
    title: str
    way: str
    ours: Pace
    at_eight: Pace | None = None
    bare: Pace | None = None
    floor: Pace | None = None
    budget: Budget | None = None
    compared: float | None = None  # what the budget is measured by, where it is no floor
    statements: int | None = None
    most_statements: int | None = None
    growth: float | None = None
    most_growth: float = 1.3
    peer: str = ""

    @property
    def name(self) -> str:
        return f"{self.key} {self.way}"

    @property
    def ratio(self) -> float | None:
        by = self.compared or (self.floor.p50 if self.floor else None)
        return self.ours.p50 / by if by else None

    @property
    def keeps(self) -> bool | None:
        """Whether it is within its budgets; None where it has none."""
        if self.budget is None:
            return None
        if self.most_statements is not None and (self.statements or 0) > self.most_statements:
            return False
        if self.budget.milliseconds:
            return self.ours.p95 <= self.budget.milliseconds
        return self.ratio is not None and self.ratio <= self.budget.limit

    @property
    def said(self) -> str:
        """In a few words, as soon as it is known."""
        ratio = f", {self.ratio:.1f} times the floor" if self.ratio else ""
        return f"{self.name}: p50 {_ms(self.ours.p50)}, p95 {_ms(self.ours.p95)} ms{ratio}"

    def cells(self) -> list[str]:
        eight = f"{self.at_eight.a_second:.0f}" if self.at_eight else ""
        return [
            self.key, self.title, self.way, _ms(self.bare.p50 if self.bare else None),
            _ms(self.floor.p50 if self.floor else None), _ms(self.ours.p50), _ms(self.ours.p95),
            _ms(self.ours.p99), f"{self.ratio:.1f}" if self.ratio else "",
            str(self.budget or ""), mark(self.keeps), f"{self.ours.a_second:.0f}", eight,
            str(self.statements or ""), f"{self.ours.cpu:.1f}" if self.ours.cpu else "",
            self._growth(), self.peer,
        ]  # fmt: skip

    def _growth(self) -> str:
        if self.growth is None:
            return ""
        return f"{self.growth:.2f} {mark(self.growth <= self.most_growth)}"

    def as_dict(self) -> dict[str, Any]:
        paces = {"ours": self.ours, "at_eight": self.at_eight, "bare": self.bare,
                 "floor": self.floor}  # fmt: skip
        return {
            **{name: each.as_dict() for name, each in paces.items() if each is not None},
            "ratio": self.ratio and round(self.ratio, 3),
            "statements": self.statements,
            "growth": self.growth and round(self.growth, 3),
            "within_budget": self.keeps,
        }


@dataclass(frozen=True, slots=True)
class Line:
    """A figure that is none of a request."""

    key: str
    title: str
    value: str
    budget: str = ""
    keeps: bool | None = None
    figure: float | None = None


def mark(keeps: bool | None) -> str:
    return {True: "✓", False: "✗", None: ""}[keeps]


def table(rows: list[Row], lines: list[Line]) -> str:
    cells = [list(HEAD), *(row.cells() for row in rows)]
    kept = [n for n in range(len(HEAD)) if any(row[n] for row in cells[1:])]
    return "\n".join(
        [
            _aligned([[row[n] for n in kept] for row in cells]),
            "",
            _aligned([[x.key, x.title, x.value, x.budget, mark(x.keeps)] for x in lines]),
        ]
    )


def worse(found: dict[str, float], baseline: Path) -> list[str]:
    """What stands a fifth higher than the stored measurement, in words."""
    if not baseline.exists():
        return []
    before = json.loads(baseline.read_text("utf-8"))["compared"]
    return [
        f"{name}: {before[name]:.2f} before, {now:.2f} now ({now / before[name] - 1:+.0%})"
        for name, now in found.items()
        if before.get(name) and now > before[name] * WORSE
    ]


def compared(rows: list[Row], lines: list[Line]) -> dict[str, float]:
    """What can be compared between commits: ratios, and figures of memory and time."""
    found = {row.name: round(row.ratio, 3) for row in rows if row.ratio}
    return found | {x.key: round(x.figure, 3) for x in lines if x.figure is not None}


def _ms(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"


def _aligned(rows: list[list[str]]) -> str:
    if not rows:
        return ""
    widths = [max(_width(row[n]) for row in rows) for n in range(len(rows[0]))]
    lines = (
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        )
        for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)


def _width(text: str) -> int:
    """Chinese characters take two places."""
    return sum(2 if letter >= "\u2e80" else 1 for letter in text)
