"""Contents in a bucket: the same files, through the same permission check, under keys of ours."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from concord.backups.taking import take
from concord.clock import now, telling
from concord.files import measuring, storage, verifying
from concord.files.measuring import CHUNK, Missing
from concord.files.models import File
from concord.files.sweeping import sweep_contents
from concord.installation import using
from tests.concord.files.conftest import PDF, Share, Upload
from tests.concord.files.test_on_record import picture
from tests.servers.bucket import NAME, BucketServer
from tests.world import World, fingerprint


@pytest.fixture(scope="module")
def server() -> Iterator[BucketServer]:
    server = BucketServer()
    yield server
    server.stop()


@pytest.fixture
def bucket(server: BucketServer) -> BucketServer:
    for key in server.contents():
        server.client.delete_object(Bucket=NAME, Key=key)
    return server


@pytest.fixture
def house(world: World, bucket: BucketServer) -> World:
    world.installation.settings = replace(world.installation.settings, files_url=bucket.url)
    return world


def file_of(house: World, file_id: int) -> File:
    with house.reading() as session:
        return session.get_one(File, file_id)


def test_a_file_lies_in_the_bucket_under_a_key_of_ours(
    house: World, bucket: BucketServer, upload: Upload
) -> None:
    """F02: whatever it is called."""
    content = PDF + b"x" * (CHUNK + 100)
    file = file_of(house, upload("zhou", "../../etc/passwd", content))
    assert bucket.contents() == [f"house/{file.stored_key}"]
    assert set(file.stored_key) <= set("0123456789abcdef")
    assert not list((house.installation.settings.data_dir / "files").rglob(file.stored_key))
    answer = house.client("zhou").get(f"/files/{file.id}")
    assert answer.data == content
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_nobody_is_led_to_the_bucket(house: World, bucket: BucketServer, share: Share) -> None:
    """B18 and B19: no address of it leaves the program, and lost access is lost at once."""
    file_id = share("lin", "huadong", "customer")
    answer = house.client("zhou").get(f"/files/{file_id}")
    assert answer.status_code == 200
    assert str(bucket.port) not in str(answer.headers)
    about = house.client("zhou").get(f"/files/{file_id}/about").text
    assert str(bucket.port) not in about
    assert NAME not in about
    assert house.client("lin").post(f"/files/{file_id}/withdraw").status_code == 303
    assert house.client("zhou").get(f"/files/{file_id}").status_code == 404
    assert house.client("ursula").get(f"/files/{file_id}").status_code == 404


def test_previews_versions_and_checks_work_alike(
    house: World, bucket: BucketServer, upload: Upload
) -> None:
    file_id = upload("zhou", "Line.png", picture())
    for _ in range(2):
        assert house.client("zhou").get(f"/files/{file_id}/preview/480").status_code == 200
    key = file_of(house, file_id).stored_key
    assert sorted(bucket.contents()) == [f"house/{key}", f"house/{key}p480"]
    with house.reading() as session:
        mine = [said for said in verifying.problems(session) if f"file {file_id}:" in said]
    assert mine == []


def test_what_is_too_large_never_arrives(
    house: World, bucket: BucketServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measuring, "LARGEST", 1000)
    before = fingerprint(house)
    sent = {"file": (io.BytesIO(b"x" * 1001), "big.bin")}
    assert house.client("zhou").fragment("/files", method="POST", data=sent).status_code == 413
    assert bucket.contents() == []
    assert fingerprint(house) == before


def test_a_bucket_that_does_not_answer_leaves_no_row(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    away = f"s3://key:secret@{NAME}?endpoint=http://127.0.0.1:1"
    world.installation.settings = replace(world.installation.settings, files_url=away)
    before = fingerprint(world)
    sent = {"file": (io.BytesIO(PDF), "Plan.pdf")}
    answer = world.client("zhou").fragment("/files", method="POST", data=sent)
    assert answer.status_code == 503
    assert "cannot be kept just now" in answer.text
    assert fingerprint(world) == before


def test_a_content_that_is_gone_is_said(house: World, bucket: BucketServer, upload: Upload) -> None:
    file = file_of(house, upload("zhou"))
    bucket.client.delete_object(Bucket=NAME, Key=f"house/{file.stored_key}")
    answer = house.client("zhou").fragment(f"/files/{file.id}")
    assert answer.status_code == 410
    with using(house.installation):
        assert not storage.holds(file.stored_key)
        with pytest.raises(Missing):
            storage.read(file.stored_key)


def test_the_sweep_takes_what_no_row_names(
    house: World, bucket: BucketServer, share: Share
) -> None:
    kept = file_of(house, share("lin", "huadong"))
    bucket.client.put_object(Bucket=NAME, Key="house/0123456789abcdef", Body=b"nobody's")
    bucket.client.put_object(Bucket=NAME, Key="elsewhere/file", Body=b"not ours")
    with using(house.installation):
        sweep_contents(house.installation.database)
        assert "house/0123456789abcdef" in bucket.contents()
        with telling(now() + timedelta(days=2)):
            sweep_contents(house.installation.database)
    assert sorted(bucket.contents()) == ["elsewhere/file", f"house/{kept.stored_key}"]


def test_a_bucket_is_backed_up_like_a_folder(house: World, share: Share, tmp_path: Path) -> None:
    key = file_of(house, share("lin", "huadong")).stored_key
    with using(house.installation):
        made, _manifest = take(house.installation, tmp_path / "backups")
    assert (made / "files" / key[:2] / key).read_bytes() == PDF
