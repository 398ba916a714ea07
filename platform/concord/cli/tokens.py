"""`concord token`."""

from datetime import timedelta

import click

from concord.actors import SYSTEM
from concord.cli.program import working
from concord.cli.users import found
from concord.clock import now
from concord.identity import tokens
from concord.identity.models import ApiToken


@click.group()
def token() -> None:
    """Make and revoke API tokens.

    \b
    Example:
      concord token add lina@example.com --name "nightly export" --scope crm:company:read
    """


@token.command()
@click.argument("email")
@click.option("--name", required=True, help="What it is for.")
@click.option("--scope", "scopes", multiple=True, help="A permission; without any, all of theirs.")
@click.option("--days", type=click.IntRange(min=1), help="How long it works; default: for ever.")
def add(email: str, name: str, scopes: tuple[str, ...], days: int | None) -> None:
    """Make a token that acts as somebody; it is shown once.

    \b
    Example:
      concord token add lina@example.com --name "nightly export" --scope crm:company:read
    """
    with working() as installation, installation.database.writing() as session:
        made, secret = tokens.add(
            session,
            SYSTEM,
            found(session, email),
            name=name,
            scopes=scopes,
            expires_at=now() + timedelta(days=days) if days else None,
        )
        session.commit()
        number = made.id
    click.echo(secret)
    click.echo(f"This is token {number}; it is not shown again.", err=True)


@token.command()
@click.argument("number", type=int)
def revoke(number: int) -> None:
    """Revoke a token: it stops working at once.

    \b
    Example:
      concord token revoke 3
    """
    with working() as installation, installation.database.writing() as session:
        row = session.get(ApiToken, number)
        if row is None:
            raise click.ClickException(f"There is no token {number}.")
        tokens.revoke(session, SYSTEM, row)
        session.commit()
    click.echo(f"Token {number} is revoked.")
