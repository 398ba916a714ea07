"""`concord serve` and `concord worker`."""

from dataclasses import replace

import click

from concord.cli.root import modules, settings
from concord.serving.lean import load_sockets
from concord.serving.ports import check_address, check_listener
from concord.settings import Settings

PATIENCE = 10.0
"""Seconds that whoever waits for a page waits for the database."""
ROLES = ("all", "web", "realtime", "worker")
NAME = click.option(
    "--name", default="worker", show_default=True, help="Its own for each worker, and lasting."
)


@click.command()
@click.option("--role", type=click.Choice(ROLES), default="all", show_default=True)
@NAME
def serve(role: str, name: str) -> None:
    """Serve one role: pages (web), sockets (realtime), jobs (worker), or all in one process.

    web and realtime find each other through CONCORD_REDIS_URL. The database must be migrated;
    only `all` does that itself.

    \b
    Example:
      CONCORD_REDIS_URL=redis://… concord serve --role web
    """
    chosen = settings()
    match role:
        case "realtime":
            _serve_realtime(replace(chosen, patience=PATIENCE))
        case "worker":
            _work(chosen, name)
        case "web":
            _serve_web(replace(chosen, patience=PATIENCE))
        case _:
            _serve_all(chosen)


@click.command()
@NAME
def worker(name: str) -> None:
    """Run jobs; the same as `concord serve --role worker`.

    \b
    Example:
      concord worker --name worker-2
    """
    _work(settings(), name)


# Each role loads what it needs and no more; realtime nothing before gevent is in place.


def _serve_realtime(chosen: Settings) -> None:
    from concord.serving import realtime

    _refuse_alone(chosen)
    check_address(chosen)
    realtime.serve(chosen, modules)


def _serve_web(chosen: Settings) -> None:
    load_sockets()
    from concord.cli.program import application, installed, refuse_unfit
    from concord.serving import web

    _refuse_alone(chosen)
    check_address(chosen)
    app = application(chosen)
    with installed(app) as installation:
        refuse_unfit(installation)
    web.serve(app)


def _serve_all(chosen: Settings) -> None:
    load_sockets()
    from concord.cli.program import application, installed, refuse_unfit
    from concord.migrations.run import migrate
    from concord.serving import embedded

    check_address(chosen)
    app = application(chosen)
    with installed(app) as installation:
        migrate(installation)
        refuse_unfit(installation)
    embedded.serve(app)


def _work(chosen: Settings, name: str) -> None:
    from concord.cli.program import application, installed, refuse_unfit
    from concord.serving import worker

    check_listener(chosen)
    with installed(application(chosen)) as installation:
        refuse_unfit(installation)
        worker.serve(installation, name)


def _refuse_alone(chosen: Settings) -> None:
    """Pages and sockets in processes of their own share a database and hear of each other."""
    if chosen.database_url.startswith("sqlite"):
        raise click.ClickException("This role needs PostgreSQL: set CONCORD_DATABASE_URL.")
    if chosen.redis_url is None:
        raise click.ClickException("This role needs a Redis: set CONCORD_REDIS_URL.")
