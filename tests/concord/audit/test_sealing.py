"""The sealed audit: whoever changes, removes or reorders what it says is found out."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from concord.audit import head, sealing, verifying
from concord.audit.models import AuditKey, AuditRow
from concord.clock import now
from tests.world import World


def seal_all(world: World) -> int:
    total = 0
    while count := seal(world):
        total += count
    return total


def seal(world: World) -> int:
    with world.writing() as session:
        count = sealing.seal_rows(session, now())
        session.commit()
    return count


def problems(world: World) -> list[str]:
    with world.reading() as session:
        return list(verifying.problems(session))


def tamper(world: World, change: Callable[[Session], Any]) -> None:
    with world.writing() as session:
        change(session)
        session.commit()


def numbered(number: int, **values: Any) -> Any:
    return update(AuditRow).where(AuditRow.sequence == number).values(**values)


@pytest.fixture
def sealed(world: World) -> World:
    """A world whose story is sealed."""
    assert seal_all(world) > 10
    return world


def test_what_nobody_touched_holds(any_world: World) -> None:
    assert seal_all(any_world) > 10
    assert problems(any_world) == []


def test_rows_written_later_join_the_chain(sealed: World) -> None:
    sealed.client("na").post("/settings/teams", data={"name": "Logistics"})
    assert seal_all(sealed) > 0
    assert problems(sealed) == []


def test_rows_are_numbered_without_gaps(sealed: World) -> None:
    with sealed.reading() as session:
        numbers = list(session.scalars(select(AuditRow.sequence).order_by(AuditRow.sequence)))
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"changes": {"title": ["a", "b"]}}, "what changed has been changed"),
        ({"actor_name": "Somebody Else"}, "who it was has been changed"),
        ({"address": "203.0.113.9"}, "who it was has been changed"),
        ({"action": "read"}, "its seal does not fit"),
        ({"actor_id": 999}, "its seal does not fit"),
        ({"row_id": 999}, "its seal does not fit"),
        ({"what_digest": "0" * 64}, "its seal does not fit"),
        ({"what_salt": None, "changes": {"title": ["a", "b"]}}, "where it was erased"),
        ({"who_salt": None}, "where one was erased"),
    ],
)
def test_a_changed_row_is_found(sealed: World, change: dict[str, Any], said: str) -> None:
    tamper(sealed, lambda session: session.execute(numbered(4, **change)))
    assert any("number 4" in problem and said in problem for problem in problems(sealed))


def test_a_removed_row_is_missed(sealed: World) -> None:
    tamper(sealed, lambda session: session.execute(_remove(AuditRow.sequence == 4)))
    assert "number 4 is missing: a row was removed" in problems(sealed)


def test_a_removed_row_is_missed_though_the_rest_is_numbered_anew(sealed: World) -> None:
    def close_ranks(session: Session) -> None:
        session.execute(_remove(AuditRow.sequence == 4))
        for number in range(5, 8):
            session.execute(numbered(number, sequence=number - 1))

    tamper(sealed, close_ranks)
    assert any("its seal does not fit" in problem for problem in problems(sealed))


def test_a_cut_tail_is_missed_and_stays_missed(sealed: World) -> None:
    tamper(sealed, lambda session: session.execute(_remove(AuditRow.sequence > 6)))
    assert any("was once the end" in problem for problem in problems(sealed))
    sealed.client("na").post("/settings/teams", data={"name": "Logistics"})
    assert seal_all(sealed) > 0
    assert any("was once the end" in problem for problem in problems(sealed))


def test_swapped_rows_are_found(sealed: World) -> None:
    def swap(session: Session) -> None:
        session.execute(numbered(4, sequence=0))
        session.execute(numbered(5, sequence=4))
        session.execute(numbered(0, sequence=5))

    tamper(sealed, swap)
    found = problems(sealed)
    assert any("number 4" in problem for problem in found)
    assert any("number 5" in problem for problem in found)


def test_without_its_key_nothing_can_be_said(sealed: World) -> None:
    tamper(sealed, lambda session: session.execute(delete(AuditKey)))
    assert problems(sealed) == [
        "the key of the seals is gone from the database: no row can be checked"
    ]


def test_with_the_keys_of_another_house_nothing_can_be_said(sealed: World) -> None:
    (sealed.installation.settings.data_dir / "keys").unlink()
    assert "cannot be checked" in problems(sealed)[0]


def test_the_note_in_the_data_folder_is_missed(sealed: World) -> None:
    (sealed.installation.settings.data_dir / head.FILE).unlink()
    assert problems(sealed) == [
        "audit-head is missing from the data folder: rows cut off at the end go unnoticed"
    ]


def test_sealing_again_changes_nothing(sealed: World) -> None:
    assert seal(sealed) == 0
    assert problems(sealed) == []


def test_a_seal_that_is_rolled_back_leaves_no_note(world: World) -> None:
    with world.writing() as session:
        assert sealing.seal_rows(session, now()) > 0
        session.rollback()
    assert not (world.installation.settings.data_dir / head.FILE).exists()
    assert seal_all(world) > 0
    assert problems(world) == []


def test_more_than_a_batch_waits_for_a_job(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(sealing, "BATCH", 5)
    monkeypatch.setattr(sealing, "enqueue", lambda _session, job: asked.append(job))
    assert seal(world) == 5
    assert asked == [sealing.SEAL_MORE]
    assert seal_all(world) > 5
    assert problems(world) == []


def _remove(condition: Any) -> Any:
    return delete(AuditRow).where(condition)
