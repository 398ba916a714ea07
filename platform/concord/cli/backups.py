"""`concord backup` and `concord restore`."""

from pathlib import Path

import click

from concord.backups import restoring, taking
from concord.cli.program import application, installed, working
from concord.cli.root import settings

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("folder", type=FOLDER)
def backup(folder: Path) -> None:
    """Copy database and files into a new folder inside FOLDER, while the program runs.

    The keys that seal secrets are not in it: keep `keys` of the data folder elsewhere.

    \b
    Example:
      concord backup /srv/backups
    """
    with working() as installation:
        made, manifest = taking.take(installation, folder)
    size = sum(part.size for part in manifest.parts) / 2**20
    click.echo(f"{made}: {len(manifest.parts)} parts, {size:.1f} MiB, {manifest.revision}.")
    for key in manifest.missing:
        click.echo(f"The content {key} of a file was not there.", err=True)


@click.command()
@click.argument("folder", type=FOLDER)
def restore(folder: Path) -> None:
    """Bring a backup back into an empty database and a new data folder.

    Nothing is changed unless all of it is whole and fits. Jobs are held afterwards, so that no
    mail goes out twice: look around, then `concord jobs release`.

    \b
    Example:
      CONCORD_DATA_DIR=/srv/concord-2 concord restore /srv/backups/concord-20261127-030000
    """
    with installed(application(settings(), restoring=True)) as installation:
        found = restoring.restore(installation, folder)
    click.echo(f"Restored as of {found.made_at:%Y-%m-%d %H:%M} UTC.")
    click.echo("Jobs are held: `concord jobs release` lets them start.")
