"""`concord keys`."""

import click

from concord import keyring, sealed
from concord.actors import SYSTEM
from concord.audit.writing import note
from concord.cli.program import working


@click.group()
def keys() -> None:
    """The keys that seal second factors, client secrets and the like.

    \b
    Example:
      concord keys list
    """


@keys.command("list")
def list_keys() -> None:
    """Name the keys, newest first, and how much is sealed with each.

    \b
    Example:
      concord keys list
    """
    with working() as installation:
        with installation.database.reading() as session:
            needed = sealed.uses(session)
        kept = keyring.all_keys()
        whole = keyring.fingerprint()
    for key in kept:
        click.echo(
            f"{key.name}  made {key.made_at:%Y-%m-%d %H:%M}  seals {needed.pop(key.name, 0)}"
        )
    click.echo(f"Fingerprint: {whole}")
    if needed:
        missing = ", ".join(sorted(needed))
        raise click.ClickException(f"{needed.total()} secrets need keys that are gone: {missing}.")


@keys.command()
def rotate() -> None:
    """Add a key, and seal everything under it. Older keys stay until they are dropped.

    \b
    Example:
      concord keys rotate
    """
    with working() as installation:
        key = keyring.add_key()
        renewed = sealed.renew(installation.database)
        with installation.database.writing() as session:
            note(session, SYSTEM, "keys_rotated", changes={"key": key.name, "renewed": renewed})
            session.commit()
    click.echo(f"The key {key.name} is the newest; {renewed} secrets were sealed anew.")


@keys.command()
@click.argument("name")
def drop(name: str) -> None:
    """Forget an old key with which nothing is sealed any more. Older backups may still need it.

    \b
    Example:
      concord keys drop 1f0c5e6d7a8b9c0d
    """
    with working() as installation:
        newest, *older = (key.name for key in keyring.all_keys())
        if name == newest:
            raise click.ClickException("This is the newest key: run `concord keys rotate` first.")
        if name not in older:
            raise click.ClickException(f"There is no key {name}.")
        with installation.database.writing() as session:
            if count := sealed.uses(session)[name]:
                raise click.ClickException(
                    f"{count} secrets are sealed with it: run `concord keys rotate` first."
                )
            keyring.drop_key(name)
            note(session, SYSTEM, "key_dropped", changes={"key": name})
            session.commit()
    click.echo(f"The key {name} is gone.")
