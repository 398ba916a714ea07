"""Looking for malicious software: a file is not given out before the installation's scanner has
seen it. Without a scanner every file is as good as its uploader.
"""

import shlex
import socket
import struct
import subprocess
from collections.abc import Iterator
from urllib.parse import urlsplit

import structlog
from flask_babel import lazy_gettext as _l
from sqlalchemy import update
from sqlalchemy.orm import Session

from concord.actors import SYSTEM
from concord.audit.writing import note
from concord.database.engine import Database
from concord.files import storage
from concord.files.measuring import CHUNK
from concord.files.models import CLEAN, INFECTED, WAITING, File, FileVersion
from concord.files.saying import say
from concord.installation import current_installation
from concord.jobs.job import Errand, enqueue
from concord.settings import Settings

PATIENCE = 120.0
PORT = 3310
LONGEST_ANSWER = 4096
CLEAN_CODE, INFECTED_CODE = 0, 1

log = structlog.get_logger()


class ScannerFailed(Exception):
    """It did not say whether the content is clean; worth another try."""


def has_scanner() -> bool:
    settings = current_installation().settings
    return bool(settings.scan_url or settings.scan_command)


def first_verdict() -> str:
    return WAITING if has_scanner() else CLEAN


def begin_scan(session: Session, file: File) -> None:
    if file.checked == WAITING:
        enqueue(session, SCAN, file.id)


def scan(database: Database, file_id: int) -> None:
    """Ask the scanner about the current content, and keep what it says."""
    with database.reading() as session:
        file = session.get(File, file_id)
    if file is None or file.checked != WAITING:
        return
    found = finding(current_installation().settings, storage.pieces(file.stored_key))
    with database.writing() as session:
        session.info["actor"] = SYSTEM
        _keep(session, file_id, file.stored_key, found)
        session.commit()


def finding(settings: Settings, content: Iterator[bytes]) -> str | None:
    """What the scanner found, None for nothing; ScannerFailed where it does not say."""
    if settings.scan_url is not None:
        return _ask_clamd(settings.scan_url, content)
    assert settings.scan_command is not None
    return _run(settings.scan_command, content)


def _ask_clamd(url: str, content: Iterator[bytes]) -> str | None:
    parts = urlsplit(url)
    address = (parts.hostname or "127.0.0.1", parts.port or PORT)
    try:
        with socket.create_connection(address, timeout=PATIENCE) as line:
            line.sendall(b"zINSTREAM\0")
            for piece in content:
                line.sendall(struct.pack(">I", len(piece)) + piece)
            line.sendall(struct.pack(">I", 0))
            return _verdict(_answer(line))
    except OSError as error:
        raise ScannerFailed(str(error)) from error


def _answer(line: socket.socket) -> str:
    said = b""
    while b"\0" not in said and len(said) < LONGEST_ANSWER:
        piece = line.recv(CHUNK)
        if not piece:
            break
        said += piece
    return said.partition(b"\0")[0].decode("utf-8", "replace").strip()


def _verdict(said: str) -> str | None:
    """clamd says "stream: OK", or "stream: Some-Name FOUND"; all else is no verdict."""
    words = said.partition(": ")[2]
    if words == "OK":
        return None
    if words.endswith(" FOUND"):
        return words.removesuffix(" FOUND")
    raise ScannerFailed(said or "no answer")


def _run(command: str, content: Iterator[bytes]) -> str | None:
    """A program that reads the content: it ends with 0 for clean and 1 for malicious."""
    try:
        done = subprocess.run(  # noqa: S603 (the administrator's own command)
            shlex.split(command), input=b"".join(content), capture_output=True, timeout=PATIENCE
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ScannerFailed(str(error)) from error
    if done.returncode == CLEAN_CODE:
        return None
    said = done.stdout.decode("utf-8", "replace").strip()
    if done.returncode == INFECTED_CODE:
        return said[-200:] or "malicious"
    raise ScannerFailed(f"it ended with {done.returncode}: {said[-200:]}")


def _keep(session: Session, file_id: int, key: str, found: str | None) -> None:
    """Only what was scanned has the verdict: the file may have a newer version by now."""
    verdict = CLEAN if found is None else INFECTED
    session.execute(
        update(FileVersion).where(FileVersion.stored_key == key).values(checked=verdict)
    )
    file = session.get(File, file_id)
    if file is None or file.stored_key != key:
        return
    file.checked = verdict
    if found is not None:
        log.warning("file_infected", file_id=file_id, found=found)
        note(session, SYSTEM, "file_infected", table="concord_files", row_id=file_id,
             changes={"found": found})  # fmt: skip
        say(session, SYSTEM, file, "infected")


SCAN = Errand(name="files.scan", run=scan, label=_l("Look for malicious software in a file"))
