"""Figures of one operation: how long, how many, at what cost, and how they compare."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests.servers.concord import ROOT

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast the answers came, in milliseconds; `cpu` is what the serving process spent."""

    p50: float
    p95: float
    p99: float
    a_second: float
    cpu: float = 0.0

    def as_dict(self) -> dict[str, float]:
        return {name: round(value, 3) for name, value in asdict(self).items()}


def pace(spent: Sequence[float], a_second: float, cpu: float = 0.0) -> Pace:
    ordered = sorted(spent)
    p50, p95, p99 = (
        ordered[min(len(ordered) - 1, int(len(ordered) * part))] for part in (0.5, 0.95, 0.99)
    )
    return Pace(p50, p95, p99, a_second, cpu)


def quietest(paces: Iterable[Pace]) -> Pace:
    """Of several rounds the one that others on the machine disturbed least."""
    return min(paces, key=lambda each: each.p50)


@dataclass(frozen=True, slots=True)
class Effort:
    """How long one round of a measurement goes on, and how many rounds there are."""

    warm: int
    most: int
    seconds: float
    rounds: int = 1


def of_requests(
    port: int, process_id: int | None, questions: Sequence[bytes], lines: int, effort: Effort
) -> Pace:
    """Ask over `lines` connections; RuntimeError where an answer is not what was wanted."""
    before = cpu_seconds(process_id) if process_id else 0.0
    given = {
        "port": port,
        "questions": [question.decode("latin-1") for question in questions],
        "lines": lines,
        "warm": effort.warm,
        "most": effort.most,
        "seconds": effort.seconds,
    }
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench.load"],
        cwd=ROOT,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        timeout=effort.seconds + 120,
        check=False,
    )
    if ran.returncode:
        raise RuntimeError(ran.stderr)
    seen = json.loads(ran.stdout)
    if set(seen["statuses"]) - {"200", "201"}:
        raise RuntimeError(f"{questions[0].splitlines()[0]!r} was answered {seen['statuses']}")
    spent = cpu_seconds(process_id) - before if process_id else 0.0
    return pace(seen["ms"], len(seen["ms"]) / seen["seconds"], spent / seen["asked"] * 1000)


def of_statement(
    connection: psycopg.Connection[Any],
    statement: str,
    parameters: Sequence[Any],
    effort: Effort,
) -> Pace:
    """The same statement through psycopg alone."""
    spent: list[float] = []
    begun = time.perf_counter()
    for at in range(effort.warm + effort.most):
        moment = time.perf_counter()
        connection.execute(statement, parameters[at % len(parameters)]).fetchall()
        ended = time.perf_counter()
        if at >= effort.warm:
            spent.append((ended - moment) * 1000)
        if ended - begun > effort.seconds and spent:
            break
    return pace(spent, 1000 / (sum(spent) / len(spent)))


def cpu_seconds(process_id: int) -> float:
    """Of a process and the workers it has."""
    found = 0.0
    for each in (process_id, *children(process_id)):
        fields = Path(f"/proc/{each}/stat").read_text("utf-8").rpartition(") ")[2].split()
        found += (int(fields[11]) + int(fields[12])) / TICKS
    return found


def resident(process_id: int) -> int:
    """Bytes of memory of the largest of a process and its workers: the one that works."""
    return max(_resident(each) for each in (process_id, *children(process_id)))


def _resident(process_id: int) -> int:
    lines = Path(f"/proc/{process_id}/status").read_text("utf-8").splitlines()
    kilobytes = next(line.split()[1] for line in lines if line.startswith("VmRSS"))
    return int(kilobytes) * 1024


def children(process_id: int) -> list[int]:
    listed = Path(f"/proc/{process_id}/task/{process_id}/children").read_text("utf-8")
    return [int(number) for number in listed.split()]
