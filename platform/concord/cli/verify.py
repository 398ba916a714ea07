"""`concord verify`."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import click
from sqlalchemy.orm import Session

from concord.actors import SYSTEM
from concord.audit import head, sealing
from concord.audit import verifying as audit
from concord.audit.writing import note
from concord.backups.restoring import checked
from concord.cli.backups import FOLDER
from concord.cli.program import working
from concord.files import verifying as files
from concord.installation import Installation
from concord.notifications import verifying as inboxes
from concord.timeline import verifying as streams

Check = Callable[[Session], Iterator[str]]
CHECKS: dict[str, Check] = {
    "audit": audit.problems,
    "streams": streams.problems,
    "inboxes": inboxes.problems,
    "files": files.problems,
}
MOST_SHOWN = 20


@click.command()
@click.option("--accept", is_flag=True, help="Take the audit's end as it is, after a restore.")
@click.option("--backup", type=FOLDER, help="Look at a backup instead.")
def verify(accept: bool, backup: Path | None) -> None:
    """Look whether what is kept is whole: the sealed audit, streams, inboxes, files.

    Ends with 1 where something is not.

    \b
    Example:
      concord verify
      concord verify --accept      an older backup was restored: its audit ends earlier
      concord verify --backup /srv/backups/concord-20261127-030000
    """
    if backup is not None:
        found = checked(backup)
        click.echo(f"✓ backup of {found.made_at:%Y-%m-%d %H:%M} UTC: {len(found.parts)} parts")
        return
    with working() as installation:
        if accept:
            _accept(installation)
        wrong = sum([_checked(installation, name, check) for name, check in CHECKS.items()])
    if wrong:
        raise click.exceptions.Exit(1)


def _checked(installation: Installation, name: str, check: Check) -> int:
    """Say what one check found; how much that is, as far as it was counted."""
    with installation.database.reading() as session:
        problems = check(session)
        shown = list(islice(problems, MOST_SHOWN))
        more = sum(1 for _ in problems)
        said = _well(session, name)
    click.echo(f"✗ {name}: {len(shown) + more} problems" if shown else f"✓ {name}{said}")
    for problem in shown:
        click.echo(f"    {problem}")
    if more:
        click.echo(f"    and {more} more")
    return len(shown) + more


def _well(session: Session, name: str) -> str:
    if name != "audit":
        return ""
    return f": {audit.sealed(session)} rows sealed, {audit.waiting(session)} not yet"


def _accept(installation: Installation) -> None:
    """The end of the chain is the one in the database; that it was accepted is itself audited."""
    before = head.kept()
    with installation.database.writing() as session:
        newest = sealing.newest(session)
        ends = [None if before is None else before.sequence, newest.sequence if newest else None]
        note(session, SYSTEM, "audit_accepted", changes={"sequence": ends})
        session.commit()
    if newest is not None:
        head.write(newest)
    else:
        head.forget()
