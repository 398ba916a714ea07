"""`concord user`."""

import secrets
import sys

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import SYSTEM
from concord.audit.writing import note
from concord.cli.program import working
from concord.clock import now
from concord.identity import users
from concord.identity.email import as_typed
from concord.identity.factors import actions as factors
from concord.identity.models import Team, User
from concord.identity.sessions import end_sessions_of
from concord.installation import Installation
from concord.settings import LANGUAGES

EMAIL = click.argument("email")
FROM_STDIN = click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input."
)


@click.group()
def user() -> None:
    """Add people, set passwords, shut people out.

    \b
    Example:
      concord user add lina@example.com --name "Li Na" --role administrator
    """


@user.command()
@EMAIL
@click.option("--name", required=True)
@click.option("--role", "roles", multiple=True, help="A role's key; several may be given.")
@click.option("--team", help="A team's name.")
@click.option("--language", type=click.Choice(LANGUAGES))
@FROM_STDIN
def add(
    email: str,
    name: str,
    roles: tuple[str, ...],
    team: str | None,
    language: str | None,
    password_stdin: bool,
) -> None:
    """Add a colleague; asks for a password, or makes one where nobody can be asked.

    \b
    Example:
      concord user add lina@example.com --name "Li Na" --role administrator
    """
    with working() as installation:
        password, was_made = _new_password(password_stdin)
        with installation.database.writing() as session:
            added = users.create(
                session,
                SYSTEM,
                name=name,
                email=email,
                role_keys=roles,
                team_id=_team(session, team),
                password=password,
                language=language or installation.settings.language,
                email_proved_at=now(),
            )
            session.commit()
    click.echo(f"{added.name} can sign in as {added.email}.")
    if was_made:
        click.echo(f"Password: {password}")


@user.command()
@EMAIL
@FROM_STDIN
def password(email: str, password_stdin: bool) -> None:
    """Set somebody's password, and sign them out everywhere.

    \b
    Example:
      concord user password lina@example.com
    """
    with working() as installation:
        given, was_made = _new_password(password_stdin)
        with installation.database.writing() as session:
            users.set_password(session, SYSTEM, found(session, email), given)
            session.commit()
    click.echo("The password is set.")
    if was_made:
        click.echo(f"Password: {given}")


@user.command()
@EMAIL
def disable(email: str) -> None:
    """Shut somebody out everywhere, at once.

    \b
    Example:
      concord user disable anna@example.com
    """
    with working() as installation, installation.database.writing() as session:
        users.disable(session, SYSTEM, found(session, email))
        session.commit()
    click.echo("They are shut out.")


@user.command()
@EMAIL
def signout(email: str) -> None:
    """End all of somebody's sessions.

    \b
    Example:
      concord user signout anna@example.com
    """
    with working() as installation:
        _sign_out(installation, email)
    click.echo("They are signed out everywhere.")


@user.command("reset-factors")
@EMAIL
def reset_factors(email: str) -> None:
    """Take the second factor from somebody who lost it: they are told by mail.

    \b
    Example:
      concord user reset-factors lina@example.com
    """
    with working() as installation, installation.database.writing() as session:
        factors.reset(session, SYSTEM, found(session, email))
        session.commit()
    click.echo("They sign in with the password alone.")


def found(session: Session, email: str) -> User:
    """The person with this address, or a sentence."""
    person = users.by_email(session, as_typed(email))
    if person is None:
        raise click.ClickException(f"There is nobody with the address {email}.")
    return person


def _sign_out(installation: Installation, email: str) -> None:
    with installation.database.writing() as session:
        person = found(session, email)
        end_sessions_of(session, person.id)
        note(session, SYSTEM, "signed_out", table="concord_users", row_id=person.id)
        session.commit()


def _team(session: Session, name: str | None) -> int | None:
    if name is None:
        return None
    team_id = session.scalar(select(Team.id).where(Team.name == name))
    if team_id is None:
        raise click.ClickException(f"There is no team {name}.")
    return team_id


def _new_password(from_stdin: bool) -> tuple[str, bool]:
    """A password, and whether we made it ourselves."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n"), False
    if sys.stdin.isatty():
        return click.prompt("Password", hide_input=True, confirmation_prompt=True), False
    return secrets.token_urlsafe(15), True
