"""What a role does not need it does not load."""

import subprocess
import sys

import pytest

SCRIPT = """
import sys
from concord.serving.lean import load_sockets
load_sockets()
from concord.serving import web
print(*sorted({"aiohttp", "requests", "websocket"} & set(sys.modules)))
from pywebpush import WebPusher
print(*sorted({"aiohttp", "requests"} & set(sys.modules)))
"""


@pytest.mark.slow
def test_pages_are_served_without_http_clients_which_push_still_finds() -> None:
    found = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, timeout=60
    )
    assert found.stdout.splitlines() == ["", "aiohttp requests"]
