"""A person's browsers that may be rung."""

import hashlib
from base64 import urlsafe_b64decode
from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from concord.actors import Actor
from concord.errors import Invalid, NotFound
from concord.push.models import PushSubscription
from concord.records.access import LARGEST_ID

MOST = 20
LONGEST_ENDPOINT = 1000
POINT, SECRET = 65, 16
LONGEST_DEVICE = 80


def subscribe(
    session: Session, actor: Actor, *, endpoint: str, p256dh: str, auth: str, device: str
) -> PushSubscription:
    """Let this browser be rung for the actor; whoever used it before no longer is.

    Raises Invalid for what no browser sends.
    """
    _check(endpoint, p256dh, auth)
    if actor.session_id is None:
        raise NotFound
    key = hashlib.sha256(endpoint.encode()).hexdigest()
    session.execute(delete(PushSubscription).where(PushSubscription.endpoint_hash == key))
    if len(browsers_of(session, actor)) >= MOST:
        raise Invalid({"endpoint": [_("Remove a browser first: these are enough.")]})
    made = PushSubscription(
        user_id=actor.user_id,
        session_id=actor.session_id,
        endpoint=endpoint,
        endpoint_hash=key,
        p256dh=p256dh,
        auth=auth,
        device=device[:LONGEST_DEVICE],
    )
    session.add(made)
    session.flush()
    return made


def browsers_of(session: Session, actor: Actor) -> Sequence[PushSubscription]:
    mine = select(PushSubscription).where(PushSubscription.user_id == actor.user_id)
    return session.scalars(mine.order_by(PushSubscription.id)).all()


def remove(session: Session, actor: Actor, subscription_id: int) -> None:
    """One of one's own browsers; NotFound for any other."""
    if not 0 < subscription_id <= LARGEST_ID:
        raise NotFound
    gone = delete(PushSubscription).where(
        PushSubscription.id == subscription_id, PushSubscription.user_id == actor.user_id
    )
    if not session.execute(gone).rowcount:  # type: ignore[attr-defined]
        raise NotFound


def is_rung(session: Session, actor: Actor) -> bool:
    """Whether the browser of this session is one of them."""
    mine = select(func.count()).where(PushSubscription.session_id == actor.session_id)
    return bool(session.scalar(mine))


def _check(endpoint: str, p256dh: str, auth: str) -> None:
    secure = endpoint.startswith(("https://", "http://127.0.0.1:"))
    if not secure or len(endpoint) > LONGEST_ENDPOINT:
        raise Invalid({"endpoint": [_("This is not the address of a push service.")]})
    if _length(p256dh) != POINT or _length(auth) != SECRET:
        raise Invalid({"keys": [_("These are not the keys of a browser.")]})


def _length(text: str) -> int:
    try:
        return len(urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4)))
    except ValueError:
        return 0
