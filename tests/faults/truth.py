"""Afterwards: what was acknowledged is there once, every page shows what the database holds, each
job has had its effect once, and the program itself finds nothing wrong.
"""

import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from concord.actors import Audience
from concord.cli.verify import CHECKS
from concord.jobs.listing import unfinished
from concord.jobs.statuses import State
from concord.timeline.models import Entry, TimelineLink
from concord.webhooks.models import Delivery
from concord.webhooks.sending import SEND
from modules.tasks.tasks.models import Task
from tests.faults.readers import Page
from tests.faults.town import Town
from tests.faults.writers import PASSING, Write, Writers, refusals
from tests.world import World

# How soon is no promise here: five hundred pages come back to one process, on whatever machine.
PATIENCE = 180.0
JOBS_PATIENCE = 150.0


def check(town: Town, writers: Writers) -> None:
    """All of the promises, after the writers have ended."""
    assert writers.acknowledged, "nobody was answered at all"
    lost = [write for write in writers.writes if not write.acknowledged]
    assert not lost, f"never answered: {lost[:3]}"
    odd = {said for said in refusals(writers.writes) if said.isdigit()} - set(map(str, PASSING))
    assert not odd, f"answers that nobody should get: {refusals(writers.writes)}"
    check_writes(town, writers.acknowledged)
    check_pages(town)
    check_jobs(town)
    check_whole(town.world)


def check_whole(world: World) -> None:
    """What `concord verify` looks at; the command itself is a case of the backup's."""
    for name, problems in CHECKS.items():
        with world.reading() as session:
            found = list(problems(session))
        assert not found, f"{name}: {found}"


def check_writes(town: Town, writes: Sequence[Write]) -> None:
    """Each once, under the number that was answered."""
    words = {write.words: write for write in writes}
    found = written(town.world, writes)
    counted = Counter(text for text, _id in found)
    doubled = [text for text, count in counted.items() if count > 1]
    assert not doubled, f"written twice: {doubled}"
    missing = sorted(set(words) - set(counted))
    assert not missing, f"acknowledged and lost: {missing}"
    for text, number in found:
        assert words[text].id == number, f"{text} was answered as another"


def written(world: World, writes: Sequence[Write]) -> list[tuple[str, int]]:
    """The words of these writes that are in a database, each as often as it is, with its number."""
    words = [write.words for write in writes]
    entries = select(Entry.body, Entry.id).where(Entry.body.in_(words))
    tasks = select(Task.title, Task.id).where(Task.title.in_(words))
    with world.reading() as session:
        rows = [*session.execute(entries), *session.execute(tasks)]
    return [(str(text), number) for text, number in rows]


def check_pages(town: Town) -> None:
    """Without a reload each comes to show what its reader's stream holds since it opened."""
    assert town.readers is not None
    wanted = {page: stream(town, *page) for page in set(town.readers.pages)}
    deadline = time.monotonic() + PATIENCE
    while not _arrived(town, wanted) and time.monotonic() < deadline:
        time.sleep(0.5)
    for page in town.readers.report():
        expected = [row for row in wanted[page.record_id, page.person] if row[0] > page.begun]
        assert page.seen == expected, _difference(page, expected)


def _arrived(town: Town, wanted: dict[tuple[int, str], list[tuple[int, int]]]) -> bool:
    assert town.readers is not None
    tops = {page: rows[-1][0] if rows else 0 for page, rows in wanted.items()}
    told = zip(town.readers.pages, town.readers.how_far(), strict=True)
    return all(connected and at >= tops[page] for page, (connected, _begun, at) in told)


def stream(town: Town, record_id: int, person: str) -> list[tuple[int, int]]:
    """Position and entry of all that somebody's stream on a record holds, in order."""
    actor = town.world.actor(person)
    at: Any = TimelineLink.position
    mine = TimelineLink.record_id == record_id
    if actor.outside:
        at = TimelineLink.audience_position
        mine = (
            (TimelineLink.record_id == record_id)
            & (TimelineLink.audience == int(Audience.CUSTOMER))
            & (TimelineLink.company_id == actor.company_id)
        )
    with town.world.reading() as session:
        rows = session.execute(select(at, TimelineLink.entry_id).where(mine).order_by(at))
        return [(int(position), entry_id) for position, entry_id in rows]


def _difference(page: Page, expected: list[tuple[int, int]]) -> str:
    return (
        f"{page.person} on {page.record_id} has {len(page.seen)} of {len(expected)} entries: "
        f"shown {page.seen[-3:]}, there are {expected[-3:]}; refused {page.refused}"
    )


def check_jobs(town: Town) -> None:
    """None waits that could run, none has failed; each entry was told to the webhook once."""
    deadline = time.monotonic() + JOBS_PATIENCE
    while (left := _left(town) + _untold(town)) and time.monotonic() < deadline:
        time.sleep(0.5)
    assert not left, f"jobs that are not done: {left}"
    with town.world.reading() as session:
        per_entry = (
            select(func.count())
            .where(Delivery.webhook_id == town.hook_id, Delivery.entry_id.is_not(None))
            .group_by(Delivery.entry_id)
        )
        assert set(session.scalars(per_entry)) <= {1}
        mine = select(Delivery.message_id).where(Delivery.webhook_id == town.hook_id)
        sent = set(session.scalars(mine))
    assert sent == {request.headers["webhook-id"] for request in town.receiver.received}


def _untold(town: Town) -> list[str]:
    """What the webhook has not been told: a sweep each minute finds what a failed job left."""
    untold = select(Delivery.message_id).where(
        Delivery.webhook_id == town.hook_id, Delivery.state != "delivered"
    )
    with town.world.reading() as session:
        return list(session.scalars(untold))


def _left(town: Town) -> list[str]:
    """Jobs that should be done by now: those that wait for a later time may wait.

    One that sends to webhooks may have failed: what it left is looked at for itself.
    """
    jobs = unfinished(
        town.world.installation.database, [State.RUNNING, State.FAILED, State.WAITING]
    )
    return [
        f"{job.name} {job.state} {job.error}"
        for job in jobs
        if job.next_at is None and job.name != SEND.name
    ]
