"""What a role does not need it does not load."""

import subprocess
import sys

import pytest

SCRIPT = """
import sys
from concord.serving.lean import load_sockets
load_sockets()
from concord.serving import web
from wsgi import MODULES
from concord.records.sorting import sort_key
print(sort_key("Huadong Precision"))
print(*sorted({"aiohttp", "requests", "websocket", "pypinyin"} & set(sys.modules)))
from pywebpush import WebPusher
print(sort_key("重庆"))
print(*sorted({"aiohttp", "requests", "pypinyin"} & set(sys.modules)))
"""


@pytest.mark.slow
def test_pages_wait_for_no_library_that_nobody_has_asked_for_yet() -> None:
    """HTTP clients come when a browser is to be rung, a dictionary with the first Chinese name."""
    found = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, timeout=60
    )
    before, after = "", "aiohttp pypinyin requests"
    spoken = "chong qing\x1f重庆"
    assert found.stdout.split("\n")[:-1] == ["huadong precision", before, spoken, after]
