"""`concord export`."""

import sys
from typing import BinaryIO

import click

from concord.actors import SYSTEM
from concord.cli.program import working
from concord.exports.asking import sheet_of
from concord.exports.making import note_export
from concord.exports.writing import Format, write
from concord.lists.registry import every_list


@click.command()
@click.argument("name", metavar="LIST")
@click.option("--filter", "asked", default="", help="As in the list's address: tier:is:gold.")
@click.option("--columns", default="", help="Names of fields, separated by commas.")
@click.option("--sort", default="", help="Names of fields; with - downwards.")
@click.option(
    "--format", "chosen", type=click.Choice([each.value for each in Format]), default="csv"
)
@click.option("--output", type=click.File("wb"), help="A file; default: standard output.")
def export(
    name: str, asked: str, columns: str, sort: str, chosen: str, output: BinaryIO | None
) -> None:
    """Write a list (customers, tasks, …) as a file, with everything that is in it.

    \b
    Example:
      concord export customers --filter tier:is:gold --format xlsx --output gold.xlsx
    """
    with working() as installation, installation.database.writing() as session:
        known = {found.key: found for found in every_list()}
        if name not in known:
            raise click.ClickException(f"There is no list {name!r}; there are {', '.join(known)}.")
        parameters = {"filter": asked, "columns": columns, "sort": sort}
        sheet = sheet_of(session, SYSTEM, known[name], parameters, strict=True)
        wanted = Format(chosen)
        file = output or sys.stdout.buffer
        rows = write(file, wanted, str(known[name].label), sheet.heads, sheet.rows(session))
        note_export(session, SYSTEM, sheet, wanted, rows)
        session.commit()
    click.echo(f"{rows} rows.", err=True)
