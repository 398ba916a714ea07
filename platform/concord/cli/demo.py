"""`concord demo`."""

import click

from concord.cli.demo_world import tell_marked
from concord.cli.program import working
from concord.demo.tell import AlreadyTold, SignIn
from concord.settings import LANGUAGES


@click.command()
@click.option("--language", type=click.Choice(LANGUAGES), help="Default: CONCORD_LANGUAGE.")
def demo(language: str | None) -> None:
    """Tell the demo world on an empty database, and show how to sign in.

    \b
    Example:
      concord demo --language zh
    """
    with working() as installation:
        if installation.settings.production:
            raise click.ClickException("There is no demo world in production.")
        try:
            told = tell_marked(installation, language or installation.settings.language)
        except AlreadyTold:
            raise click.ClickException(
                "The demo world needs an empty database, and this one has people in it."
            ) from None
    show(told)


def show(sign_ins: list[SignIn]) -> None:
    width = max((len(each.email) for each in sign_ins), default=0)
    for each in sign_ins:
        click.echo(f"  {each.face:<9} {each.email:<{width}}  {each.password}   {each.name}")
