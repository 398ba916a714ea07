"""Providers that may vouch for people, and the people they have vouched for."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from concord.clock import now
from concord.database.base import Identifier, Model, Sealed, UserId


class Provider(Model):
    """A provider that an administrator has set up.

    `domains` are those of the mail addresses it may speak for; `makes_staff` lets it make new
    colleagues of people in them, with the role `role_key`.
    """

    __tablename__ = "concord_providers"

    id: Mapped[Identifier]
    name: Mapped[str]
    issuer: Mapped[str]
    client_id: Mapped[str]
    client_secret: Mapped[Sealed | None]
    domains: Mapped[list[Any]] = mapped_column(default=list)
    makes_staff: Mapped[bool] = mapped_column(default=False)
    role_key: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=now)


class ExternalIdentity(Model):
    """Who somebody is elsewhere: never known by the mail address, only by issuer and subject."""

    __tablename__ = "concord_external_identities"

    id: Mapped[Identifier]
    user_id: Mapped[UserId] = mapped_column(index=True)
    issuer: Mapped[str]
    subject: Mapped[str]
    email: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    last_used_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("issuer", "subject"),)
