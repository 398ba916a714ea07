"""The access epoch: raised whenever rights change, watched by every process that serves sockets."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from concord.identity.models import AccessEpoch

ONLY = 1


def raise_epoch(session: Session) -> None:
    """Tell every serving process, within two seconds of the commit, to look at rights again."""
    raised = update(AccessEpoch).where(AccessEpoch.id == ONLY).values(epoch=AccessEpoch.epoch + 1)
    if session.execute(raised).rowcount == 0:  # type: ignore[attr-defined]
        session.add(AccessEpoch(id=ONLY, epoch=1))
        session.flush()


def epoch(session: Session) -> int:
    return session.scalar(select(AccessEpoch.epoch).where(AccessEpoch.id == ONLY)) or 0
