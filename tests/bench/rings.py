"""Rows i, j and k: how soon other browsers are rung, what they fetch then, what a socket costs."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from concord.identity.sessions import COOKIE
from concord.keys import name_in_redis
from concord.realtime.rings import staff_room
from tests.bench.figures import Pace, pace, resident
from tests.bench.house import House
from tests.bench.shape import CROWDED
from tests.servers.concord import ROOT
from tests.world import settings_for

SETTLES = 3
WORDS = "The drawing is with their engineers, an answer comes by Friday. 图纸已经发给对方工程师。"


def measure(house: House, sockets: int, samples: int) -> dict[str, Any]:
    """Paces of the ring, the fragment and the bare emit; bytes a socket; the last of all rung."""
    before = resident(house.realtime.process_id)
    with _crowd(house, sockets) as say:
        opened = say("open")
        each = (resident(house.realtime.process_id) - before) / sockets
        say("ring", SETTLES)
        heard = say("ring", samples)
        gathered = say("gather")
        last = say("last", max(5, samples // 20))
        memory = resident(house.realtime.process_id)
    return {
        "sockets": opened["open"],
        "a_second": opened["open"] / opened["seconds"],
        "gathered": gathered["gathered"],
        **{name: _pace(heard[name]) for name in ("rung", "fetched", "bare")},
        "bytes": each,
        "last": last,
        "memory": memory,
    }


def _pace(spent: list[float]) -> Pace:
    return pace(spent, 0.0)


@contextmanager
def _crowd(house: House, sockets: int) -> Iterator[Any]:
    """A process full of browsers that does as it is told."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.sockets"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None

    def tell(what: Any) -> None:
        print(json.dumps(what), file=process.stdin, flush=True)

    def say(name: str, *values: Any) -> Any:
        tell([name, *values])
        line = process.stdout.readline()  # type: ignore[union-attr]
        if not line:
            raise RuntimeError(f"the browsers broke off at {name!r}")
        return json.loads(line)

    try:
        tell(_given(house, sockets))
        yield say
    finally:
        process.stdin.close()
        process.wait(30)


def _given(house: House, sockets: int) -> dict[str, Any]:
    reader = house.people[0]
    place = f"/records/{CROWDED}/timeline/new?after=%d"
    return {
        "count": sockets,
        "port": house.realtime.port,
        "web_port": house.web.port,
        "origin": house.web.url,
        "redis_url": house.redis_url,
        "channel": name_in_redis(settings_for(Path(), house.url)),
        "cookies": [f"{COOKIE}={person.cookie}" for person in house.people],
        "record_id": CROWDED,
        "room": staff_room(CROWDED, frozenset()),
        "note": house.asking.note(CROWDED, WORDS).decode("latin-1"),
        "fetch": reader.reads(place, fragment=True).decode("latin-1"),
    }
