"""Attempts counted in the database: in their own transaction, so that a failed request counts."""

import hashlib
import hmac
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from sqlalchemy import case, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from concord.clock import now
from concord.errors import TooMany
from concord.identity.models import Throttle
from concord.installation import current_installation
from concord.keys import derived_key

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SWEPT_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` attempts within `window`, counted from the first."""

    name: str
    most: int
    window: timedelta

    def of(self, who: object) -> "Bucket":
        return Bucket(self, who)


@dataclass(frozen=True, slots=True)
class Bucket:
    """A limit as it applies to one account, device or network."""

    limit: Limit
    who: object

    @property
    def key(self) -> str:
        """Says which limit; whom it counts only to those who have the secret."""
        digest = hmac.new(derived_key("throttle"), str(self.who).encode(), hashlib.sha256)
        return f"{self.limit.name}:{digest.hexdigest()[:32]}"


def attempt(*buckets: Bucket) -> None:
    """Count an attempt in each bucket and commit; TooMany when one is over its limit.

    Opens a transaction of its own: the request must not hold a writing session meanwhile.
    """
    with current_installation().database.writing() as session:
        waits = [count(session, bucket) for bucket in sorted(buckets, key=lambda one: one.key)]
        _sweep(session)
        session.commit()
    if wait := max(waits, default=0):
        raise TooMany(wait)


def count(session: Session, bucket: Bucket) -> int:
    """Count one attempt, in one statement; gives the seconds to wait, 0 while within the limit."""
    moment, limit = now(), bucket.limit
    over = Throttle.window_started_at <= moment - limit.window
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement: Any = insert(Throttle).values(key=bucket.key, window_started_at=moment, count=1)
    counted = statement.on_conflict_do_update(
        index_elements=[Throttle.key],
        set_={
            "count": case((over, 1), else_=Throttle.count + 1),
            "window_started_at": case((over, moment), else_=Throttle.window_started_at),
        },
    ).returning(Throttle.count, Throttle.window_started_at)
    attempts, started = session.execute(counted).one()
    if attempts <= limit.most:
        return 0
    wait: timedelta = started + limit.window - moment
    return max(1, math.ceil(wait.total_seconds()))


def _sweep(session: Session) -> None:
    """Drop a few windows that are long over, so that guessing at random names fills no disk."""
    over = select(Throttle.key).where(Throttle.window_started_at < now() - 2 * DAY)
    few = over.limit(SWEPT_AT_ONCE).with_for_update(skip_locked=True)
    session.execute(delete(Throttle).where(Throttle.key.in_(few)))


def forgive(session: Session, buckets: Iterable[Bucket]) -> None:
    """Forget what was counted: the person proved who they are."""
    for key in sorted(bucket.key for bucket in buckets):
        session.execute(delete(Throttle).where(Throttle.key == key))


def give_back(session: Session, bucket: Bucket) -> None:
    """Take one attempt back: it turned out well and must not count against the neighbours."""
    counted = update(Throttle).where(Throttle.key == bucket.key, Throttle.count > 0)
    session.execute(counted.values(count=Throttle.count - 1))


def block_of(address: str | None) -> str:
    """The network an address belongs to: its /24, or its /64 for IPv6."""
    try:
        found: IPv4Address | IPv6Address = ip_address((address or "").partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address):
        found = found.ipv4_mapped or found
    width = 24 if isinstance(found, IPv4Address) else 64
    return str(ip_network((found, width), strict=False))
