"""`concord doctor`."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import click
import redis
from sqlalchemy import text

from concord import keyring, sealed
from concord.cli.program import application, installed
from concord.cli.root import settings
from concord.installation import Installation
from concord.jobs.executors import beats_of_all
from concord.mail.transport import connection
from concord.migrations.state import applied, newest
from concord.web.static import FOLDER

LEAST_FREE = 0.1


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found. `well` is None where there was nothing to look at."""

    subject: str
    said: str
    well: bool | None = True


@click.command()
def doctor() -> None:
    """Look for what is wrong: database, migrations, disk, keys, jobs, Redis, mail, front end.

    Ends with 1 where something is.

    \b
    Example:
      concord doctor
    """
    with installed(application(settings())) as installation:
        findings = [_looked(look, installation) for look in LOOKS]
    for finding in findings:
        sign = {True: "✓", False: "✗", None: "–"}[finding.well]
        click.echo(f"{sign} {finding.subject}: {finding.said}")
    if any(finding.well is False for finding in findings):
        raise click.exceptions.Exit(1)


def _looked(look: Callable[[Installation], Finding], installation: Installation) -> Finding:
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
        seen = applied(session)
    if seen == newest():
        return Finding("migrations", str(seen))
    return Finding("migrations", f"{seen}, not {newest()}: run `concord migrate`", well=False)


def disk(installation: Installation) -> Finding:
    folder = installation.settings.data_dir
    with tempfile.TemporaryFile(dir=folder):
        usage = shutil.disk_usage(folder)
    said = f"{folder} can be written, {usage.free / 2**30:.1f} GiB free"
    return Finding("disk", said, well=usage.free > LEAST_FREE * usage.total)


def keys(installation: Installation) -> Finding:
    with installation.database.reading() as session:
        needed = sealed.uses(session)
    missing = needed.keys() - {key.name for key in keyring.all_keys()} if needed else set()
    if missing:
        said = f"{', '.join(sorted(missing))} missing: restore the file that belongs here"
        return Finding("keys", said, well=False)
    return Finding("keys", f"open all {needed.total()} sealed secrets")


def jobs(installation: Installation) -> Finding:
    names = sorted(beats_of_all(installation.database))
    return Finding(
        "jobs", ", ".join(names) or "no worker has run yet", well=None if not names else True
    )


def realtime(installation: Installation) -> Finding:
    url = installation.settings.redis_url
    if url is None:
        return Finding("redis", "not used: everything is one process", well=None)
    with redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5) as client:
        client.ping()
    return Finding("redis", "answers")


def mail(installation: Installation) -> Finding:
    url = installation.settings.mail_url
    if url is None:
        return Finding("mail", f"kept in {installation.settings.data_dir / 'mail'}", well=None)
    with connection(urlsplit(url)) as smtp:
        smtp.noop()
    return Finding("mail", f"{urlsplit(url).hostname} answers")


def front_end(_installation: Installation) -> Finding:
    built = (FOLDER / "manifest.json").exists()
    return Finding("front end", "built" if built else "not built: run `make build`", well=built)


LOOKS = (database, migrations, disk, keys, jobs, realtime, mail, front_end)
