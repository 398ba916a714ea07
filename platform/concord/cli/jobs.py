"""`concord jobs`."""

import click

from concord.cli.program import working
from concord.jobs.listing import LIMIT, Listed, State, unfinished
from concord.jobs.listing import release as run_again


@click.group()
def jobs() -> None:
    """List jobs; let failed ones run again.

    \b
    Example:
      concord jobs list --state failed
    """


@jobs.command("list")
@click.option("--state", "states", multiple=True, type=click.Choice(list(State)))
def list_jobs(states: tuple[State, ...]) -> None:
    """List the jobs that are not done, the oldest first.

    \b
    Example:
      concord jobs list --state failed
    """
    with working() as installation:
        found = unfinished(installation.database, states or tuple(State))
    for job in found:
        click.echo(line(job))
    if len(found) == LIMIT:
        click.echo("… and more.")
    if not found:
        click.echo("There is nothing to do.")


@jobs.command()
@click.argument("job_ids", nargs=-1, metavar="[ID]...")
def release(job_ids: tuple[str, ...]) -> None:
    """Let failed jobs run again: those named, or all of them.

    \b
    Example:
      concord jobs release
    """
    with working() as installation:
        try:
            released = list(run_again(installation.database, job_ids))
        except LookupError as error:
            raise click.ClickException(f"There is no failed job {error}.") from None
    click.echo(f"Released: {len(released)}.")


def line(job: Listed) -> str:
    ids = " ".join(map(str, job.ids))
    since = job.since.isoformat(sep=" ", timespec="seconds")
    what = f"{job.id}  {job.state:<7}  {since}  {job.name} {ids}"
    return f"{what}  ({' '.join(job.error.split())})" if job.error else what
