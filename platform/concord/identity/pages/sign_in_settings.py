"""How the house is entered: whether staff need a second factor, and which providers may vouch."""

from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from concord.actors import Face
from concord.errors import Invalid, NotFound
from concord.identity import queries, requirement
from concord.identity.confirming import ensure_fresh
from concord.identity.oidc import providers
from concord.identity.oidc.models import Provider
from concord.identity.oidc.schemas import ProviderIn
from concord.identity.oidc.vouched import ProviderFailed
from concord.identity.permissions import Identity
from concord.identity.roles import ADMINISTRATOR
from concord.identity.routes import go, routes
from concord.web.forms import load
from concord.web.pages import render
from concord.web.request import actor, close_session, session
from concord.web.toasts import toast

MANAGE = Identity.PROVIDER_MANAGE
HERE = "/settings/sign-in"


@routes.get(HERE, permission=MANAGE)
def sign_in_settings() -> Response:
    kept = {button.key for button in providers.buttons(session())}
    return render(
        "identity/sign_in.html",
        required=requirement.is_required(session()),
        providers=[providers.find(session(), key) for key in sorted(kept)],
        redirect_address=providers.redirect_address(),
    )


@routes.post(f"{HERE}/second-factor", permission=MANAGE)
def require_factor() -> Response:
    """Whoever asks it of others has one: nobody locks themselves out by it."""
    who, required = actor(), request.form.get("required") == "1"
    assert who.user_id is not None
    ensure_fresh(session(), who)
    if required and not requirement.has_factor(session(), who.user_id):
        close_session()
        toast(_("Set up your own second factor first."), tone="risk")
        return go("/settings/security")
    requirement.require(session(), who, required)
    toast(
        _("Colleagues without a second factor are led to set one up.")
        if required
        else _("A second factor is each colleague's own choice again.")
    )
    return go(HERE)


@routes.get(f"{HERE}/providers/new", permission=MANAGE)
def new_provider() -> Response:
    ensure_fresh(session(), actor())
    return _form(None)


@routes.post(f"{HERE}/providers", permission=MANAGE)
def add_provider() -> Response:
    try:
        given = _given()
        providers.add(session(), actor(), **given)
    except Invalid as error:
        return _form(None, error.errors)
    toast(_("It stands on the sign-in page now."))
    return go(HERE)


@routes.get(f"{HERE}/providers/<int:provider_id>", permission=MANAGE)
def provider(provider_id: int) -> Response:
    ensure_fresh(session(), actor())
    return _form(_found(provider_id))


@routes.post(f"{HERE}/providers/<int:provider_id>", permission=MANAGE)
def change_provider(provider_id: int) -> Response:
    try:
        given = _given()
        providers.change(session(), actor(), _found(provider_id), **given)
    except Invalid as error:
        close_session()
        return _form(_found(provider_id), error.errors)
    toast(_("Saved."))
    return go(HERE)


@routes.post(f"{HERE}/providers/<int:provider_id>/remove", permission=MANAGE)
def remove_provider(provider_id: int) -> Response:
    providers.remove(session(), actor(), _found(provider_id))
    toast(_("It is gone from the sign-in page. Whoever used it signs in by password."))
    return go(HERE)


def _given() -> dict[str, Any]:
    """What the form says, once the provider was reached and is what it says it is."""
    given = load(ProviderIn())
    ensure_fresh(session(), actor())
    close_session()
    # Its libraries are loaded where a provider is asked.
    from concord.identity.oidc import vouching

    try:
        vouching.metadata_of(given["issuer"])
    except ProviderFailed as error:
        sentence = _("Nothing there that signs people in (%(reason)s).", reason=str(error))
        raise Invalid({"issuer": [sentence]}) from None
    return given


def _found(provider_id: int) -> Provider:
    found = session().get(Provider, provider_id)
    if found is None:
        raise NotFound
    return found


def _form(kept: Provider | None, errors: Mapping[str, Any] | None = None) -> Response:
    if kept is None:
        close_session()
    roles = [role for role in queries.roles(session(), Face.STAFF) if role.key != ADMINISTRATOR]
    return render(
        "identity/provider.html",
        422 if errors else 200,
        provider=kept,
        typed=request.form,
        roles=[(role.key, _(role.name)) for role in roles],
        redirect_address=providers.redirect_address(),
        errors=errors or {},
    )
