"""Who opens a file: whoever reads its entry, and until then its uploader. A download, always."""

import io
from email.message import Message

import pytest

from concord.identity.users import create as create_user
from concord.records.actions import archive
from tests.concord.files.conftest import PDF, Share, Upload
from tests.world import World


def status(world: World, person: str | None, file_id: int) -> int:
    with world.client(person).get(f"/files/{file_id}") as answer:
        return int(answer.status_code)


def test_an_upload_is_its_uploaders_until_it_is_posted(world: World, upload: Upload) -> None:
    file_id = upload("zhou")
    assert status(world, "zhou", file_id) == 200
    for other in ("paul", "ursula", "huang", "lin", "na"):
        assert status(world, other, file_id) == 404, other
    assert world.client().get(f"/files/{file_id}").headers["Location"].startswith("/login")


def test_a_file_shared_with_a_customer_is_read_by_its_people_and_staff(
    world: World, share: Share
) -> None:
    file_id = share("lin", "huadong", "customer")
    assert world.client("zhou").get(f"/files/{file_id}").data == PDF
    for reader in ("paul", "lin", "maya", "rita"):
        assert status(world, reader, file_id) == 200, reader
    for stranger in ("ursula", "huang", "wei"):
        assert status(world, stranger, file_id) == 404, stranger


def test_a_file_of_an_internal_note_stays_inside(world: World, share: Share) -> None:
    """B16: not by its address, not in the list of files, not through the API."""
    file_id = share("lin", "huadong", "internal", name="Floor price.pdf")
    for person in ("zhou", "paul", "ursula", "huang"):
        assert status(world, person, file_id) == 404, person
        assert world.api(person).get(f"/api/v1/files/{file_id}").status_code == 404
        assert "Floor price" not in world.client(person).get("/portal/files").text


def test_the_file_of_a_withdrawn_message_is_gone_at_once(world: World, share: Share) -> None:
    """B19, and no cache keeps it."""
    file_id = share("lin", "huadong", "customer")
    answer = world.client("zhou").get(f"/files/{file_id}")
    assert answer.headers["Cache-Control"] == "no-store"
    path = f"/records/{world.records['huadong']}/timeline"
    latest = world.api("lin").get(f"/api/v1{path}?limit=1").get_json()["items"][0]
    assert world.client("lin").post(f"{path}/{latest['id']}/withdraw").status_code == 200
    for person in ("zhou", "paul", "lin", "maya"):
        assert status(world, person, file_id) == 404, person


def test_staff_who_no_longer_see_the_record_no_longer_open_its_files(
    world: World, share: Share
) -> None:
    """B19: access follows the record, and a colleague without any right sees none."""
    file_id = share("lin", "huadong")
    with world.act("na") as (session, actor):
        newcomer = create_user(session, actor, name="Nobody Yet", email="nobody@beacon.example")
        session.flush()
        world.people["nobody"] = newcomer.id
    assert status(world, "nobody", file_id) == 404
    assert status(world, "maya", file_id) == 200
    with world.act("maya") as (session, actor):
        archive(session, actor, world.record(session, "huadong"))
    assert status(world, "maya", file_id) == 404


@pytest.mark.parametrize(
    "name",
    [
        '"><img src=x onerror=alert(1)>.png',
        "evil\u202egnp.html",
        "a.html",
        "报价\r\nSet-Cookie: x=1.svg",
        "quote\"; filename*=utf-8''x.exe",
    ],
)
@pytest.mark.parametrize(
    "content",
    [b"<svg onload=alert(1)>", b"<html><script>alert(1)</script>", b"<?xml version='1.0'?>"],
)
def test_a_browser_never_opens_what_somebody_uploaded(
    world: World, upload: Upload, name: str, content: bytes
) -> None:
    """D04 and D05: an attachment with a clean name, no sniffing, no script, in no cache."""
    file_id = upload("zhou", name, content)
    answer = world.client("zhou").get(f"/files/{file_id}")
    headers = answer.headers
    disposition = Message()
    disposition["Content-Disposition"] = headers["Content-Disposition"]
    assert disposition.get_content_disposition() == "attachment"
    assert "\u202e" not in (disposition.get_filename() or "")
    assert "Set-Cookie" not in headers or "x=1" not in headers["Set-Cookie"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert headers["Content-Type"].startswith("text/plain")
    assert headers["Cache-Control"] == "no-store"


def test_a_name_with_markup_is_text_on_every_page(world: World, share: Share) -> None:
    """D04: in the conversation, in the list of files, on the customer's own timeline."""
    share("zhou", "huadong", "customer", name='"><img src=x onerror=alert(1)>.png')
    pages = [("zhou", "/portal/"), ("zhou", "/portal/files"), ("zhou", "/portal/conversation")]
    pages.append(("lin", f"/customers/{world.records['huadong']}"))
    for person, path in pages:
        text = world.client(person).get(path).text
        assert "<img src=x" not in text, path
        assert "&lt;img src=x onerror=alert(1)&gt;.png" in text, path


@pytest.mark.parametrize("file_id", ["0", str(2**63), str(10**30), "-1", "1.5", "x"])
def test_addresses_that_make_no_sense_are_not_found(world: World, file_id: str) -> None:
    assert world.client("lin").get(f"/files/{file_id}").status_code == 404


def test_a_content_missing_from_the_disk_is_said(world: World, upload: Upload) -> None:
    file_id = upload("zhou")
    folder = world.installation.settings.data_dir / "files"
    for path in folder.rglob("*"):
        if path.is_file():
            path.unlink()
    answer = world.client("zhou").fragment(f"/files/{file_id}")
    assert answer.status_code == 410
    assert "missing on the server" in answer.text


def test_a_message_carries_several_files_in_one_form(world: World) -> None:
    """What the composer sends: the words and the files together."""
    record = world.records["huadong"]
    form = {
        "kind": "message",
        "body": "Two pictures from the line.",
        "files": [(io.BytesIO(PDF), "one.pdf"), (io.BytesIO(PDF), "two.pdf")],
    }
    answer = world.client("zhou").fragment(f"/records/{record}/timeline", method="POST", data=form)
    assert answer.status_code == 200
    assert "one.pdf" in answer.text
    assert "two.pdf" in world.client("paul").get("/portal/files").text
