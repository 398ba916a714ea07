"""Looks at what a serving process needs, shared by `/readyz` and `concord doctor`."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import text

from concord.installation import Installation
from concord.jobs.executors import beating
from concord.migrations.state import applied, is_current, newest

LEAST_FREE = 0.1
REDIS_SECONDS = 2
WRITTEN = b"\0" * 4096


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found. `well` is None where there was nothing to look at."""

    subject: str
    said: str
    well: bool | None = True


Look: TypeAlias = Callable[[Installation], Finding]


def looked(look: Look, installation: Installation) -> Finding:
    """A look that fails has found something."""
    try:
        return look(installation)
    except Exception as error:
        reason = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
        return Finding(look.__name__, reason or type(error).__name__, well=False)


def database(installation: Installation) -> Finding:
    with installation.database.reading() as session:
        version = "sqlite_version()" if installation.database.sqlite else "version()"
        said = str(session.scalar(text(f"SELECT {version}")))
    kind = "SQLite " if installation.database.sqlite else ""
    return Finding("database", kind + said.partition(" on ")[0])


def migrations(installation: Installation) -> Finding:
    with installation.database.reading() as session:
        seen, current = applied(session), is_current(session)
    if seen == newest():
        return Finding("migrations", str(seen))
    if current:
        return Finding("migrations", f"{seen}: a newer release has migrated, update this one")
    return Finding("migrations", f"{seen}, not {newest()}: run `concord migrate`", well=False)


def disk(installation: Installation) -> Finding:
    folder = installation.settings.data_dir
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(WRITTEN)
        file.flush()
    return Finding("disk", f"{folder} can be written")


def room(installation: Installation) -> Finding:
    usage = shutil.disk_usage(installation.settings.data_dir)
    said = f"{usage.free / 2**30:.1f} GiB of {usage.total / 2**30:.1f} free"
    return Finding("room", said, well=usage.free > LEAST_FREE * usage.total)


def jobs(installation: Installation) -> Finding:
    beats = beating(installation.database)
    if not beats:
        return Finding("jobs", "no worker runs", well=None)
    alive = sorted(name for name, beats_now in beats.items() if beats_now)
    if not alive:
        return Finding("jobs", f"{', '.join(sorted(beats))}: not heard of any more", well=False)
    return Finding("jobs", ", ".join(alive))


def realtime(installation: Installation) -> Finding:
    url = installation.settings.redis_url
    if url is None:
        return Finding("redis", "not used: everything is one process", well=None)
    # Not every process speaks to Redis, and those need not load it.
    from redis import Redis

    seconds = REDIS_SECONDS
    with Redis.from_url(url, socket_timeout=seconds, socket_connect_timeout=seconds) as client:
        client.ping()
    return Finding("redis", "answers")
