"""Codes from an app (TOTP, RFC 6238): set up by scanning, checked once each."""

from base64 import b32decode, b32encode
from datetime import timedelta

import pyotp
from flask_babel import gettext as _
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from concord import organisation
from concord.clock import now
from concord.errors import Invalid
from concord.identity.factors.models import CodeApp
from concord.identity.models import User
from concord.keyring import NotSealed, seal, unseal

PURPOSE = "second-factor"
SETTING_UP = "second-factor-set-up"
STEP = 30
DRIFT = 1
"""Steps before and after this one that still count: clocks and people are slow."""
SET_UP_WITHIN = timedelta(minutes=30)


def new_secret(user: User) -> tuple[str, str]:
    """A secret to scan, and the same sealed for the form that brings it back: nothing is kept."""
    secret = pyotp.random_base32()
    offered = f"{user.id} {int(now().timestamp())} {secret}"
    return secret, seal(SETTING_UP, offered.encode())


def offered_secret(user: User, offered: str) -> str:
    """The secret that a set-up form brings back; Invalid where it is not this person's or old."""
    try:
        owner, at, secret = unseal(SETTING_UP, offered).decode().split()
    except (NotSealed, ValueError):
        raise Invalid({"_": [_("This page is out of date. Reload it and try again.")]}) from None
    if int(owner) != user.id or now().timestamp() - int(at) > SET_UP_WITHIN.total_seconds():
        raise Invalid({"_": [_("This page is out of date. Reload it and try again.")]})
    return secret


def address(user: User, secret: str) -> str:
    """What the app scans: `otpauth://totp/…` with the organisation and the person's address."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name=organisation.name())


def add(session: Session, user: User, secret: str, code: str) -> CodeApp:
    """Keep an app that showed the right code; it takes the place of the one before."""
    step = _step_of(secret, code)
    if step is None:
        sentence = _("This is not the code the app shows now. Is the time on your phone right?")
        raise Invalid({"code": [sentence]})
    if (before := app_of(session, user.id)) is not None:
        session.delete(before)
        session.flush()
    app = CodeApp(
        user_id=user.id, secret=seal(PURPOSE, b32decode(secret)), last_step=step, last_used_at=now()
    )
    session.add(app)
    return app


def matches(session: Session, user_id: int, code: str) -> bool:
    """Whether the app shows `code` now; it is used up by this, also for whoever asks meanwhile."""
    app = app_of(session, user_id)
    step = None if app is None else _step_of(_secret_of(app), code)
    if app is None or step is None:
        return False
    unused = update(CodeApp).where(CodeApp.id == app.id, CodeApp.last_step < step)
    used = session.execute(unused.values(last_step=step, last_used_at=now()))
    return bool(used.rowcount)  # type: ignore[attr-defined]


def app_of(session: Session, user_id: int) -> CodeApp | None:
    return session.scalars(select(CodeApp).where(CodeApp.user_id == user_id)).one_or_none()


def _secret_of(app: CodeApp) -> str:
    return b32encode(unseal(PURPOSE, app.secret)).decode()


def _step_of(secret: str, code: str) -> int | None:
    """The step whose code this is, within the drift."""
    digits = "".join(code.split())
    app, this = pyotp.TOTP(secret), int(now().timestamp()) // STEP
    steps = range(this - DRIFT, this + DRIFT + 1)
    found = [step for step in steps if pyotp.utils.strings_equal(app.generate_otp(step), digits)]
    return max(found, default=None)
