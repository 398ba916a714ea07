"""Looking whether all is whole: streams, inboxes and files, each told when it is not."""

from io import BytesIO

import pytest
from sqlalchemy import delete, func, select, update

from concord.files import verifying as files
from concord.files.models import File
from concord.installation import using
from concord.notifications import verifying as inboxes
from concord.notifications.models import Inbox
from concord.timeline import verifying as streams
from concord.timeline.models import Stream, TimelineLink
from tests.world import World


def test_the_demo_world_is_whole(any_world: World) -> None:
    with any_world.reading() as session:
        assert list(streams.problems(session)) == []
        assert list(inboxes.problems(session)) == []
        assert list(files.problems(session)) == []


def test_a_place_that_vanished_is_missed(world: World) -> None:
    record = world.records["huadong"]
    last = select(func.max(TimelineLink.position)).where(TimelineLink.record_id == record)
    with world.writing() as session:
        at_the_end = TimelineLink.position == session.scalar(last)
        session.execute(delete(TimelineLink).where(TimelineLink.record_id == record, at_the_end))
        session.commit()
        assert any(f"record {record}" in said for said in streams.problems(session))


def test_a_counter_that_vanished_is_missed(world: World) -> None:
    record = world.records["huadong"]
    with world.writing() as session:
        session.execute(delete(Stream).where(Stream.record_id == record))
        session.commit()
        assert any("there is no counter" in said for said in streams.problems(session))


def test_an_inbox_that_miscounts_is_told(world: World) -> None:
    with world.writing() as session:
        session.execute(update(Inbox).values(unread=Inbox.unread + 3))
        session.commit()
        assert any("unread by the counter" in said for said in inboxes.problems(session))


@pytest.mark.parametrize(("change", "said"), [("gone", "cannot be read"), ("other", "is not what")])
def test_a_file_that_is_gone_or_another_is_told(world: World, change: str, said: str) -> None:
    sent = {"file": (BytesIO(b"the certificate"), "certificate.txt")}
    answer = world.client("lin").post("/files", data=sent, content_type="multipart/form-data")
    assert answer.status_code < 300, answer.text
    with world.reading() as session, using(world.installation):
        key = session.scalars(select(File.stored_key).order_by(File.id.desc())).first()
        assert key is not None
        path = world.installation.settings.data_dir / "files" / key[:2] / key
        assert not list(files.problems(session))
        path.unlink() if change == "gone" else path.write_bytes(b"another certificate")
        assert any(said in problem for problem in files.problems(session))
