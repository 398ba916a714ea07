"""Asking a provider who somebody is: authorization code, PKCE, nonce, and a checked ID token.

The libraries take ten megabytes, so whoever needs this file imports it at that moment. No database
session may be open meanwhile: providers are slow.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import orjson
from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from concord.identity.oidc.providers import Known, redirect_address
from concord.identity.oidc.vouched import ProviderFailed, Vouched
from concord.outgoing.client import send
from concord.outgoing.errors import OutgoingError

SCOPE = "openid email profile"
# Never `none`, and nothing made with the client's own secret.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
CLOCK_SKEW = 60
KEPT = 600.0
LONGEST = 300
NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(slots=True)
class Remembered:
    """What a provider publishes, for ten minutes."""

    metadata: Mapping[str, Any]
    keys: KeySet | None
    until: float


_remembered: dict[str, Remembered] = {}


def metadata_of(issuer: str) -> Mapping[str, Any]:
    """What a provider says of itself; ProviderFailed unless it is whole and its own."""
    return _known(issuer).metadata


def way_there(provider: Known, *, state: str, nonce: str, verifier: str, again: bool) -> str:
    """The address at which the provider asks its person; `again` asks them to sign in anew."""
    more = {"prompt": "login", "max_age": "0"} if again else {}
    return str(
        prepare_grant_uri(
            metadata_of(provider.issuer)["authorization_endpoint"],
            provider.client_id,
            "code",
            redirect_uri=redirect_address(),
            scope=SCOPE,
            state=state,
            nonce=nonce,
            code_challenge=create_s256_code_challenge(verifier),
            code_challenge_method="S256",
            **more,
        )
    )


def vouched(
    provider: Known, *, code: str, said_issuer: str | None, nonce: str, verifier: str
) -> Vouched:
    """Whom the provider vouches for; ProviderFailed for whatever is not exactly as it must be."""
    about = metadata_of(provider.issuer)
    supports_issuer = about.get("authorization_response_iss_parameter_supported") is True
    if said_issuer != provider.issuer and (said_issuer is not None or supports_issuer):
        raise ProviderFailed("the answer names another issuer")
    tokens = _exchanged(provider, about, code, verifier)
    claims = _checked(provider, tokens, nonce)
    return _person(provider, {**_further(about, tokens, claims), **claims})


def _exchanged(
    provider: Known, about: Mapping[str, Any], code: str, verifier: str
) -> Mapping[str, Any]:
    body = prepare_token_request(
        "authorization_code", redirect_uri=redirect_address(), code=code, code_verifier=verifier
    )
    offered = about.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    method = "none"
    if provider.client_secret:
        basic = "client_secret_basic" in offered
        method = "client_secret_basic" if basic else "client_secret_post"
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    client = ClientAuth(provider.client_id, provider.client_secret, method)
    url, headers, body = client.prepare("POST", about["token_endpoint"], headers, body)
    return _asked("POST", url, headers, body.encode())


def _checked(provider: Known, tokens: Mapping[str, Any], nonce: str) -> dict[str, Any]:
    """The claims of the ID token: signed by the provider, for us, for this attempt, just now."""
    raw = tokens.get("id_token")
    if not isinstance(raw, str):
        raise ProviderFailed("there is no ID token")
    try:
        token = _decoded(provider.issuer, raw)
        claims = CodeIDToken(
            token.claims,
            token.header,
            {
                "iss": {"essential": True, "value": provider.issuer},
                "aud": {"essential": True, "value": provider.client_id},
                "sub": {"essential": True},
                "nonce": {"essential": True, "value": nonce},
            },
            {
                "nonce": nonce,
                "client_id": provider.client_id,
                "access_token": tokens.get("access_token"),
            },
        )
        claims.validate(now=int(time.time()), leeway=CLOCK_SKEW)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise ProviderFailed(f"the ID token is refused: {type(error).__name__}") from None
    return dict(claims)


def _decoded(issuer: str, raw: str) -> jwt.Token:
    """By the keys as we remember them, and by fresh ones where the provider has a new key."""
    known = _known(issuer)
    keys = known.keys or _fetch_keys(known)
    try:
        return jwt.decode(raw, keys, algorithms=ALGORITHMS)
    except (JoseError, ValueError):
        return jwt.decode(raw, _fetch_keys(known), algorithms=ALGORITHMS)


def _further(
    about: Mapping[str, Any], tokens: Mapping[str, Any], claims: Mapping[str, Any]
) -> Mapping[str, Any]:
    """What only the provider's user information tells, if it is of the same person."""
    endpoint = about.get("userinfo_endpoint")
    if "email" in claims or not endpoint or "access_token" not in tokens:
        return {}
    bearer = {"Authorization": f"Bearer {tokens['access_token']}", "Accept": "application/json"}
    found = _asked("GET", endpoint, bearer)
    if found.get("sub") != claims["sub"]:
        raise ProviderFailed("the user information is of somebody else")
    return {name: found[name] for name in ("email", "email_verified", "name") if name in found}


def _person(provider: Known, claims: Mapping[str, Any]) -> Vouched:
    subject, email, name = (claims.get(key) for key in ("sub", "email", "name"))
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST:
        raise ProviderFailed("the subject makes no sense")
    return Vouched.of(
        provider,
        subject=subject,
        email=email if isinstance(email, str) else None,
        is_verified=claims.get("email_verified") is True,
        name=name if isinstance(name, str) else "",
        signed_in_at=int(claims.get("auth_time") or 0),
    )


def _known(issuer: str) -> Remembered:
    found = _remembered.get(issuer)
    if found is None or found.until < time.monotonic():
        about = _asked("GET", issuer.rstrip("/") + "/.well-known/openid-configuration")
        if about.get("issuer") != issuer:
            raise ProviderFailed("it calls itself by another name")
        secure = urlsplit(issuer).scheme == "https"
        for name in NEEDED:
            if not isinstance(about.get(name), str) or (
                secure and urlsplit(about[name]).scheme != "https"
            ):
                raise ProviderFailed(f"its {name} makes no sense")
        found = _remembered[issuer] = Remembered(about, None, time.monotonic() + KEPT)
    return found


def _fetch_keys(known: Remembered) -> KeySet:
    published = _asked("GET", known.metadata["jwks_uri"])
    keys = [key for key in published.get("keys", ()) if key.get("kty") in ("RSA", "EC", "OKP")]
    known.keys = KeySet.import_key_set({"keys": keys})
    return known.keys


def _asked(
    method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes = b""
) -> dict[str, Any]:
    try:
        answer = send(method, url, headers=headers, body=body)
        found = orjson.loads(answer.body) if answer.is_success else None
    except OutgoingError as error:
        raise ProviderFailed(f"{urlsplit(url).path}: {error.name}") from None
    except orjson.JSONDecodeError:
        found = None
    if not isinstance(found, dict):
        raise ProviderFailed(f"{urlsplit(url).path} answered {answer.status}")
    return found
