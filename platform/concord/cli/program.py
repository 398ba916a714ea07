"""The whole program, for the commands that work on it."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask

from concord.app import create_app
from concord.cli.demo_world import is_demo
from concord.cli.root import modules, settings
from concord.installation import Installation, using
from concord.migrations.state import is_current
from concord.settings import Settings


def application(chosen: Settings, *, restoring: bool = False) -> Flask:
    """The program; only a restore goes on in a data folder where a restore has begun."""
    if not restoring and (chosen.data_dir / "restoring").exists():
        raise click.ClickException(
            f"A restore into {chosen.data_dir} did not end: restore into a new data folder and an "
            "empty database."
        )
    try:
        return create_app(chosen, modules())
    except LookupError as error:
        raise click.ClickException(f"The modules do not fit together: {error}.") from error


@contextmanager
def working() -> Iterator[Installation]:
    """The installation of this environment, current inside the block; its database is ready."""
    app = application(settings())
    with installed(app) as installation:
        refuse_unfit(installation)
        yield installation


@contextmanager
def installed(app: Flask) -> Iterator[Installation]:
    installation: Installation = app.extensions["concord"]
    with app.app_context(), using(installation):
        yield installation
    installation.database.dispose()


def refuse_unfit(installation: Installation) -> None:
    """Stop where the database is of an older release, or a demo in production."""
    with installation.database.reading() as session:
        if not is_current(session):
            raise click.ClickException(
                "The database is not of this release: run `concord migrate`."
            )
        if installation.settings.production and is_demo(session):
            raise click.ClickException(
                "The database holds the demo world, and this is production: name another one."
            )
