"""The people of the house as administrators look for them, and when each was last here."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from concord.audit.models import AuditRow
from concord.identity.factors.models import CodeApp, Passkey
from concord.identity.models import PortalMembership, Role, SignedSession, User, UserRole
from concord.records.models import Record
from concord.records.sorting import normalised

LONGEST = 100
STATES = ("active", "disabled", "unused")
LARGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list of people is narrowed to, as it stands in the address."""

    q: str = ""
    state: str = ""
    role: str = ""
    team: int | None = None

    @classmethod
    def of(cls, given: MultiDict[str, str]) -> "Asked":
        state, team = given.get("state", ""), given.get("team", "")
        is_id = team.isascii() and team.isdecimal() and len(team) < 19
        return cls(
            q=given.get("q", "").strip()[:LONGEST],
            state=state if state in STATES else "",
            role=given.get("role", "")[:LONGEST],
            team=int(team) if is_id else None,
        )

    @property
    def given(self) -> dict[str, str]:
        return {name: str(value) for name, value in asdict(self).items() if value}

    def query(self, cursor: str) -> str:
        return "?" + urlencode({**self.given, "cursor": cursor})

    def narrowed(self, query: Select[User]) -> Select[User]:
        for condition in self._conditions():
            query = query.where(condition)
        return query

    def _conditions(self) -> Iterable[ColumnElement[bool]]:
        if self.q:
            yield _matches(self.q)
        if self.state == "active":
            yield User.disabled_at.is_(None)
        elif self.state == "disabled":
            yield User.disabled_at.is_not(None)
        elif self.state == "unused":
            yield and_(User.disabled_at.is_(None), User.password_hash.is_(None))
        if self.role:
            held = exists().where(UserRole.user_id == User.id, UserRole.role_id == Role.id)
            yield held.where(Role.key == self.role)
        if self.team:
            yield User.team_id == self.team


def last_seen(session: Session, user_ids: Iterable[int]) -> dict[int, datetime]:
    """When each of these people last used a browser, or did anything that was kept."""
    ids = set(user_ids)
    visits = select(SignedSession.user_id, func.max(SignedSession.last_seen_at))
    seen = dict(
        session.execute(
            visits.where(SignedSession.user_id.in_(ids)).group_by(SignedSession.user_id)
        ).all()
    )
    act = (
        select(AuditRow.at)
        .where(AuditRow.actor_id == User.id)
        .order_by(AuditRow.at.desc(), AuditRow.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    for user_id, at in session.execute(select(User.id, act).where(User.id.in_(ids))):
        if at is not None:
            seen[user_id] = max(at, seen.get(user_id, at))
    return seen


def with_factor(session: Session, user_ids: Iterable[int]) -> set[int]:
    """Who of these people has a second factor."""
    ids = set(user_ids)
    apps = select(CodeApp.user_id).where(CodeApp.user_id.in_(ids))
    keys = select(Passkey.user_id).where(Passkey.user_id.in_(ids))
    return set(session.scalars(apps.union(keys)))


def devices(session: Session, user_id: int) -> int:
    """In how many browsers somebody is signed in."""
    counted = select(func.count()).select_from(SignedSession)
    return session.scalar(counted.where(SignedSession.user_id == user_id)) or 0


def owned(session: Session, user_id: int) -> dict[str, int]:
    """How many records somebody owns, by kind."""
    counted = select(Record.kind, func.count()).where(Record.owner_id == user_id)
    return dict(session.execute(counted.group_by(Record.kind)).all())


def _matches(words: str) -> ColumnElement[bool]:
    """A name as it is written or in pinyin, a mail address, or the company somebody acts for."""
    plain = normalised(words)
    company = exists().where(
        PortalMembership.user_id == User.id,
        PortalMembership.company_id == Record.id,
        Record.sort_key.contains(plain, autoescape=True),
    )
    return or_(
        User.sort_key.contains(plain, autoescape=True),
        User.email.contains(plain, autoescape=True),
        company,
    )
