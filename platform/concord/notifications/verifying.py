"""Looking whether every inbox counts what lies in it."""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from concord.notifications.models import Inbox, Notification


def problems(session: Session) -> Iterator[str]:
    """Inboxes whose numbers are not those of their lines."""
    counted = select(
        Notification.user_id,
        func.count().filter(Notification.read_at.is_(None)).label("unread"),
        func.max(Notification.position).label("position"),
    ).group_by(Notification.user_id)
    found = {row.user_id: (row.unread, row.position) for row in session.execute(counted)}
    for inbox in session.execute(select(*Inbox.__table__.columns)):
        unread, highest = found.pop(inbox.user_id, (0, 0))
        if inbox.unread != unread:
            yield f"person {inbox.user_id}: {inbox.unread} unread by the counter, {unread} by lines"
        if inbox.position < highest:
            yield f"person {inbox.user_id}: a line at {highest}, the counter at {inbox.position}"
    for user_id in sorted(found):
        yield f"person {user_id}: lines without an inbox"
