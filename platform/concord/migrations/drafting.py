"""Drafting the next migration: the difference between what migrations make and what models say."""

import importlib
import pkgutil
import re
from collections.abc import Iterable
from pathlib import Path

from alembic import command
from sqlalchemy import Connection

from concord.migrations.alembic_setup import configuration, migrating_connection, scripts
from concord.migrations.run import upgrade
from concord.settings import Settings


def draft(message: str, packages: Iterable[str], settings: Settings) -> Path:
    """Write the next migration beside the others and give its path; to be read before it is kept.

    `packages` hold all models there are: a module's tables exist whether it is switched on or not.
    `settings` name an empty PostgreSQL database: SQLite would not tell of indexes on expressions.
    """
    import_models(packages)
    revision = f"{_following():04d}_{slug(message)}"
    with migrating_connection(settings) as connection:
        upgrade(connection)
        return _draft(connection, revision, message)


def import_models(packages: Iterable[str]) -> None:
    """Load every table that these packages declare."""
    for package in packages:
        folders = importlib.import_module(package).__path__
        for found in pkgutil.walk_packages(folders, f"{package}."):
            if not found.ispkg and _declares_a_table(found):
                importlib.import_module(found.name)


def _declares_a_table(found: pkgutil.ModuleInfo) -> bool:
    source = Path(str(getattr(found.module_finder, "path", "")), found.name.rpartition(".")[2])
    return "__tablename__" in source.with_suffix(".py").read_text(encoding="utf-8")


def slug(message: str) -> str:
    words = re.findall(r"[a-z0-9]+", message.lower())
    if not words:
        raise ValueError("The message needs a word.")
    return "_".join(words)[:40]


def _following() -> int:
    head = scripts().get_current_head()
    return int(head.partition("_")[0]) + 1 if head else 1


def _draft(connection: Connection, revision: str, message: str) -> Path:
    made = command.revision(
        configuration(connection), message=message, autogenerate=True, rev_id=revision
    )
    assert made is not None
    assert not isinstance(made, list)
    path = Path(made.path)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "# ###" not in line), encoding="utf-8")
    return path
