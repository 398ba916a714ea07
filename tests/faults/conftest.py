"""One town for all the cases: each leaves it whole for the next."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.town import Town, founded

READERS = 500


@pytest.fixture(scope="session")
def standing_town(nginx_program: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with founded(tmp_path_factory.mktemp("town"), readers=READERS) as town:
        yield town


@pytest.fixture
def town(standing_town: Town) -> Iterator[Town]:
    standing_town.mend()
    yield standing_town
    standing_town.mend()
