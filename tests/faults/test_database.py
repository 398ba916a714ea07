"""PostgreSQL goes away in every way while people write in a town; it comes back, and so do they."""

import signal
import time

import pytest

from tests.faults.town import Town
from tests.faults.truth import check
from tests.faults.writers import Writers, refusals

pytestmark = [pytest.mark.faults, pytest.mark.whole, pytest.mark.postgres, pytest.mark.redis]

OUTAGE = 4.0
FROZEN = 30.0
SECONDS_TO_RECOVER = 20.0


def test_all_connections_are_ended_again_and_again(town: Town) -> None:
    """R04: nobody has to repeat anything more than once."""
    with Writers(town) as writers:
        for _ in range(4):
            writers.wait_for(6)
            town.postgres.end_connections(town.database_url)
        writers.wait_for(6)
    check(town, writers)
    assert max(len(write.failures) for write in writers.writes) <= 1
    print(f"ended connections: {len(writers.writes)} writes, {refusals(writers.writes)}")


@pytest.mark.parametrize("how", [signal.SIGQUIT, signal.SIGKILL], ids=["immediate", "killed"])
def test_it_stops_at_once_and_starts_again(town: Town, how: signal.Signals) -> None:
    """R02, R03: nobody has to do anything to the processes of ours."""
    with Writers(town) as writers:
        writers.wait_for(6)
        town.postgres.halt(how)
        time.sleep(OUTAGE)
        town.postgres.start()
        begun = time.monotonic()
        writers.wait_for(8)
        recovered = time.monotonic() - begun
    check(town, writers)
    print(f"{how.name}: written again after {recovered:.1f} s, {refusals(writers.writes)}")
    assert recovered < SECONDS_TO_RECOVER


def test_it_stands_still_for_half_a_minute(town: Town) -> None:
    """R05: requests are given up cleanly, and no thread and no connection is lost by it."""
    with Writers(town) as writers:
        writers.wait_for(6)
        town.postgres.freeze()
        time.sleep(FROZEN)
        refused = refusals(writers.writes)
        town.postgres.thaw()
        begun = time.monotonic()
        writers.wait_for(12)
        recovered = time.monotonic() - begun
    check(town, writers)
    print(f"frozen: refused {refused}, written again after {recovered:.1f} s")
    assert set(refused) == {"503"}
    assert recovered < SECONDS_TO_RECOVER
