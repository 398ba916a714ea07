"""`concord run`."""

import click

from concord.cli.demo import show
from concord.cli.demo_world import sign_ins_of
from concord.cli.program import application, installed, refuse_unfit
from concord.cli.root import settings
from concord.migrations.run import migrate
from concord.serving.lean import load_sockets
from concord.serving.ports import check_address


@click.command()
def run() -> None:
    """Start Concord, all in one process, with a demo world on the first start.

    In production there is no demo world.

    \b
    Example:
      CONCORD_PORT=8080 concord run
    """
    load_sockets()
    from concord.serving.embedded import serve

    chosen = settings()
    check_address(chosen)
    app = application(chosen)
    with installed(app) as installation:
        migrate(installation)
        refuse_unfit(installation)
        sign_ins = [] if chosen.production else sign_ins_of(installation)

    def ready() -> None:
        if sign_ins:
            click.echo("\nSign in to the demo world as:")
            show(sign_ins)
        click.echo(f"\nConcord is at {chosen.base_url} (stop it with Ctrl-C).")

    serve(app, ready=ready)
