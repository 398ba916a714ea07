"""What the forms about factors send."""

from typing import Any

from marshmallow import Schema, fields, validate

from concord.identity.factors.passkeys import LONGEST
from concord.identity.schemas import Line, Secret

LONGEST_CODE = 40


class Code(fields.String):
    """Digits of an app, or a recovery code, as typed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(validate=validate.Length(max=LONGEST_CODE), **options)


class Credential(fields.String):
    """What the browser says of a passkey, as JSON."""

    def __init__(self, **options: Any) -> None:
        super().__init__(validate=validate.Length(max=LONGEST), load_default="", **options)


class SecondStepIn(Schema):
    code = Code(load_default="")
    credential = Credential()
    trusted = fields.Boolean(load_default=False)


class ConfirmIn(Schema):
    password = Secret(load_default="")
    credential = Credential()


class AppIn(Schema):
    offered = fields.String(required=True, validate=validate.Length(max=1000))
    code = Code(required=True)


class PasskeyIn(Schema):
    name = Line(required=True)
    credential = Credential()


class PasskeyNameIn(Schema):
    name = Line(required=True)
