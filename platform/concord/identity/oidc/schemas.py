"""What administrators say of a provider."""

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from marshmallow import Schema, ValidationError, fields

from concord.identity.schemas import Line, Secret

DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}")
MOST_DOMAINS = 50


class Issuer(Line):
    """The address a provider calls itself by, letter for letter."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any
    ) -> str:
        text = super()._deserialize(value, attr, data, **options)
        if not re.fullmatch(r"https?://[^\s?#]+", text):
            raise ValidationError(_("Write an address that begins with https://."))
        return text


class Domains(fields.String):
    """Domains of mail addresses, with commas or blanks between them."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any
    ) -> Any:
        text = super()._deserialize(value, attr, data, **options).lower()
        found = list(
            dict.fromkeys(part.lstrip("@") for part in re.split(r"[\s,;，；、]+", text) if part)
        )
        wrong = next((name for name in found if not DOMAIN.fullmatch(name)), None)
        if wrong is not None or len(found) > MOST_DOMAINS:
            raise ValidationError(_("Write domains as example.com, with commas between them."))
        return found


class ProviderIn(Schema):
    name = Line(required=True)
    issuer = Issuer(required=True)
    client_id = Line(required=True)
    client_secret = Secret(load_default=None, allow_none=True)
    domains = Domains(load_default=list)
    makes_staff = fields.Boolean(load_default=False)
    role_key = fields.String(load_default=None, allow_none=True)
