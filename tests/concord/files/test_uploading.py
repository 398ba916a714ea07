"""Uploads: kept whole under names of our own, refused with a sentence, swept when forgotten."""

import hashlib
import io
import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from concord.clock import now, telling
from concord.errors import NotFound
from concord.files import measuring, storage
from concord.files.actions import attach
from concord.files.measuring import CHUNK
from concord.files.models import File
from concord.files.sweeping import sweep, sweep_contents
from concord.installation import using
from concord.timeline.models import Entry
from tests.concord.files.conftest import PDF, Share, Upload
from tests.world import World, fingerprint

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def file_of(world: World, file_id: int) -> File:
    with world.reading() as session:
        return session.get_one(File, file_id)


def storage_path(world: World, file: File) -> Path:
    folder = world.installation.settings.data_dir / "files"
    return folder / file.stored_key[:2] / file.stored_key


def contents(world: World) -> set[Path]:
    folder = world.installation.settings.data_dir / "files"
    return {path for path in folder.rglob("*") if path.is_file()}


def test_an_upload_is_answered_with_its_name_and_size(world: World) -> None:
    sent = {"file": (io.BytesIO(PDF), "证书 ISO 9001.pdf")}
    answer = world.client("zhou").post("/files", data=sent)
    found = answer.get_json()
    assert (found["name"], found["size"]) == ("证书 ISO 9001.pdf", len(PDF))
    assert found["content_type"] == "application/pdf"
    assert found["url"] == f"/files/{found['id']}"


def test_a_program_uploads_too_and_a_repeated_request_makes_one_file(world: World) -> None:
    program = world.api("lin")
    answers = [
        program.post(
            "/api/v1/files",
            data={"file": (io.BytesIO(PDF), "Offer.pdf")},
            headers={"Idempotency-Key": "offer-1"},
        )
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].get_json() == answers[1].get_json()
    assert answers[0].location == answers[1].location is not None
    assert [a.headers.get("Idempotency-Replayed") for a in answers] == [None, "true"]
    content = program.get(f"/api/v1/files/{answers[0].get_json()['id']}")
    assert content.data == PDF
    assert content.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("name", ["../../../tmp/x.pdf", "/etc/cron.d/x", "..\\x", "a\x00b", "."])
def test_no_name_becomes_a_path(world: World, upload: Upload, name: str) -> None:
    """F02: the key is ours, whatever the file is called."""
    before = contents(world)
    file = file_of(world, upload("zhou", name=name))
    assert contents(world) - before == {storage_path(world, file)}
    assert set(file.stored_key) <= set("0123456789abcdef")
    assert len(file.stored_key) == 32
    assert "/" not in file.name


@pytest.mark.parametrize("key", ["../secret", "ab/cd", "..", "a\x00", "ａｂ", ""])
def test_a_key_that_is_not_ours_opens_nothing(world: World, key: str) -> None:
    with world.reading(), pytest.raises(NotFound):
        storage.read(key)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("picture.html", PNG, "image/png"),
        ("drawing.svg", SVG, "text/plain"),
        ("page.png", b"<html><script>alert(1)</script></html>", "text/plain"),
        ("shell.pHp", b"<?php system($_GET['c']); ?>", "text/plain"),
        ("data.txt", b"\x00\x01\x02", "application/octet-stream"),
        ("words.csv", "物料;数量".encode(), "text/plain"),
    ],
)
def test_the_type_is_that_of_the_content(
    world: World, upload: Upload, name: str, content: bytes, expected: str
) -> None:
    """F05: no ending makes a picture of a script, or a page of a picture."""
    assert file_of(world, upload("zhou", name, content)).content_type == expected


def test_what_was_kept_is_what_was_sent(world: World, upload: Upload) -> None:
    content = os.urandom(CHUNK + 1000)
    file_id = upload("zhou", "noise.bin", content)
    file = file_of(world, file_id)
    assert (file.size, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert world.client("zhou").get(f"/files/{file_id}").data == content


def test_a_file_that_is_too_large_leaves_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measuring, "LARGEST", 1000)
    before, kept = fingerprint(world), contents(world)
    sent = {"file": (io.BytesIO(b"x" * 1001), "big.bin")}
    answer = world.client("zhou").fragment("/files", method="POST", data=sent)
    assert answer.status_code == 413
    assert "20 MB" in answer.text
    assert contents(world) == kept
    assert fingerprint(world) == before


def test_a_broken_disk_leaves_neither_row_nor_half_a_file(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    before, kept = fingerprint(world), contents(world)
    sent = {"file": (io.BytesIO(PDF), "Plan.pdf")}
    answer = world.client("zhou").fragment("/files", method="POST", data=sent)
    assert answer.status_code == 507
    assert "no room for this file" in answer.text
    assert contents(world) == kept
    assert fingerprint(world) == before


def test_nothing_chosen_is_said(world: World) -> None:
    answer = world.client("zhou").fragment("/files", method="POST", data={})
    assert answer.status_code == 422
    assert "Choose a file." in answer.text


def test_nobody_fills_the_disk_with_files_that_belong_to_nothing(
    world: World, upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("concord.files.actions.MOST_WAITING", 2 * len(PDF))
    upload("zhou")
    upload("zhou")
    sent = {"file": (io.BytesIO(PDF), "Third.pdf")}
    assert world.client("zhou").fragment("/files", method="POST", data=sent).status_code == 422
    upload("paul")


@pytest.mark.parametrize("other", ["paul", "lin", "huang", "ursula"])
def test_nobody_attaches_the_file_of_somebody_else(
    world: World, upload: Upload, other: str
) -> None:
    """B03: neither read nor taken away from whoever uploaded it."""
    file_id, record = upload("zhou"), world.actor(other).company_id or world.records["huadong"]
    before = fingerprint(world)
    entry = {"kind": "message", "body": "Mine now.", "files": [file_id]}
    answer = world.api(other).post(f"/api/v1/records/{record}/timeline", json=entry)
    assert answer.status_code == 404
    assert fingerprint(world) == before
    assert world.client("zhou").get(f"/files/{file_id}").data == PDF


def test_a_file_belongs_to_one_entry_for_good(world: World, share: Share) -> None:
    file_id = share("lin", "huadong")
    again = {"kind": "note", "body": "Once more.", "files": [file_id]}
    path = f"/api/v1/records/{world.records['kessler']}/timeline"
    assert world.api("lin").post(path, json=again).status_code == 404


@pytest.mark.parametrize("file_id", [0, -1, 2**63, 10**30])
def test_ids_that_make_no_sense_attach_nothing(world: World, file_id: int) -> None:
    with world.act("lin") as (session, actor):
        entry = session.scalars(select(Entry)).first()
        assert entry is not None
        with pytest.raises(NotFound):
            attach(session, actor, entry, [file_id])


def test_uploads_never_posted_are_swept_after_a_day(
    world: World, upload: Upload, share: Share
) -> None:
    told = len(contents(world))
    forgotten, posted, fresh = upload("zhou"), share("lin", "huadong"), upload("paul")
    in_a_day = now() + timedelta(days=1, minutes=5)
    with world.writing() as session:
        session.get_one(File, fresh).created_at = in_a_day - timedelta(hours=1)
        session.commit()
        assert sweep(session, in_a_day) == 1
        session.commit()
    with world.reading() as session:
        assert {posted, fresh} <= set(session.scalars(select(File.id)))
        assert session.get(File, forgotten) is None
    with using(world.installation), telling(in_a_day):
        sweep_contents(world.installation.database)
    assert len(contents(world)) == told + 2


def test_a_sweep_takes_pieces_of_broken_uploads(world: World, upload: Upload) -> None:
    file = file_of(world, upload("zhou"))
    piece = storage_path(world, file).with_suffix(".part")
    piece.write_bytes(b"half")
    with using(world.installation):
        sweep_contents(world.installation.database)
        assert piece.exists()
        with telling(now() + timedelta(days=2)):
            sweep_contents(world.installation.database)
    assert not piece.exists()


def test_a_file_uploaded_for_one_company_is_not_posted_for_another(
    world: World, upload: Upload
) -> None:
    """Somebody who acts for two companies carries nothing from one to the other by accident."""
    file_id = upload("zhou")
    with world.act("zhou") as (session, actor):
        elsewhere = replace(actor, company_id=world.records["kessler"])
        entry = session.scalars(select(Entry)).first()
        assert entry is not None
        with pytest.raises(NotFound):
            attach(session, elsewhere, entry, [file_id])


def test_nobody_uploads_without_signing_in_or_without_the_forms_token(world: World) -> None:
    """B18: and nothing of it reaches the disk."""
    before, kept = fingerprint(world), contents(world)
    for browser in (world.client(), world.client("zhou")):
        sent = {"file": (io.BytesIO(PDF), "Plan.pdf")}
        answer = browser.post("/files", data=sent, plain=True)
        assert answer.status_code in (302, 303, 403)
    sent = {"file": (io.BytesIO(PDF), "Plan.pdf")}
    assert world.api(None).post("/api/v1/files", data=sent).status_code == 401
    assert fingerprint(world) == before
    assert contents(world) == kept
