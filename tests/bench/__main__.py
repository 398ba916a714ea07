"""`make bench`: the house of docs/performance.md in operation on this machine, and what it costs.

Says what it does, takes --quick for a short look, and ends what it started.
"""

import argparse
import json
import os
import platform
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from tests.bench import bulk, rings, statements
from tests.bench.cluster import SERVER, Cluster
from tests.bench.figures import Effort, Pace, of_requests, of_statement, quietest, resident
from tests.bench.house import House, serving
from tests.bench.operations import ABSENT, OPERATIONS, Operation
from tests.bench.report import Line, Row, compared, table, worse
from tests.bench.shape import Shape
from tests.servers.concord import ROOT

BASELINE = Path(__file__).parent / "baseline.json"
USUAL, SMALL, HUGE = 1_000_000, 10_000, 10_000_000
SOCKETS = (1_000, 5_000)
GROWTH = {USUAL: 1.3, HUGE: 1.5}
QUICK = Effort(warm=20, most=1000, seconds=0.6, rounds=2)
WHOLE = Effort(warm=50, most=5000, seconds=3, rounds=3)
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured, and for how long."""

    shape: Shape
    effort: Effort
    sockets: tuple[int, ...]
    keys: frozenset[str]

    def operations(self) -> list[Operation]:
        return [each for each in OPERATIONS if each.key in self.keys]


def main() -> None:
    given = _arguments()
    entries = SMALL if given.small else HUGE if given.huge else USUAL
    keys = frozenset(given.only.split(",")) | ({"a"} if "b" in given.only.split(",") else set())
    quick = QUICK if given.quick else WHOLE
    sockets = given.sockets or (SOCKETS[:1] if given.quick else SOCKETS)
    plan = Plan(Shape(entries), quick, sockets, keys)
    begun = time.monotonic()
    cluster = Cluster(given.folder.resolve())
    try:
        _say_where(cluster, plan)
        rows, lines = _measured(cluster, plan)
    finally:
        cluster.stop()
    print("\n" + table(rows, lines))
    if {"g", "h", "l"} & keys:
        print(f"\n{ABSENT}")
    found = compared(rows, lines)
    if slower := worse(found, BASELINE) if entries == USUAL else []:
        print("\nWorse than the stored measurement by more than a fifth:", *slower, sep="\n  ")
    print(f"\n{time.monotonic() - begun:.0f} s")
    kept = {"compared": found, "rows": {row.name: row.as_dict() for row in rows}}
    if given.json:
        given.json.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf-8")
    if given.store:
        BASELINE.write_text(json.dumps({"compared": found}, indent=1) + "\n", "utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a short look at each operation")
    parser.add_argument("--small", action="store_true", help=f"{SMALL:,} entries, for trying")
    parser.add_argument("--huge", action="store_true", help=f"{HUGE:,} entries")
    parser.add_argument("--sockets", type=_counts, help="browsers' sockets held open: 1000,5000")
    parser.add_argument("--only", default="a,b,c,c2,d,e,f,g,h,i,k,l,m", help="rows, by letter")
    parser.add_argument("--json", type=Path, help="write all figures to a file")
    parser.add_argument("--store", action="store_true", help="keep this as what is compared with")
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "bench")
    return parser.parse_args()


def _counts(said: str) -> tuple[int, ...]:
    return tuple(int(count) for count in said.split(","))


def _say_where(cluster: Cluster, plan: Plan) -> None:
    settings = ", ".join(f"{name} {value}" for name, value in SERVER.items() if value)
    shape = plan.shape
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.machine()}")
    print(f"PostgreSQL {cluster.server.version}: {settings}")
    print(
        f"{shape.entries:,} entries, {shape.customers:,} customers, {shape.contacts:,} contacts, "
        f"{shape.tasks:,} tasks, their search documents",
        flush=True,
    )


def _measured(cluster: Cluster, plan: Plan) -> tuple[list[Row], list[Line]]:
    rows: list[Row] = []
    lines: list[Line] = []
    with serving(cluster, plan.shape) as house:
        for operation in plan.operations():
            rows += _of(house, cluster, operation, plan)
        _compare_with_first(rows)
        if "i" in plan.keys:
            for count in plan.sockets:
                if count != plan.sockets[0]:
                    house.realtime.stop()  # what it has taken it does not give back
                    house.realtime.start()
                lines += _rings(house, plan, count)
        if "k" in plan.keys:
            lines += _bulk(house, plan)
        if "m" in plan.keys:
            lines += _processes(house)
    if plan.shape.entries in GROWTH and rows:
        with serving(cluster, Shape(SMALL)) as house:
            _grow(house, rows, plan)
    return rows, lines


def _of(house: House, cluster: Cluster, operation: Operation, plan: Plan) -> list[Row]:
    """One row for each form in which it is asked for. Bare, floor and program take turns, so that
    what else the machine does meets all of them alike."""
    print(f"  {operation.key} {operation.title}", flush=True)
    asking, effort = house.asking, plan.effort
    parameters = asking.parameters(operation.parameters)
    asked = {way: asking.questions(name) for way, name, _budget in operation.ways()}
    plain = _plain(operation, len(parameters))
    seen: defaultdict[str, list[Pace]] = defaultdict(list)
    for _ in range(effort.rounds):
        seen["bare"].append(of_statement(house.connection, operation.statement, parameters, effort))
        seen["floor"].append(of_requests(house.floor_port, None, plain, 1, effort))
        for way, questions in asked.items():
            for lines in (1, 8):
                seen[f"{way} {lines}"].append(_ours(house, questions, lines, effort))
    best = {name: quietest(paces) for name, paces in seen.items()}
    log, port = cluster.server.log, house.web.port
    rows = [
        Row(
            key=operation.key,
            title=operation.title,
            way=way,
            ours=best[f"{way} 1"],
            at_eight=best[f"{way} 8"],
            bare=best["bare"],
            floor=best["floor"],
            budget=budget,
            statements=statements.count(house.connection, log, port, asked[way]),
            most_statements=(operation.most_statements or {}).get(way),
            peer=operation.peer,
        )
        for way, _name, budget in operation.ways()
    ]
    for row in rows:
        print(f"    {row.said}", flush=True)
    return rows


def _plain(operation: Operation, count: int) -> list[bytes]:
    """The questions that the floor is asked."""
    return [
        f"GET /{operation.key}?at={at} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
        for at in range(count)
    ]


def _ours(house: House, questions: list[bytes], lines: int, effort: Effort) -> Pace:
    return of_requests(house.web.port, house.web.process_id, questions, lines, effort)


def _compare_with_first(rows: list[Row]) -> None:
    """Page 500 is measured by the first page."""
    known = {row.name: row for row in rows}
    for row in rows:
        if row.budget is not None and not row.budget.milliseconds and row.budget.of != "floor":
            row.compared = known[f"{row.budget.of} {row.way}"].ours.p50


def _grow(house: House, rows: list[Row], plan: Plan) -> None:
    """The same in a house with ten thousand entries."""
    ways = {f"{each.key} {way}": name for each in OPERATIONS for way, name, _budget in each.ways()}
    print(f"  the same with {SMALL:,} entries", flush=True)
    for row in rows:
        questions = house.asking.questions(ways[row.name])
        few = quietest(_ours(house, questions, 1, plan.effort) for _ in range(plan.effort.rounds))
        row.growth, row.most_growth = row.ours.p50 / few.p50, GROWTH[plan.shape.entries]


def _rings(house: House, plan: Plan, count: int) -> list[Line]:
    print(f"  i–k rings with {count:,} sockets", flush=True)
    some = "" if count == plan.sockets[0] else f" of {count:,}"
    seen = rings.measure(house, count, samples=100 if plan.effort is QUICK else 400)
    rung, fetched, bare, last = (seen[name] for name in ("rung", "fetched", "bare", "last"))
    keeps_pace = rung.p50 <= 20 and rung.p99 <= 60
    times = last["rung"] / last["bare"]
    opened = f"{seen['sockets']:,} sockets open, {seen['a_second']:.0f} opened a second"
    return [
        Line(f"i{some}", f"note sent → other browser's socket rung; {opened}",
             f"p50 {rung.p50:.1f} p95 {rung.p95:.1f} p99 {rung.p99:.1f} ms; "
             f"bare emit {bare.p50:.1f} / {bare.p99:.1f}",
             "p50 ≤ 20, p99 ≤ 60 ms (Odoo 61 / 122)", keeps_pace, rung.p50 / bare.p50),
        Line(f"j{some}", "note sent → fragment in the other browser",
             f"p50 {fetched.p50:.1f} p95 {fetched.p95:.1f} ms", "p95 ≤ 150 ms",
             fetched.p95 <= 150),
        Line(f"k memory{some}", "each socket in the realtime process",
             f"{seen['bytes'] / 1000:.0f} kB", "≤ 75 kB",
             seen["bytes"] <= 75_000, seen["bytes"] / 1000),
        Line(f"k last{some}", f"all {seen['gathered']:,} on one record, the last one rung",
             f"{last['rung']:.0f} ms; bare emit {last['bare']:.0f} ms: {times:.2f} times",
             "≤ 2 × bare emit", times <= 2, times),
        Line(f"memory of realtime{some}", "after that", f"{seen['memory'] / MEGABYTE:.0f} MB",
             "≤ 130 MB without its sockets",
             seen["memory"] - seen["bytes"] * seen["sockets"] <= 130 * MEGABYTE,
             seen["memory"] / MEGABYTE),
    ]  # fmt: skip


def _bulk(house: House, plan: Plan) -> list[Line]:
    records = min(plan.shape.customers, 3_000 if plan.effort is QUICK else 20_000)
    print(f"  bulk change of {records:,} customers", flush=True)
    rate = bulk.measure(house, records, patience=120)
    value = f"{rate.program:,.0f} rows a second; COPY {rate.copy:,.0f}"
    return [Line("bulk", f"one field of {records:,} customers changed by the worker, audited, "
                 "with undo", value, figure=rate.copy / rate.program)]  # fmt: skip


def _processes(house: House) -> list[Line]:
    memory = resident(house.web.process_id)
    start = house.cold_start
    return [
        Line("cold start", "web, from the command to the first page", f"{start:.2f} s",
             "≤ 2 s (Tryton 2.0, Odoo 4.8)", start <= 2, start),
        Line("memory of web", "after load", f"{memory / MEGABYTE:.0f} MB", "≤ 130 MB",
             memory <= 130 * MEGABYTE, memory / MEGABYTE),
    ]  # fmt: skip


if __name__ == "__main__":
    main()
