"""Uploading and posting as named people."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from tests.world import World

PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\n%%EOF"
Upload = Callable[..., int]
Share = Callable[..., int]

BOUNDARY = "a-boundary-of-our-own"


def form_with(name: str, content: bytes) -> dict[str, Any]:
    """A form with one file whose name is sent exactly as it is, whatever it holds."""
    disposition = f"form-data; name=\"file\"; filename*=UTF-8''{quote(name)}"
    head = f"--{BOUNDARY}\r\nContent-Disposition: {disposition}\r\n\r\n"
    data = head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    return {"data": data, "content_type": f"multipart/form-data; boundary={BOUNDARY}"}


@pytest.fixture
def upload(world: World) -> Upload:
    """A file that `person` has uploaded and not yet attached; gives its id."""

    def uploaded(person: str, name: str = "Certificate.pdf", content: bytes = PDF) -> int:
        answer = world.client(person).post("/files", **form_with(name, content))
        assert answer.status_code == 200, answer.text
        return int(answer.get_json()["id"])

    return uploaded


@pytest.fixture
def share(world: World, upload: Upload) -> Share:
    """A file that `person` posts on a record for an audience; gives its id."""

    def shared(person: str, key: str, audience: str = "internal", name: str = "Plan.pdf") -> int:
        file_id = upload(person, name)
        entry = {"kind": "message", "body": "Here it is.", "audience": audience, "files": [file_id]}
        path = f"/api/v1/records/{world.records[key]}/timeline"
        answer = world.api(person).post(path, json=entry)
        assert answer.status_code == 201, answer.text
        return file_id

    return shared
