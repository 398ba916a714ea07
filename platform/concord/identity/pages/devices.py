"""Where one is signed in: each browser, when it was last used, and signing it out from here."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from concord.audit.writing import note
from concord.clock import now
from concord.identity import device_words
from concord.identity.models import SignedSession
from concord.identity.routes import go, routes
from concord.identity.sessions import end_session_of, end_sessions_of
from concord.portal.view import page
from concord.web.request import actor, session
from concord.web.routing import EVERYBODY, SIGNED_IN
from concord.web.toasts import toast

HERE = "/settings/devices"


@dataclass(frozen=True, slots=True)
class Device:
    """A browser that is signed in, as its owner sees it."""

    id: int
    words: str
    icon: str
    address: str
    way: str
    created_at: datetime
    last_seen_at: datetime
    is_this: bool


@routes.get(HERE, permission=SIGNED_IN, faces=EVERYBODY)
def devices() -> Response:
    query = select(SignedSession).where(
        SignedSession.user_id == actor().user_id, SignedSession.expires_at > now()
    )
    rows = session().scalars(query.order_by(SignedSession.last_seen_at.desc(), SignedSession.id))
    found = sorted((_seen(row) for row in rows), key=lambda device: not device.is_this)
    return page("identity/devices.html", devices=found)


@routes.post(f"{HERE}/<int:session_id>/sign-out", permission=SIGNED_IN, faces=EVERYBODY)
def sign_out_device(session_id: int) -> Response:
    who = actor()
    assert who.user_id is not None
    end_session_of(session(), who.user_id, session_id)
    note(session(), who, "signed_out", table="concord_users", row_id=who.user_id)
    toast(_("That device is signed out."))
    return go(HERE)


@routes.post(f"{HERE}/others/sign-out", permission=SIGNED_IN, faces=EVERYBODY)
def sign_out_others() -> Response:
    who = actor()
    assert who.user_id is not None
    end_sessions_of(session(), who.user_id, but=who.session_id)
    note(session(), who, "signed_out_others", table="concord_users", row_id=who.user_id)
    toast(_("All other devices are signed out."))
    return go(HERE)


def _seen(row: SignedSession) -> Device:
    return Device(
        row.id,
        device_words.of(row.device),
        device_words.icon(row.device),
        row.address,
        row.way or "password",
        row.created_at,
        row.last_seen_at,
        row.id == actor().session_id,
    )
