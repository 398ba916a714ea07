"""Whoever follows the guide to the letter has a noun that works."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.reading import ROOT, apply, blocks
from tests.servers.postgres import PostgresServer

MADE = (".venv", "node_modules", "var", ".git", "*_cache", ".hypothesis", "__pycache__")
MOST_LINES = 200


def test_a_noun_takes_less_than_two_hundred_lines() -> None:
    written = [block for block in blocks() if block.path.startswith("modules/")]
    code = [block.text for block in written if block.path.endswith((".py", ".html"))]
    assert sum(len(text.splitlines()) for text in code) < MOST_LINES


@pytest.mark.slow
def test_the_guide_leads_to_a_noun_that_works(
    tmp_path: Path, postgres_server: PostgresServer
) -> None:
    """Its migration is drafted, its own test and the contracts of all nouns pass."""
    house = tmp_path / "house"
    shutil.copytree(ROOT, house, ignore=shutil.ignore_patterns(*MADE))
    apply(house)
    chinese = next(block.path for block in blocks() if block.language == "po")
    run(house, "tooling.translations", "compile", chinese)
    run(house, "tooling.migration", "visits")
    run(house, "mypy", "--no-error-summary", "modules/visits")
    contracts = [f"tests/contracts/test_{name}.py" for name in ("policies", "facts", "outside")]
    run(house, "pytest", "-q", "-p", "no:cacheprovider", "tests/visits", *contracts)


def run(house: Path, module: str, *arguments: str) -> None:
    """One command of the guide in the house; what it said is shown when it fails."""
    roots = os.pathsep.join(str(house / root) for root in ("platform", ".", "bin"))
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=house,
        env={**os.environ, "PYTHONPATH": roots},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
