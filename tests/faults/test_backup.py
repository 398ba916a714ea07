"""A backup that was taken while everybody wrote brings back a house that is whole."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from concord.app import create_app
from tests.faults.town import Town
from tests.faults.truth import check, written
from tests.faults.writers import Writers
from tests.servers.concord import CONCORD, ROOT
from tests.world import World, settings_for
from wsgi import MODULES

pytestmark = [pytest.mark.faults, pytest.mark.whole, pytest.mark.postgres, pytest.mark.redis]


def test_a_backup_under_load_answers_the_same_pages(town: Town, tmp_path: Path) -> None:
    """R10, R32: all that was acknowledged before it began, and every stream as it then was."""
    with Writers(town, pause=0.2) as writers:
        writers.wait_for(20)
        before = list(writers.acknowledged)
        made = town.command("backup", str(tmp_path / "backups"))
        assert made.returncode == 0, made.stderr
        writers.wait_for(10)
    check(town, writers)
    [backup] = (tmp_path / "backups").iterdir()
    again = restored(town, backup, tmp_path / "new")
    for record in [*town.records, town.world.records["huadong"]]:
        same_pages(town, again, record)
    assert {write.words for write in before} == {words for words, _id in written(again, before)}
    again.installation.database.dispose()


def restored(town: Town, backup: Path, folder: Path) -> World:
    """In an empty database and a data folder with the keys only, by the commands that are told."""
    folder.mkdir()
    keys = town.world.installation.settings.data_dir / "keys"
    if keys.exists():
        shutil.copy(keys, folder / "keys")
    url = town.postgres.create_database()
    place = {"CONCORD_DATA_DIR": str(folder), "CONCORD_DATABASE_URL": url}
    # A machine that is empty remembers no end of the audit: it has to be taken as it is, once.
    for words in (("restore", str(backup)), ("verify", "--accept"), ("verify",)):
        done = subprocess.run(
            [str(CONCORD), *words],
            cwd=ROOT,
            env={**os.environ, **town.environment, **place},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    app = create_app(settings_for(folder, url), MODULES)
    return World(app, app.extensions["concord"], town.world.people, town.world.records)


def same_pages(town: Town, again: World, record: int) -> None:
    """The program on the backup answers what the town answers of the time before."""
    path = f"/api/v1/records/{record}/timeline?limit=100"
    there = again.app.test_client().get(path, headers=town.headers("maya")).get_json()
    top = there["items"][0]["position"] if there["items"] else 0
    here: Any = town.session().get(
        f"{town.nginx.url}{path}&before={top + 1}", headers=town.headers("maya")
    )
    assert there["items"] == here.json()["items"]
