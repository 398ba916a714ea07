"""Where `concord` begins: the list of commands; each is loaded when it is asked for."""

import sys

import click

from concord.cli.lazy import Commands

COMMANDS = {
    "run": ("concord.cli.run:run", "Start Concord with a demo world, all in one process."),
    "serve": ("concord.cli.serve:serve", "Serve one role, or all of them."),
    "worker": ("concord.cli.serve:worker", "Run jobs."),
    "migrate": ("concord.cli.migrate:migrate", "Make or upgrade the database."),
    "demo": ("concord.cli.demo:demo", "Tell the demo world on an empty database."),
    "user": ("concord.cli.users:user", "Add people, set passwords, shut people out."),
    "token": ("concord.cli.tokens:token", "Make and revoke API tokens."),
    "keys": ("concord.cli.keys:keys", "Name and renew the keys that seal secrets."),
    "jobs": ("concord.cli.jobs:jobs", "List jobs; let failed ones run again."),
    "mail": ("concord.cli.mail:mail", "Take answers that come by mail."),
    "verify": ("concord.cli.verify:verify", "Look whether all that is kept is whole."),
    "export": ("concord.cli.exporting:export", "Write a list as a file."),
    "search": ("concord.cli.search:search", "Make search documents anew."),
    "backup": ("concord.cli.backups:backup", "Copy database and files into a folder."),
    "restore": ("concord.cli.backups:restore", "Bring a backup back."),
    "doctor": ("concord.cli.doctor:doctor", "Look for what is wrong with this installation."),
}

HELP = """Staff, customers and suppliers on one live record.

Settings are read from the environment (CONCORD_…): docs/operations.md lists them.

\b
Example:
  concord run
"""


@click.group(cls=Commands, commands_by_name=COMMANDS, help=HELP)
@click.version_option(package_name="concord", message="%(version)s")
def concord() -> None:
    pass


def main() -> None:
    """Run a command; what goes wrong for a known reason is one sentence on standard error."""
    try:
        sys.exit(concord.main(prog_name="concord", standalone_mode=False))
    except click.exceptions.NoArgsIsHelpError as error:
        print(error.format_message())
    except click.ClickException as error:
        print(f"concord: {error.format_message()}", file=sys.stderr)
        sys.exit(error.exit_code)
    except click.Abort:
        print("concord: stopped.", file=sys.stderr)
        sys.exit(130)
    except Exception as error:
        # It knows the errors of every library, so it is loaded only when there is one.
        from concord.cli.sentences import sentence

        said = sentence(error)
        if said is None:
            raise
        print(f"concord: {said}", file=sys.stderr)
        sys.exit(1)
