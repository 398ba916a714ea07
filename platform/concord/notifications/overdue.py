"""Nothing waits for ever: a job that was lost, or gave up, is asked for again."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from concord.identity.models import User
from concord.jobs.job import enqueue
from concord.notifications.hours import clock_of
from concord.notifications.mailing import MAIL_WAITING
from concord.notifications.models import DigestSlot, Waiting

LATE = timedelta(minutes=10)
STALE = timedelta(hours=12)
KEPT = timedelta(days=40)
MOST_PEOPLE = 100


def ask_again(session: Session, moment: datetime) -> None:
    """Mail that is late by more than a burst and no quiet hours; a push that nobody needs now."""
    oldest = func.min(Waiting.at)
    late = (
        select(Waiting.user_id, User.timezone)
        .join(User, User.id == Waiting.user_id)
        .where(Waiting.channel == "mail")
        .group_by(Waiting.user_id, User.timezone)
        .having(oldest < moment - LATE)
        .limit(MOST_PEOPLE)
    )
    for user_id, timezone in session.execute(late).all():
        if clock_of(session, user_id, timezone).quiet_until(moment) is None:
            enqueue(session, MAIL_WAITING, user_id)
    session.execute(delete(Waiting).where(Waiting.channel == "push", Waiting.at < moment - STALE))
    session.execute(delete(DigestSlot).where(DigestSlot.day < (moment - KEPT).date()))
