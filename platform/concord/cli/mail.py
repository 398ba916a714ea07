"""`concord mail`."""

import sys

import click

from concord.cli.program import working
from concord.mail.inbox import look as look_into_inbox
from concord.mail.incoming import LARGEST
from concord.mail.taking import take as take_one


@click.group()
def mail() -> None:
    """Take answers that come by mail.

    \b
    Example:
      concord mail take < message
    """


@mail.command()
def take() -> None:
    """Take one mail from standard input, as a mail server pipes it.

    Ends with 0 once it is decided what becomes of the mail, and with 1 where the server should
    try again.

    \b
    Example:
      concord mail take < message
    """
    raw = sys.stdin.buffer.read(LARGEST + 1)
    with working() as installation:
        outcome = take_one(installation.database, raw)
    click.echo(outcome.value)


@mail.command()
def look() -> None:
    """Look into the mailbox of CONCORD_INBOX_URL now.

    \b
    Example:
      concord mail look
    """
    with working() as installation:
        if installation.settings.inbox_url is None:
            raise click.ClickException("There is no CONCORD_INBOX_URL to look into.")
        look_into_inbox(installation.database)
