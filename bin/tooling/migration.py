"""Drafts the next migration from what changed in the models, and formats it."""

import subprocess
import sys
from pathlib import Path

from concord.migrations.drafting import draft
from concord.settings import Settings
from tests.servers.postgres import PostgresServer
from tests.servers.processes import ServerMissing
from tooling.project import ROOT, shown

PACKAGES = ("concord", "modules")


def main() -> None:
    match sys.argv[1:]:
        case [message]:
            path = drafted(message)
        case _:
            sys.exit('Say in a few words what changes: bin/migration "stage history".')
    ruff("format", path)
    ruff("check", "--fix", path)
    print(f"→ {shown(path)}: read it, then try it on both engines: make test ARGS='-k migrations'")


def drafted(message: str) -> Path:
    try:
        server = PostgresServer()
    except ServerMissing as error:
        sys.exit(f"There is no PostgreSQL to compare with ({error}): run `make prepare-test`.")
    try:
        settings = Settings(
            data_dir=ROOT / "var", secret_key="", database_url=server.create_database()
        )
        return draft(message, PACKAGES, settings)
    finally:
        server.stop()


def ruff(*command: str | Path) -> None:
    subprocess.run([sys.executable, "-m", "ruff", *command, "--quiet"], check=False)


if __name__ == "__main__":
    main()
