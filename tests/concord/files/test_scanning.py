"""No file is given out before the scanner has seen it, and what it found never."""

import shlex
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from concord.audit.models import AuditRow
from concord.files.models import File
from concord.files.scanning import ScannerFailed, scan
from concord.installation import using
from concord.jobs.listing import unfinished
from tests.concord.files.conftest import PDF, Share, Upload
from tests.servers.clamd import EICAR, Clamd
from tests.world import World


@pytest.fixture
def clamd() -> Iterator[Clamd]:
    with Clamd() as server:
        yield server
        server.shutdown()


@pytest.fixture
def guarded(world: World, clamd: Clamd) -> World:
    world.installation.settings = replace(world.installation.settings, scan_url=clamd.url)
    return world


def scanned(world: World, file_id: int) -> str:
    with using(world.installation):
        scan(world.installation.database, file_id)
    with world.reading() as session:
        return session.get_one(File, file_id).checked


def opened(world: World, person: str, file_id: int) -> int:
    return int(world.client(person).get(f"/files/{file_id}").status_code)


def test_a_file_is_opened_once_it_is_found_clean(guarded: World, share: Share) -> None:
    file_id = share("lin", "huadong", "customer")
    assert "files.scan" in [job.name for job in unfinished(guarded.installation.database)]
    for person in ("lin", "zhou"):
        assert opened(guarded, person, file_id) == 409
    answer = guarded.client("zhou").fragment(f"/files/{file_id}")
    assert "being checked" in answer.text
    assert "being checked" in guarded.client("zhou").get("/portal/conversation").text
    assert scanned(guarded, file_id) == "clean"
    assert opened(guarded, "zhou", file_id) == 200


def test_malicious_software_is_never_given_out_and_told(
    guarded: World, upload: Upload, clamd: Clamd
) -> None:
    record = guarded.records["huadong"]
    file_id = upload("zhou", "invoice.pdf", PDF + EICAR)
    entry = {"kind": "message", "body": "Our invoice.", "files": [file_id]}
    posted = guarded.api("zhou").post(f"/api/v1/records/{record}/timeline", json=entry)
    assert posted.status_code == 201
    assert scanned(guarded, file_id) == "infected"
    assert clamd.asked == [PDF + EICAR]
    for person in ("zhou", "lin", "na"):
        assert opened(guarded, person, file_id) == 410
        path = f"/files/{file_id}/versions/1"
        assert guarded.client(person).get(path).status_code == 410
        assert guarded.api(person).get(f"/api/v1/files/{file_id}").status_code == 410
    said = "found malicious software in “invoice.pdf”"
    for person in ("zhou", "na"):
        assert said in guarded.client(person).get("/notifications").text, person
    with guarded.reading() as session:
        noted = session.scalars(select(AuditRow).where(AuditRow.action == "file_infected")).one()
    assert noted.changes == {"found": "Eicar-Test-Signature"}


def test_what_is_known_to_be_malicious_cannot_be_posted(guarded: World, upload: Upload) -> None:
    file_id = upload("lin", "tool.exe", EICAR)
    assert scanned(guarded, file_id) == "infected"
    entry = {"kind": "note", "body": "Look.", "files": [file_id]}
    path = f"/api/v1/records/{guarded.records['huadong']}/timeline"
    answer = guarded.api("lin").post(path, json=entry)
    assert answer.status_code == 422
    assert "holds malicious software" in answer.text


@pytest.mark.parametrize("said", [b"stream: INSTREAM size limit exceeded. ERROR\0", b"", b"hello"])
def test_without_a_verdict_it_stays_closed_and_is_tried_again(
    guarded: World, upload: Upload, clamd: Clamd, said: bytes
) -> None:
    file_id = upload("lin")
    clamd.says = said
    with pytest.raises(ScannerFailed):
        scanned(guarded, file_id)
    assert opened(guarded, "lin", file_id) == 409
    clamd.says = None
    assert scanned(guarded, file_id) == "clean"


def test_a_scanner_that_is_away_opens_nothing(guarded: World, upload: Upload) -> None:
    file_id = upload("lin")
    guarded.installation.settings = replace(
        guarded.installation.settings, scan_url="clamd://127.0.0.1:1"
    )
    with pytest.raises(ScannerFailed):
        scanned(guarded, file_id)
    assert opened(guarded, "lin", file_id) == 409


COMMAND = """
import sys
content = sys.stdin.buffer.read()
if b"EICAR" in content: print("stdin: Eicar FOUND"); sys.exit(1)
sys.exit(2 if b"break" in content else 0)
"""


@pytest.mark.parametrize(
    ("content", "verdict"), [(PDF, "clean"), (EICAR, "infected"), (b"break it", None)]
)
def test_a_command_can_be_the_scanner(
    world: World, upload: Upload, content: bytes, verdict: str | None
) -> None:
    command = shlex.join([sys.executable, "-c", COMMAND])
    world.installation.settings = replace(world.installation.settings, scan_command=command)
    file_id = upload("lin", "x.bin", content)
    if verdict is None:
        with pytest.raises(ScannerFailed, match="ended with 2"):
            scanned(world, file_id)
    else:
        assert scanned(world, file_id) == verdict
