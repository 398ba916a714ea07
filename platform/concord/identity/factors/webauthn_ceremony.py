"""The WebAuthn library at work. It takes seventeen megabytes, so whoever needs it imports this
file at that moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import webauthn
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from concord.identity.factors.models import Passkey

MISTAKES = (WebAuthnException, ValueError, TypeError, KeyError, AttributeError)


@dataclass(frozen=True, slots=True)
class Place:
    """The name that passkeys are made for, and the addresses under which they work."""

    name: str
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the browser gets, as JSON, and the challenge in it."""

    options: str
    challenge: bytes


@dataclass(frozen=True, slots=True)
class Made:
    credential: str
    public_key: str
    sign_count: int
    transports: list[str]


class Unproven(Exception):
    """What the browser answered proves nothing."""


def creation(
    place: Place, title: str, *, handle: bytes, email: str, name: str, known: Iterable[Passkey]
) -> Asked:
    options = webauthn.generate_registration_options(
        rp_id=place.name,
        rp_name=title,
        user_id=handle,
        user_name=email,
        user_display_name=name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
        exclude_credentials=_descriptors(known),
    )
    return Asked(webauthn.options_to_json(options), options.challenge)


def created(place: Place, credential: dict[str, Any], challenge: bytes) -> Made:
    """The passkey that was made; raises Unproven."""
    try:
        made = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=place.name,
            expected_origin=list(place.origins),
        )
    except MISTAKES:
        raise Unproven from None
    return Made(
        bytes_to_base64url(made.credential_id),
        bytes_to_base64url(made.credential_public_key),
        made.sign_count,
        _transports(credential),
    )


def request(place: Place, *, known: Iterable[Passkey], verified: bool) -> Asked:
    options = webauthn.generate_authentication_options(
        rp_id=place.name,
        allow_credentials=_descriptors(known) or None,
        user_verification=(
            UserVerificationRequirement.REQUIRED
            if verified
            else UserVerificationRequirement.PREFERRED
        ),
    )
    return Asked(webauthn.options_to_json(options), options.challenge)


def used(
    place: Place, credential: dict[str, Any], challenge: bytes, passkey: Passkey, *, verified: bool
) -> int:
    """The new count of the passkey's signatures; raises Unproven."""
    try:
        proof = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=place.name,
            expected_origin=list(place.origins),
            credential_public_key=base64url_to_bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=verified,
        )
    except MISTAKES:
        raise Unproven from None
    return proof.new_sign_count


def _transports(credential: dict[str, Any]) -> list[str]:
    said = credential["response"].get("transports")
    known = {transport.value for transport in AuthenticatorTransport}
    return [one for one in said if one in known] if isinstance(said, list) else []


def _descriptors(passkeys: Iterable[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(
            id=base64url_to_bytes(passkey.credential),
            transports=[AuthenticatorTransport(one) for one in passkey.transports] or None,
        )
        for passkey in passkeys
    ]
