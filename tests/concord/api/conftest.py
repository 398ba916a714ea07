"""The sample house, once on each engine where a test asks for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.concord.api.sample import House, build


@pytest.fixture
def house(database_url: str, tmp_path: Path) -> Iterator[House]:
    found = build(tmp_path, database_url)
    yield found
    found.installation.database.dispose()
