"""`concord doctor`."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

import click

from concord import keyring, sealed
from concord.backups.latest import latest
from concord.cli.program import application, installed
from concord.cli.root import settings
from concord.installation import Installation
from concord.mail.transport import connection
from concord.watching.looks import (
    Finding,
    Look,
    database,
    disk,
    jobs,
    looked,
    migrations,
    realtime,
    room,
)
from concord.web.static import FOLDER


@click.command()
def doctor() -> None:
    """Look for what is wrong: database, disk, keys, backup, jobs, Redis, mail, front end.

    Ends with 1 where something is.

    \b
    Example:
      concord doctor
    """
    with installed(application(settings())) as installation:
        findings = [looked(look, installation) for look in LOOKS]
    for finding in findings:
        sign = {True: "✓", False: "✗", None: "–"}[finding.well]
        click.echo(f"{sign} {finding.subject}: {finding.said}")
    if any(finding.well is False for finding in findings):
        raise click.exceptions.Exit(1)


def keys(installation: Installation) -> Finding:
    with installation.database.reading() as session:
        needed = sealed.uses(session)
    missing = needed.keys() - {key.name for key in keyring.all_keys()} if needed else set()
    if missing:
        said = f"{', '.join(sorted(missing))} missing: restore the file that belongs here"
        return Finding("keys", said, well=False)
    return Finding("keys", f"open all {needed.total()} sealed secrets")


def backup(installation: Installation) -> Finding:
    made_at = latest(installation.settings)
    if made_at is None:
        return Finding("backup", "none was made from here", well=None)
    hours = (datetime.now(UTC) - made_at).total_seconds() / 3600
    return Finding("backup", f"the last is {hours:.0f} hours old")


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


LOOKS: tuple[Look, ...] = (
    database,
    migrations,
    disk,
    room,
    keys,
    backup,
    jobs,
    realtime,
    mail,
    front_end,
)
