"""Forgetting what was delivered long ago."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from concord.clock import now
from concord.jobs.job import Job, enqueue
from concord.webhooks.models import Delivery
from concord.webhooks.queries import KEPT

BATCH = 500


def forget(session: Session, moment: datetime) -> None:
    """The oldest five hundred that are no longer kept; where there may be more, a job goes on."""
    old = select(Delivery.id).where(Delivery.created_at < moment - KEPT)
    oldest = session.scalars(old.order_by(Delivery.created_at).limit(BATCH)).all()
    session.execute(delete(Delivery).where(Delivery.id.in_(oldest)))
    if len(oldest) == BATCH:
        enqueue(session, FORGET_MORE)


def _forget_more(session: Session) -> None:
    forget(session, now())


FORGET_MORE = Job(
    name="webhooks.forget_more", run=_forget_more, label=_l("Forget old messages of webhooks")
)
