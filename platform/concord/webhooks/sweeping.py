"""Forgetting what was delivered long ago."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from concord.webhooks.models import Delivery
from concord.webhooks.queries import KEPT

BATCH = 500


def forget(session: Session, moment: datetime) -> None:
    """The oldest five hundred that are no longer kept; what is more waits for the next round."""
    old = select(Delivery.id).where(Delivery.created_at < moment - KEPT)
    session.execute(delete(Delivery).where(Delivery.id.in_(old.order_by(Delivery.id).limit(BATCH))))
