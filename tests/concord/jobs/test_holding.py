"""Held jobs wait with nothing done, released ones run; a cancelled one never does."""

import pytest

from concord.actors import SYSTEM
from concord.errors import Conflict, NotFound
from concord.installation import Installation
from concord.jobs.actions import cancel, release, run_again
from concord.jobs.holding import EVERYTHING, hold
from concord.jobs.job import enqueue
from concord.jobs.listing import Listed, job, jobs
from concord.jobs.statuses import State
from concord.jobs.worker import Worker
from tests.concord.jobs.conftest import ask, on_page, working
from tests.concord.jobs.diary import TELL, WRITE, WRITE_AFTER_THE_FIRST, write
from tests.waiting import eventually


def keep_back(diary: Installation, name: str = EVERYTHING) -> None:
    with diary.database.writing() as session:
        hold(session, SYSTEM, name)
        session.commit()


def look(diary: Installation, job_id: str) -> Listed:
    with diary.database.reading() as session:
        return job(session, job_id)


def state(diary: Installation, job_id: str) -> State:
    return look(diary, job_id).state


def give_up(diary: Installation, job_id: str) -> None:
    with diary.database.writing() as session:
        cancel(session, SYSTEM, job_id)
        session.commit()


def test_held_jobs_do_nothing_until_they_are_released(diary: Installation, worker: Worker) -> None:
    keep_back(diary)
    held = [ask(diary, WRITE, 1), ask(diary, TELL, 2)]
    eventually(lambda: all(state(diary, job_id) is State.HELD for job_id in held))
    assert (on_page(diary, 1), on_page(diary, 2)) == (0, 0)
    assert look(diary, held[0]).attempts == 0
    assert release(diary.database, SYSTEM) == 2
    eventually(lambda: (on_page(diary, 1), on_page(diary, 2)) == (1, 1))
    eventually(lambda: all(state(diary, job_id) is State.DONE for job_id in held))


def test_jobs_of_other_kinds_go_on(diary: Installation, worker: Worker) -> None:
    keep_back(diary, WRITE.name)
    kept, free = ask(diary, WRITE, 1), ask(diary, TELL, 2)
    eventually(lambda: state(diary, free) is State.DONE)
    eventually(lambda: state(diary, kept) is State.HELD)
    assert release(diary.database, SYSTEM, TELL.name) == 0
    assert state(diary, kept) is State.HELD
    assert release(diary.database, SYSTEM, WRITE.name) == 1
    eventually(lambda: on_page(diary, 1) == 1)


def test_what_two_holds_keep_waits_for_both(diary: Installation, worker: Worker) -> None:
    keep_back(diary, WRITE.name)
    keep_back(diary)
    kept = ask(diary, WRITE, 1)
    eventually(lambda: state(diary, kept) is State.HELD)
    assert release(diary.database, SYSTEM) == 0
    assert release(diary.database, SYSTEM, WRITE.name) == 1
    eventually(lambda: on_page(diary, 1) == 1)


def test_a_waiting_job_can_be_cancelled_and_never_runs(diary: Installation) -> None:
    given_up, wanted = ask(diary, WRITE, 1), ask(diary, WRITE, 2)
    give_up(diary, given_up)
    with working(diary):
        eventually(lambda: state(diary, wanted) is State.DONE)
    assert state(diary, given_up) is State.CANCELLED
    assert on_page(diary, 1) == 0


def test_a_failed_job_can_be_given_up(diary: Installation, worker: Worker) -> None:
    job_id = ask(diary, WRITE_AFTER_THE_FIRST, 7)
    eventually(lambda: state(diary, job_id) is State.FAILED)
    give_up(diary, job_id)
    assert state(diary, job_id) is State.CANCELLED
    assert run_again(diary.database, SYSTEM, [look(diary, job_id)]) == 0


def test_what_is_over_can_neither_be_cancelled_nor_run_again(
    diary: Installation, worker: Worker
) -> None:
    job_id = ask(diary, WRITE, 1)
    eventually(lambda: state(diary, job_id) is State.DONE)
    with pytest.raises(Conflict):
        give_up(diary, job_id)
    assert run_again(diary.database, SYSTEM, [look(diary, job_id)]) == 0
    assert on_page(diary, 1) == 1
    with pytest.raises(NotFound):
        give_up(diary, "nobody-knows")


def test_a_job_that_is_tried_again_says_why_and_when(
    diary: Installation, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = ask(diary, WRITE_AFTER_THE_FIRST, 7)
    eventually(lambda: look(diary, job_id).error is not None)
    assert look(diary, job_id).error == "ValueError: the diary has no first page"
    eventually(lambda: state(diary, job_id) is State.FAILED)
    assert look(diary, job_id).next_at is None
    with diary.database.writing() as session:
        write(session, 1)
        session.commit()
    run_again(diary.database, SYSTEM, [look(diary, job_id)])
    eventually(lambda: state(diary, job_id) is State.DONE)
    assert look(diary, job_id).error is None


def test_jobs_are_listed_by_state_and_name_in_pages(diary: Installation) -> None:
    with diary.database.writing() as session:
        asked = {enqueue(session, WRITE, page) for page in range(5)}
        enqueue(session, TELL, 9, delay=60)
        session.commit()
    with diary.database.reading() as session:
        first = jobs(session, names=[WRITE.name], limit=3)
        second = jobs(session, names=[WRITE.name], limit=3, cursor=first.next)
        assert {item.id for item in (*first.items, *second.items)} == asked
        assert (len(first.items), second.next) == (3, None)
        assert jobs(session, states=[State.FAILED, State.HELD, State.RUNNING]).items == []
        [delayed] = jobs(session, names=[TELL.name], states=[State.WAITING]).items
        assert delayed.next_at is not None
        assert delayed.ids == (9,)
