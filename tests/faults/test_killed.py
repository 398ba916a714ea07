"""Each part of the town ends without a word while people write: nobody loses anything."""

import pytest

from tests.faults.town import Town
from tests.faults.truth import check
from tests.faults.writers import Writers, refusals

pytestmark = [pytest.mark.faults, pytest.mark.whole, pytest.mark.postgres, pytest.mark.redis]

PROCESSES = ("web-1", "web-2", "realtime-1", "realtime-2", "worker-1", "worker-2")


@pytest.mark.parametrize("name", PROCESSES)
def test_a_process_is_killed_and_comes_back(town: Town, name: str) -> None:
    """R01, R31."""
    with Writers(town) as writers:
        writers.wait_for(5)
        town.processes[name].kill()
        writers.wait_for(5)
        town.processes[name].start()
        writers.wait_for(5)
    check(town, writers)
    print(f"{name}: {len(writers.writes)} writes, {refusals(writers.writes)}")


def test_redis_is_killed_and_comes_back_empty(town: Town) -> None:
    """R06: writing goes on without it."""
    with Writers(town) as writers:
        writers.wait_for(5)
        town.redis.stop()
        writers.wait_for(12)
        town.redis.start()
        writers.wait_for(5)
    check(town, writers)
    assert not refusals(writers.writes)


def test_redis_stands_still_for_a_while(town: Town) -> None:
    """R07: whoever writes does not wait for it."""
    with Writers(town) as writers:
        writers.wait_for(5)
        town.redis.freeze()
        try:
            during = len(writers.writes)
            writers.wait_for(12)
            slow = [write.seconds for write in writers.acknowledged[during:]]
        finally:
            town.redis.thaw()
        writers.wait_for(5)
    check(town, writers)
    print(f"Redis frozen: the slowest write took {max(slow):.2f} s")
    assert max(slow) < 6


def test_a_process_has_no_file_left_to_open(town: Town) -> None:
    """R16: it refuses some, ends at worst, and goes on when there are files again."""
    process = town.processes["web-1"]
    with Writers(town) as writers:
        writers.wait_for(5)
        former = process.limit_files(30)
        writers.wait_for(15)
        process.limit_files(former)
        writers.wait_for(5)
    check(town, writers)
    print(f"no files left: {refusals(writers.writes)}")
