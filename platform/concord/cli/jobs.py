"""`concord jobs`."""

from datetime import datetime

import click
from sqlalchemy.orm import Session

from concord.actors import SYSTEM
from concord.cli.program import working
from concord.errors import Conflict, NotFound
from concord.installation import Installation
from concord.jobs import actions, holding
from concord.jobs.holding import EVERYTHING
from concord.jobs.listing import LIMIT, Listed, job, unfinished
from concord.jobs.overview import coming
from concord.jobs.statuses import UNFINISHED, State
from concord.jobs.words import labels


@click.group()
def jobs() -> None:
    """List jobs; run failed ones again, hold them back, release and cancel them.

    \b
    Example:
      concord jobs list --state failed
    """


@jobs.command("list")
@click.option("--state", "states", multiple=True, type=click.Choice(list(UNFINISHED)))
def list_jobs(states: tuple[State, ...]) -> None:
    """List the jobs that are not done, the oldest first.

    \b
    Example:
      concord jobs list --state failed
    """
    with working() as installation:
        found = unfinished(installation.database, states or UNFINISHED)
    for item in found:
        click.echo(line(item))
    if len(found) == LIMIT:
        click.echo("… and more.")
    if not found:
        click.echo("There is nothing to do.")


@jobs.command()
@click.argument("job_ids", nargs=-1, metavar="[ID]...")
@click.option("--kind", help="Release held jobs of this name only.")
def release(job_ids: tuple[str, ...], kind: str | None) -> None:
    """End what holds jobs back, and let those that failed or were held run: all, or those named.

    After a restore nothing runs until this is said.

    \b
    Example:
      concord jobs release
    """
    with working() as installation:
        if job_ids:
            number = _run_again(installation, job_ids)
        else:
            number = actions.release(installation.database, SYSTEM, kind or EVERYTHING)
            number += 0 if kind else _run_all_failed(installation)
    click.echo(f"Released: {number}.")


@jobs.command()
@click.option("--kind", help="Hold jobs of this name only.")
def hold(kind: str | None) -> None:
    """Let no job start, or none of one kind; those that run end in peace.

    \b
    Example:
      concord jobs hold --kind mail.send
    """
    with working() as installation:
        if kind is not None and kind not in labels(installation):
            raise click.ClickException(f"There are no jobs of the kind {kind}.")
        with installation.database.writing() as session:
            holding.hold(session, SYSTEM, kind or EVERYTHING)
            session.commit()
    click.echo("Held. `concord jobs release` lets them start again.")


@jobs.command()
@click.argument("job_id", metavar="ID")
def cancel(job_id: str) -> None:
    """Give up a job that waits, failed or is held.

    \b
    Example:
      concord jobs cancel 3f0e8d0c-53a5-4b5e-a4a1-6f0d4b0b8a55
    """
    with working() as installation, installation.database.writing() as session:
        try:
            actions.cancel(session, SYSTEM, job_id)
        except NotFound:
            raise click.ClickException(f"There is no job {job_id}.") from None
        except Conflict as error:
            raise click.ClickException(error.detail) from None
        session.commit()
    click.echo("Cancelled.")


@jobs.command()
def schedules() -> None:
    """List what comes round by the clock: when it last ran, when it runs next.

    \b
    Example:
      concord jobs schedules
    """
    with working() as installation, installation.database.reading() as session:
        for item in coming(session, installation):
            last, following = _said(item.last_at, "never"), _said(item.next_at, "held")
            click.echo(f"{item.name:<32}  last {last}  next {following}")


def _run_again(installation: Installation, job_ids: tuple[str, ...]) -> int:
    with installation.database.reading() as session:
        found = [_failed(session, job_id) for job_id in dict.fromkeys(job_ids)]
    return actions.run_again(installation.database, SYSTEM, found)


def _failed(session: Session, job_id: str) -> Listed:
    try:
        found = job(session, job_id)
    except NotFound:
        found = None
    if found is None or found.state not in (State.FAILED, State.HELD):
        raise click.ClickException(f"There is no failed job {job_id}.")
    return found


def _run_all_failed(installation: Installation) -> int:
    """Each once: one that fails again meanwhile is left for whoever looks why."""
    seen: set[str] = set()
    while found := [item for item in _failed_ones(installation) if item.id not in seen]:
        seen.update(item.id for item in found)
        actions.run_again(installation.database, SYSTEM, found)
    return len(seen)


def _failed_ones(installation: Installation) -> list[Listed]:
    return unfinished(installation.database, [State.FAILED])


def _said(moment: datetime | None, otherwise: str) -> str:
    return moment.isoformat(sep=" ", timespec="seconds") if moment else otherwise


def line(item: Listed) -> str:
    ids = " ".join(map(str, item.ids))
    since = item.since.isoformat(sep=" ", timespec="seconds")
    what = f"{item.id}  {item.state:<7}  {since}  {item.name} {ids}"
    return f"{what}  ({' '.join(item.error.split())})" if item.error else what
