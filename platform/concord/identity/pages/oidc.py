"""Signing in through a provider: there, back again, and in, or on to proving what is not linked."""

import secrets
from collections.abc import Mapping
from types import ModuleType
from typing import Any

import structlog
from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.errors import Forbidden, Gone, Invalid, NotFound, TooMany
from concord.identity import ceremonies, confirming, throttle
from concord.identity.ceremonies import Ceremony
from concord.identity.confirming import ensure_fresh
from concord.identity.devices import remember_device
from concord.identity.entrance import QUARTER, WrongPassword, note_failed, proven
from concord.identity.oidc import linking, providers
from concord.identity.oidc.vouched import ProviderFailed, Vouched
from concord.identity.pages import security
from concord.identity.pages.admission import admission
from concord.identity.pages.entrance import door
from concord.identity.paths import own_path
from concord.identity.routes import go, routes
from concord.identity.throttle import Limit, block_of
from concord.installation import current_installation
from concord.web.pages import render
from concord.web.request import actor, actor_or_none, close_session, session
from concord.web.routing import EVERYBODY, PUBLIC, SIGNED_IN
from concord.web.toasts import toast

THERE, PROVE = "oidc", "oidc:prove"
BEGUN = Limit("oidc:block", 60, QUARTER)
LONGEST = 4000
SLACK = 60
"""Seconds by which the clocks of the two houses may differ."""

log = structlog.get_logger()


@routes.post("/login/with", permission=PUBLIC, faces=EVERYBODY)
def go_to_provider() -> Response:
    try:
        return _led(to=own_path(request.form.get("next"), ""))
    except (ProviderFailed, NotFound) as error:
        return _refused(error)


@routes.post(f"{security.HERE}/providers", permission=SIGNED_IN, faces=EVERYBODY)
def link_provider() -> Response:
    ensure_fresh(session(), actor())
    try:
        return _led(to="", user_id=actor().user_id)
    except (ProviderFailed, NotFound) as error:
        return _not_linked(error)


@routes.post("/confirm/provider", permission=SIGNED_IN, faces=EVERYBODY)
def confirm_by_provider() -> Response:
    """For those who have no password here: the provider asks them to sign in anew."""
    try:
        to = own_path(request.form.get("next"))
        return _led(to=to, user_id=actor().user_id, confirms=True)
    except (ProviderFailed, NotFound) as error:
        return _not_linked(error)


@routes.post(f"{security.HERE}/providers/<int:identity_id>/remove", permission=SIGNED_IN,
             faces=EVERYBODY)  # fmt: skip
def unlink_provider(identity_id: int) -> Response:
    said = _("You can no longer sign in that way.")
    return security.removed(
        lambda user: linking.unlink(session(), actor(), user, identity_id), said
    )


@routes.get("/login/callback", permission=PUBLIC, faces=EVERYBODY)
def came_back() -> Response:
    """A link leads here, so nothing happens yet: the page brings what it was given by a form."""
    given = {
        name: request.args.get(name, "")[:LONGEST] for name in ("code", "state", "iss", "error")
    }
    return render("identity/came_back.html", given=given)


@routes.post("/login/callback", permission=PUBLIC, faces=EVERYBODY)
def check_provider() -> Response:
    try:
        begun = _begun(request.form.get("state", ""))
        found = _vouched(begun)
    except (Gone, ProviderFailed, NotFound) as error:
        return _refused(error) if actor_or_none() is None else _not_linked(error)
    if begun.user_id is None:
        return _admitted(begun, found)
    if actor().user_id != begun.user_id:
        raise Forbidden
    return _confirmed(begun, found) if begun.data["confirms"] else _linked(found)


@routes.post("/login/link", permission=PUBLIC, faces=EVERYBODY)
def prove_account() -> Response:
    """The account with the provider's address is linked by whoever knows its password, too."""
    key = request.form.get("key", "")
    try:
        kept = ceremonies.find(session(), PROVE, key).data
        found = Vouched(**kept["vouched"])
        user = proven(found.email or "", request.form.get("password", ""))
        ceremonies.finish(session(), PROVE, key)
        return admission(user, way="provider", to=kept["to"], link=found)
    except Gone as error:
        return _refused(error)
    except (WrongPassword, TooMany, Invalid) as error:
        said = error.errors["_"][0] if isinstance(error, Invalid) else _(error.title)
        return _prove(found, key, error.status, {"password": [said]})


def _led(*, to: str, user_id: int | None = None, confirms: bool = False) -> Response:
    """Remember what was begun, and lead the browser on: a link, as forms may not lead outside."""
    close_session()
    throttle.attempt(BEGUN.of(block_of(request.remote_addr)))
    provider = _provider(request.form.get("provider", ""))
    state, nonce, verifier = (secrets.token_urlsafe(48) for _number in range(3))
    url = _library().way_there(
        provider, state=state, nonce=nonce, verifier=verifier, again=user_id is not None
    )
    ceremonies.begin(
        session(), THERE, key=state, user_id=user_id,
        provider=provider.key, nonce=nonce, verifier=verifier, to=to,
        confirms=confirms,
    )  # fmt: skip
    return render("identity/led.html", url=url, name=provider.name)


def _begun(state: str) -> Ceremony:
    """What this browser began; used up at once, whatever comes of it."""
    close_session()
    with current_installation().database.writing() as writing:
        begun = ceremonies.finish(writing, THERE, state)
        writing.commit()
    return begun


def _vouched(begun: Ceremony) -> Vouched:
    if request.form.get("error") or not request.form.get("code"):
        raise ProviderFailed("the provider said no")
    found: Vouched = _library().vouched(
        _provider(begun.data["provider"]),
        code=request.form["code"],
        said_issuer=request.form.get("iss") or None,
        nonce=begun.data["nonce"],
        verifier=begun.data["verifier"],
    )
    return found


def _admitted(begun: Ceremony, found: Vouched) -> Response:
    provider, to = _provider(found.provider), begun.data["to"]
    user = linking.person_behind(session(), found)
    user = user or linking.new_colleague(session(), provider, found)
    if user is None:
        linking.disarm(session(), found)
        key = ceremonies.begin(session(), PROVE, vouched=found.kept(), to=to)
        return _prove(found, key)
    try:
        response = admission(user, way="provider", to=to)
    except WrongPassword as error:
        return _refused(error)
    remember_device(user.email)
    return response


def _confirmed(begun: Ceremony, found: Vouched) -> Response:
    """The provider has just now asked whoever it is that is signed in here."""
    user, since = linking.person_behind(session(), found), begun.expires_at - ceremonies.VALID
    just_now = found.signed_in_at >= since.timestamp() - SLACK
    if user is None or user.id != begun.user_id or not just_now:
        return _not_linked(ProviderFailed("it did not ask the same person again"))
    confirming.confirm(session(), actor())
    return go(begun.data["to"])


def _linked(found: Vouched) -> Response:
    try:
        linking.link(session(), security.myself(), found)
    except Invalid as error:
        close_session()
        toast(" ".join(error.errors["_"]), tone="risk")
        return go(security.HERE)
    toast(_("From now on you can also sign in that way."))
    return go(security.HERE)


def _prove(
    found: Vouched, key: str, status: int = 200, errors: Mapping[str, Any] | None = None
) -> Response:
    """The same page whether there is such an account or not."""
    if status >= 400:
        close_session()
    return render("identity/prove.html", status, key=key, email=found.email, errors=errors or {})


def _provider(key: str) -> providers.Known:
    with current_installation().database.reading() as reading:
        return providers.find(reading, key)


def _library() -> ModuleType:
    from concord.identity.oidc import vouching

    return vouching


def _refused(error: Gone | ProviderFailed | NotFound | WrongPassword) -> Response:
    log.warning("provider_refused", reason=str(error))
    close_session()
    note_failed(None)
    title = ProviderFailed.title if isinstance(error, NotFound | WrongPassword) else error.title
    said = error.detail if isinstance(error, Gone) else title
    return door(error.status, errors={"_": [_(said)]})


def _not_linked(error: Gone | ProviderFailed | NotFound) -> Response:
    log.warning("provider_not_linked", reason=str(error))
    close_session()
    toast(_(error.detail if isinstance(error, Gone) else ProviderFailed.title), tone="risk")
    return go(security.HERE)
