"""`concord search`."""

import click

from concord.cli.program import working
from concord.search.rebuilding import rebuild as rebuild_all


@click.group()
def search() -> None:
    """Look after what search finds.

    \b
    Example:
      concord search rebuild
    """


@search.command()
def rebuild() -> None:
    """Make every search document anew, while the house is open.

    Needed only where rows were written past the program, or after an upgrade that says so.

    \b
    Example:
      concord search rebuild
    """
    with working() as installation:
        read = sum(rebuild_all(installation.database))
    click.echo(f"Read: {read} records and entries.")
