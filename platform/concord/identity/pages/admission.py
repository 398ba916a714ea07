"""After the first proof: in, or on to the second one."""

from flask import redirect
from werkzeug.wrappers import Response

from concord.actors import Actor
from concord.identity import second_step
from concord.identity.entrance import let_in
from concord.identity.models import User
from concord.identity.oidc import linking
from concord.identity.oidc.vouched import Vouched
from concord.identity.paths import own_path
from concord.identity.second_step import Waiting
from concord.web.request import session

SECOND = "/login/second"


def admission(
    user: User,
    *,
    way: str = "password",
    lasting: bool = False,
    to: str = "",
    membership_id: int | None = None,
    link: Vouched | None = None,
) -> Response:
    """Let somebody in who gave one proof, or ask for the second factor they have set up.

    Linking a provider's account asks for it on trusted devices too.
    """
    if second_step.is_asked(session(), user, anywhere=link is not None):
        kept = None if link is None else link.kept()
        second_step.begin(session(), Waiting(user.id, way, lasting, to, membership_id, kept))
        return redirect(SECOND, 303)
    if link is not None:
        linking.link(session(), user, link)
    who = let_in(user, way=way, lasting=lasting, membership_id=membership_id)
    return redirect(home(who, to), 303)


def home(who: Actor, to: str = "") -> str:
    """Where somebody wanted to go, or where their side of the house begins."""
    return own_path(to, "/portal/" if who.outside else "/")
