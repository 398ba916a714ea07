"""Users, teams, roles, and the rows that let a person in."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, event, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from concord.clock import now
from concord.database.base import BigId, Identifier, Model, RecordId, SortText, UserId
from concord.records.models import Record
from concord.records.sorting import sort_key


class Team(Model):
    __tablename__ = "concord_teams"

    id: Mapped[Identifier]
    name: Mapped[str] = mapped_column(unique=True)


class User(Model):
    """A person who signs in. Outside people have no team and see through memberships only.

    `email_proved_at` says when the owner of the address last showed that it is theirs. What hangs
    on a person is loaded by the query that wants it, never row by row.
    """

    __tablename__ = "concord_users"

    id: Mapped[Identifier]
    name: Mapped[str]
    sort_key: Mapped[str] = mapped_column(SortText)
    email: Mapped[str] = mapped_column(unique=True)
    email_proved_at: Mapped[datetime | None]
    is_staff: Mapped[bool]
    title: Mapped[str | None]
    phone: Mapped[str | None]
    team_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("concord_teams.id"), index=True)
    password_hash: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="en")
    timezone: Mapped[str] = mapped_column(default="Asia/Shanghai")
    theme: Mapped[str] = mapped_column(default="system")
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    version: Mapped[int] = mapped_column(default=1)

    team: Mapped[Team | None] = relationship(viewonly=True, lazy="raise")
    held_roles: Mapped[list["Role"]] = relationship(
        secondary="concord_user_roles", viewonly=True, lazy="raise", order_by="Role.id"
    )
    memberships: Mapped[list["PortalMembership"]] = relationship(
        viewonly=True, lazy="raise", order_by="PortalMembership.id"
    )

    __mapper_args__: dict[str, Any] = {"version_id_col": version}
    __table_args__ = (
        Index("ix_concord_users_list", "is_staff", "sort_key", "id"),
        {"sqlite_autoincrement": True},
    )


@event.listens_for(User, "before_insert")
@event.listens_for(User, "before_update")
def _keep_sort_key(_mapper: Any, _connection: Any, user: User) -> None:
    key = sort_key(user.name)
    if user.sort_key != key:
        user.sort_key = key


class Role(Model):
    """What holders may do: `grants` maps a permission to a scope; `field_groups` opens fields.

    `known` lists every permission ever offered to this role, so that an upgrade adds defaults for
    new permissions and never gives back one that an administrator took away.
    """

    __tablename__ = "concord_roles"

    id: Mapped[Identifier]
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    face: Mapped[str] = mapped_column(default="staff")
    grants: Mapped[dict[str, Any]] = mapped_column(default=dict)
    field_groups: Mapped[list[Any]] = mapped_column(default=list)
    known: Mapped[list[Any]] = mapped_column(default=list)


class UserRole(Model):
    __tablename__ = "concord_user_roles"
    named_by = ("user_id", "role_id")

    user_id: Mapped[UserId] = mapped_column(primary_key=True)
    role_id: Mapped[int] = mapped_column(BigId, ForeignKey("concord_roles.id"), primary_key=True)


class PortalMembership(Model):
    """An outside person acting for one company on one face."""

    __tablename__ = "concord_portal_memberships"
    named_by = ("user_id", "company_id")

    id: Mapped[Identifier]
    user_id: Mapped[UserId]
    company_id: Mapped[RecordId] = mapped_column(index=True)
    face: Mapped[str]
    is_administrator: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)

    company: Mapped[Record] = relationship(viewonly=True, lazy="raise")
    user: Mapped[User] = relationship(viewonly=True, lazy="raise")

    __table_args__ = (
        UniqueConstraint("user_id", "company_id", "face"),
        CheckConstraint("face IN ('customer', 'supplier')", name="face"),
    )


class SignedSession(Model):
    """A browser signed in. Only the hash of its token is kept; deleting the row signs it out.

    `way` is how its person came in ("password", "passkey", "provider"), `proved_at` when they last
    proved who they are. While `needs_factor`, it opens nothing but setting up a second factor.
    """

    __tablename__ = "concord_sessions"

    id: Mapped[Identifier]
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[UserId] = mapped_column(index=True)
    membership_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("concord_portal_memberships.id", ondelete="CASCADE")
    )
    device: Mapped[str]
    address: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)
    last_seen_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    way: Mapped[str | None]
    proved_at: Mapped[datetime | None]
    needs_factor: Mapped[bool] = mapped_column(default=False, server_default=false())
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)


class ApiToken(Model):
    """A key for a program: acts as its user, at most within `scopes` (permission names)."""

    __tablename__ = "concord_api_tokens"
    named_by = ("name", "user_id")

    id: Mapped[Identifier]
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[UserId] = mapped_column(index=True)
    membership_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("concord_portal_memberships.id", ondelete="CASCADE")
    )
    name: Mapped[str]
    scopes: Mapped[list[Any]] = mapped_column(default=list)
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class Invitation(Model):
    """A way in sent by mail: to the staff, or to one company's portal. Used once."""

    __tablename__ = "concord_invitations"
    named_by = ("email", "company_id")

    id: Mapped[Identifier]
    token_hash: Mapped[str] = mapped_column(unique=True)
    email: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    is_staff: Mapped[bool]
    team_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("concord_teams.id"))
    role_keys: Mapped[list[Any]] = mapped_column(default=list)
    company_id: Mapped[RecordId | None]
    face: Mapped[str | None]
    is_administrator: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(default="en")
    invited_by_id: Mapped[UserId | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]

    company: Mapped[Record | None] = relationship(viewonly=True, lazy="raise")
    inviter: Mapped[User | None] = relationship(viewonly=True, lazy="raise")


class PasswordReset(Model):
    """A reset link: the newest one only, for an hour, once, while the mail address stays.

    Used and superseded ones are deleted.
    """

    __tablename__ = "concord_password_resets"

    id: Mapped[Identifier]
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[UserId] = mapped_column(index=True)
    email: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)


class EmailChange(Model):
    """A new mail address waiting for its own owner's word: newest only, for an hour, once."""

    __tablename__ = "concord_email_changes"

    id: Mapped[Identifier]
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[UserId] = mapped_column(index=True)
    old_email: Mapped[str]
    new_email: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)


class Throttle(Model):
    """Attempts counted in a window, in the database, so that limits hold without Redis."""

    __tablename__ = "concord_throttles"

    key: Mapped[str] = mapped_column(primary_key=True)
    window_started_at: Mapped[datetime]
    count: Mapped[int]

    __table_args__ = (Index("ix_concord_throttles_window", "window_started_at"),)


class AccessEpoch(Model):
    """One number that rises whenever somebody's rights change; serving processes watch it."""

    __tablename__ = "concord_access_epoch"

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    epoch: Mapped[int]
