"""`concord migrate`."""

import click

from concord.cli.program import application, installed
from concord.cli.root import settings
from concord.migrations.run import migrate as run_migrations


@click.command()
def migrate() -> None:
    """Make or upgrade the database: tables, jobs, roles.

    Run it before a new release serves; a second run finds nothing to do.

    \b
    Example:
      CONCORD_DATABASE_URL=postgresql+psycopg://… concord migrate
    """
    with installed(application(settings())) as installation:
        ran = run_migrations(installation)
    for revision in ran:
        click.echo(f"→ {revision}")
    click.echo("The database is up to date.")
