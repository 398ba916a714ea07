"""What forms and programs may say of people, and what they are told of them."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import available_timezones

from flask_babel import gettext as _
from marshmallow import Schema, ValidationError, fields

from concord.actors import Face
from concord.api.fields import Identifier
from concord.identity.email import normalised
from concord.identity.models import User
from concord.settings import LANGUAGES
from concord.web.i18n import THEMES

LONGEST_LINE = 120
LONGEST_PASSWORD = 1000


class Line(fields.String):
    """One line of text: trimmed, printable, bounded; needed unless it may be none."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any
    ) -> str:
        text = super()._deserialize(value, attr, data, **options).strip()
        if not text.isprintable():
            raise ValidationError(_("Write this on one line, without control characters."))
        if len(text) > LONGEST_LINE:
            raise ValidationError(_("Use at most %(count)s characters.", count=LONGEST_LINE))
        if not text and not self.allow_none:
            raise ValidationError(_("This is needed."))
        return text


class Address(fields.String):
    """A mail address in its one spelling."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any
    ) -> str:
        try:
            return normalised(super()._deserialize(value, attr, data, **options))
        except ValueError as error:
            raise ValidationError(_(str(error))) from None


class Choice(fields.String):
    """One of a few words."""

    def __init__(self, choices: tuple[str, ...], **options: Any) -> None:
        super().__init__(**options)
        self.choices = choices

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any
    ) -> str:
        text = super()._deserialize(value, attr, data, **options)
        if text not in self.choices:
            raise ValidationError(_("Choose one of those offered."))
        return text


class Zone(fields.String):
    """A time zone by its IANA name."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any
    ) -> str:
        text = super()._deserialize(value, attr, data, **options)
        if text not in available_timezones():
            raise ValidationError(_("There is no such time zone."))
        return text


class Secret(fields.String):
    """A password as typed; never shown again."""

    def __init__(self, **options: Any) -> None:
        super().__init__(load_only=True, **options)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any
    ) -> str:
        text = super()._deserialize(value, attr, data, **options)
        if len(text) > LONGEST_PASSWORD:
            raise ValidationError(_("This is too long."))
        return text


class SignIn(Schema):
    email = fields.String(required=True)
    password = Secret(required=True)
    lasting = fields.Boolean(load_default=False)


class ForgotIn(Schema):
    email = Address(required=True)


class NewPasswordIn(Schema):
    password = Secret(required=True)


class PasswordChangeIn(Schema):
    current = Secret(required=True)
    password = Secret(required=True)


class EmailChangeIn(Schema):
    email = Address(required=True)
    current = Secret(required=True)


class ProfileIn(Schema):
    name = Line(required=True)
    title = Line(allow_none=True)
    phone = Line(allow_none=True)
    language = Choice(LANGUAGES)
    timezone = Zone()
    theme = Choice(THEMES)


class RegionIn(Schema):
    language = Choice(LANGUAGES, required=True)
    timezone = Zone(required=True)
    theme = Choice(THEMES, required=True)


class AcceptIn(Schema):
    """Accepting with a new account. What the invitation opens is not asked."""

    name = Line(required=True)
    password = Secret(required=True)
    language = Choice(LANGUAGES, required=True)


class InvitedIn(Schema):
    """A customer's administrator says who, and nothing else."""

    name = Line(required=True)
    email = Address(required=True)
    language = Choice(LANGUAGES, required=True)


class PortalInvitedIn(InvitedIn):
    face = Choice((Face.CUSTOMER.value, Face.SUPPLIER.value), required=True)
    is_administrator = fields.Boolean(load_default=False)


class StaffInvitedIn(InvitedIn):
    team_id = Identifier(allow_none=True, load_default=None)
    role_keys = fields.List(fields.String(), data_key="roles", load_default=list)


class PersonIn(Schema):
    """What administrators change of a colleague."""

    name = Line()
    title = Line(allow_none=True)
    team_id = Identifier(allow_none=True)
    roles = fields.List(fields.String())


class DisableIn(Schema):
    """Who takes over what the person owned; nobody, where it stays theirs."""

    successor_id = Identifier(allow_none=True)


class TeamIn(Schema):
    name = Line(required=True)


class RoleIn(Schema):
    """A role's name, and the role whose rights a new one begins with."""

    name = Line(required=True)
    like = Identifier(allow_none=True)


class MemberIn(Schema):
    user_id = Identifier(required=True)


class TokenIn(Schema):
    name = Line(required=True)
    scopes = fields.List(fields.String(), load_default=list)
    days = fields.Integer(allow_none=True, load_default=None)


class TeamOut(Schema):
    id = Identifier()
    name = fields.String()


class RoleOut(Schema):
    id = Identifier()
    key = fields.String()
    name = fields.String()
    kind = fields.String(attribute="face")


class ColleagueOut(Schema):
    """What people outside learn of those beside them."""

    id = Identifier()
    name = fields.String()
    email = fields.String()
    title = fields.String()


class CustomerColleagueOut(ColleagueOut):
    kind = fields.Constant(Face.CUSTOMER.value)


class SupplierColleagueOut(ColleagueOut):
    kind = fields.Constant(Face.SUPPLIER.value)


class PersonOut(ColleagueOut):
    """What staff learn of people. Of several memberships, the first stands for the person."""

    phone = fields.String()
    kind = fields.Function(lambda user: kind_of(user))
    company_id = fields.Function(lambda user: company_of(user))
    team_id = Identifier()
    roles = fields.Function(lambda user: [role.key for role in user.held_roles])
    language = fields.String()
    timezone = fields.String()
    disabled = fields.Function(lambda user: user.disabled_at is not None)
    version = fields.Integer()


def kind_of(user: User) -> str | None:
    if user.is_staff:
        return Face.STAFF.value
    return user.memberships[0].face if user.memberships else None


def company_of(user: User) -> int | None:
    return user.memberships[0].company_id if user.memberships else None
