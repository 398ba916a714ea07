"""What a person proves who they are with, beside the password."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from concord.clock import now
from concord.database.base import Identifier, Model, Sealed, UserId


class CodeApp(Model):
    """An app that shows six digits (TOTP). `last_step` is the newest one used: none works twice."""

    __tablename__ = "concord_code_apps"

    id: Mapped[Identifier]
    user_id: Mapped[UserId] = mapped_column(unique=True)
    secret: Mapped[Sealed]
    last_step: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(default=now)
    last_used_at: Mapped[datetime | None]


class Passkey(Model):
    """A key that a device or a password manager holds; only its public half is here."""

    __tablename__ = "concord_passkeys"

    id: Mapped[Identifier]
    user_id: Mapped[UserId] = mapped_column(index=True)
    credential: Mapped[str] = mapped_column(unique=True)
    public_key: Mapped[str]
    sign_count: Mapped[int]
    transports: Mapped[list[Any]] = mapped_column(default=list)
    name: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)
    last_used_at: Mapped[datetime | None]


class RecoveryCode(Model):
    """One of the codes for the day when everything else is lost. Used ones stay, to be counted."""

    __tablename__ = "concord_recovery_codes"

    id: Mapped[Identifier]
    user_id: Mapped[UserId] = mapped_column(index=True)
    code_hash: Mapped[str]
    used_at: Mapped[datetime | None]


class TrustedDevice(Model):
    """A browser that is not asked for the second factor until `expires_at`."""

    __tablename__ = "concord_trusted_devices"

    id: Mapped[Identifier]
    user_id: Mapped[UserId] = mapped_column(index=True)
    token_hash: Mapped[str] = mapped_column(index=True)
    device: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
