"""A backup brings everything back on both engines; what is broken is seen before it is used."""

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click
import pytest
from sqlalchemy import select

from concord import keyring
from concord.app import create_app
from concord.backups import manifest as manifests
from concord.backups.manifest import Manifest, NotABackup, problems
from concord.backups.restoring import MARK, Unfit, checked, restore
from concord.backups.taking import take
from concord.cli.program import application
from concord.files import storage, verifying
from concord.files.models import File
from concord.files.versions import replace as replace_file
from concord.installation import Installation, using
from concord.jobs.holding import EVERYTHING, holds
from tests.servers.postgres import PostgresServer
from tests.world import World, fingerprint, settings_for
from wsgi import MODULES

PDF = b"%PDF-1.4 the first version"
NewPlace = Callable[..., Installation]


@pytest.fixture
def house(any_world: World) -> World:
    """With a file of two versions, and a secret under its keys."""
    lin = any_world.api("lin")
    sent = lin.post("/api/v1/files", data={"file": (io.BytesIO(PDF), "Plan.pdf")})
    entry = {"kind": "note", "body": "The plan.", "files": [sent.get_json()["id"]]}
    lin.post(f"/api/v1/records/{any_world.records['huadong']}/timeline", json=entry)
    with any_world.act("lin") as (session, actor):
        file = session.get_one(File, sent.get_json()["id"])
        replace_file(session, actor, file, "Plan.pdf", storage.keep(io.BytesIO(PDF + b" 2")))
    with using(any_world.installation):
        keyring.seal("test", b"secret")
    return any_world


@pytest.fixture
def made(house: World, tmp_path: Path) -> Path:
    with using(house.installation):
        return take(house.installation, tmp_path / "backups")[0]


@pytest.fixture
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> NewPlace:
    """An empty database of the same kind, and a data folder with the keys only."""

    def build(house: World, *, keys: bool = True) -> Installation:
        folder = tmp_path / "new"
        folder.mkdir(exist_ok=True)
        if keys:
            shutil.copy(house.installation.settings.data_dir / "keys", folder / "keys")
        if house.installation.database.sqlite:
            url = f"sqlite:///{folder / 'concord.db'}"
        else:
            server: PostgresServer = request.getfixturevalue("postgres_server")
            url = server.create_database()
        app = create_app(settings_for(folder, url), MODULES)
        installation: Installation = app.extensions["concord"]
        request.addfinalizer(installation.database.dispose)
        return installation

    return build


def brought_back(house: World, place: Installation, made: Path) -> World:
    with using(place):
        restore(place, made)
    app = create_app(place.settings, MODULES)
    return World(app, app.extensions["concord"], house.people, house.records)


def test_everything_is_there_again(house: World, made: Path, new_place: NewPlace) -> None:
    before = fingerprint(house)
    again = brought_back(house, new_place(house), made)
    assert fingerprint(again) == before
    assert again.client("lin").get(f"/customers/{house.records['huadong']}").status_code == 200
    with again.reading() as session:
        assert not list(verifying.problems(session))
        file = session.scalars(select(File).where(File.name == "Plan.pdf")).one()
        assert set(holds(session)) == {EVERYTHING}
    for path, content in (("", PDF + b" 2"), ("/versions/1", PDF)):
        assert again.client("lin").get(f"/files/{file.id}{path}").data == content
    with using(again.installation):
        sealed = keyring.seal("test", b"once more")
    with using(house.installation):
        assert keyring.unseal("test", sealed) == b"once more"
    entry = {"kind": "note", "body": "Life goes on."}
    path = f"/api/v1/records/{house.records['huadong']}/timeline"
    assert again.api("lin").post(path, json=entry).status_code == 201
    again.installation.database.dispose()


@pytest.mark.parametrize("which", ["database", "files"])
def test_a_flipped_bit_is_seen(house: World, made: Path, new_place: NewPlace, which: str) -> None:
    """R33: in the copy of the database and in that of a file."""
    part = next(
        p for p in manifests.read(made).parts if p.path.startswith("files/") == (which == "files")
    )
    path = made / part.path
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert [part.path in said for said in problems(made, manifests.read(made))] == [True]
    refused(house, new_place(house), made, NotABackup, "changed since")


def refused(
    house: World, place: Installation, made: Path, error: type[Exception], said: str
) -> None:
    """With a sentence, and nothing is changed."""
    with using(place), pytest.raises(error, match=said) as caught:
        restore(place, made)
    assert str(caught.value).endswith(".")
    assert not (place.settings.data_dir / MARK).exists()
    assert not (place.settings.data_dir / "files").exists()
    if place.database.sqlite:
        assert not (place.settings.data_dir / "concord.db").exists()


def test_a_backup_without_its_manifest_is_none(
    house: World, made: Path, new_place: NewPlace
) -> None:
    (made / manifests.NAME).unlink()
    refused(house, new_place(house), made, NotABackup, "no complete backup")


@pytest.mark.parametrize("content", ["{", "[]", '{"format": 1}', '{"format": 99}'])
def test_a_manifest_that_makes_no_sense_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / manifests.NAME).write_text(content)
    with pytest.raises(NotABackup):
        checked(tmp_path)


def test_a_missing_part_is_seen(house: World, made: Path, new_place: NewPlace) -> None:
    (made / manifests.read(made).parts[-1].path).unlink()
    refused(house, new_place(house), made, NotABackup, "is missing")


def test_a_part_outside_the_folder_is_refused(made: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"x")
    changed(made, parts=(*manifests.read(made).parts, manifests.Part("../../outside", 1, "0")))
    with pytest.raises(NotABackup, match="outside the backup"):
        checked(made)


def changed(made: Path, **values: object) -> None:
    found: Manifest = replace(manifests.read(made), **values)  # type: ignore[arg-type]
    found.write(made)


def test_the_wrong_keys_are_seen_first(house: World, made: Path, new_place: NewPlace) -> None:
    """R32."""
    place = new_place(house, keys=False)
    refused(house, place, made, Unfit, "keys of this data folder")
    with using(place):
        keyring.seal("test", b"other keys")
    refused(house, place, made, Unfit, "keys of this data folder")


def test_the_wrong_engine_and_a_newer_release_are_seen_first(
    house: World, made: Path, new_place: NewPlace
) -> None:
    place, engine = new_place(house), manifests.read(made).engine
    changed(made, revision="9999_tomorrow")
    refused(house, place, made, Unfit, "newer Concord")
    other = "postgresql" if engine == "sqlite" else "sqlite"
    if engine == "postgresql":
        changed(made, engine=other)
        with pytest.raises(NotABackup):
            checked(made)
        return
    changed(made, engine=other)
    refused(house, place, made, Unfit, "names sqlite")


def test_what_is_there_is_never_overwritten(house: World, made: Path, new_place: NewPlace) -> None:
    with using(house.installation), pytest.raises(Unfit, match="not empty"):
        restore(house.installation, made)
    place = new_place(house)
    kept = place.settings.data_dir / "files" / "ab"
    kept.mkdir(parents=True)
    with using(place), pytest.raises(Unfit, match="not empty"):
        restore(place, made)


def killed_while(verb: str, place: Installation, folder: Path, backup: Path) -> None:
    settings = place.settings
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.concord.backups.halting", verb, settings.database_url,
         str(settings.data_dir), str(folder), str(backup)],
        env={**os.environ, "PYTHONPATH": ".:platform"},
    )  # fmt: skip
    deadline = time.monotonic() + 90
    while not (folder / "halted").exists():
        assert process.poll() is None, "it ended by itself"
        assert time.monotonic() < deadline, "it never came so far"
        time.sleep(0.1)
    process.send_signal(signal.SIGKILL)
    process.wait()


@pytest.mark.faults
def test_a_backup_that_was_killed_is_no_backup(house: World, tmp_path: Path) -> None:
    """R10."""
    backups = tmp_path / "backups"
    killed_while("backup", house.installation, tmp_path, backups)
    [half] = backups.iterdir()
    with pytest.raises(NotABackup, match="no complete backup"):
        checked(half)


@pytest.mark.faults
def test_a_restore_that_was_killed_is_never_served(
    house: World, made: Path, new_place: NewPlace, tmp_path: Path
) -> None:
    """R10."""
    place = new_place(house)
    place.database.dispose()
    killed_while("restore", place, tmp_path, made)
    with pytest.raises(click.ClickException, match="did not end"):
        application(place.settings)
    with using(place), pytest.raises(Unfit, match="not empty"):
        restore(place, made)


def test_the_manifest_says_what_there_is(house: World, made: Path) -> None:
    plain = json.loads((made / manifests.NAME).read_text())
    assert plain["engine"] == ("sqlite" if house.installation.database.sqlite else "postgresql")
    with using(house.installation):
        assert plain["keys"] == keyring.fingerprint()
    assert plain["missing"] == []
    assert not [path for path in made.rglob("*") if path.name == "keys"]
    assert made.stat().st_mode & 0o077 == 0
