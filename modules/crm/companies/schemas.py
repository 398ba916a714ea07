"""The fields of a company, each declared once, and what each side sees of them."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as pgettext
from marshmallow import Schema, fields

from concord import organisation
from concord.actors import Actor
from concord.api.fields import Identifier
from concord.api.schemas import RecordOut
from concord.money import MoneyField, MoneyInput
from concord.nouns.fields import (
    about,
    choice,
    custom,
    day,
    email,
    line,
    phone,
    text,
    website,
    whole,
)
from concord.policy import field_groups_hidden
from modules.crm.permissions import CREDIT

TIER_LABELS = (
    ("gold", _l("Gold")),
    ("silver", _l("Silver")),
    ("bronze", _l("Bronze")),
    ("none", _l("No tier")),
)
STATE_LABELS = (
    ("prospect", _l("Prospect")),
    ("active", _l("Active")),
    ("dormant", _l("Dormant")),
    ("former", _l("Former")),
)
FIELD_GROUPS = {"credit_limit": CREDIT, "payment_terms_days": CREDIT}
LONGEST_TERMS = 3650


class CompanyFields(Schema):
    """What can be written about a company."""

    name = line(
        about(_l("Name"), "building-2", autocomplete="off"), required=True, attribute="title"
    )
    is_customer = fields.Boolean(metadata=about(_l("Customer"), "handshake", "checkbox"))
    is_supplier = fields.Boolean(metadata=about(_l("Supplier"), "truck", "checkbox"))
    tier = choice(about(_l("Tier"), "star", "select", TIER_LABELS))
    state = choice(about(_l("State"), "circle-dot", "select", STATE_LABELS))
    industry = line(about(_l("Industry"), "factory"))
    city = line(about(_l("Location"), "map-pin"))
    phone = phone(about(_l("Phone"), "phone", "tel"))
    email = email(about(pgettext("field", "E-mail"), "mail", "email"))
    website = website(about(_l("Website"), "globe", inputmode="url"))
    employees = whole(about(_l("Employees"), "users", inputmode="numeric"))
    customer_since = day(about(_l("Since"), "calendar", "date"))
    source = line(about(_l("Source"), "megaphone"))
    credit_limit = MoneyField(allow_none=True, metadata=about(_l("Credit limit"), "wallet"))
    payment_terms_days = whole(
        about(_l("Terms (days)"), "hourglass", inputmode="numeric"), largest=LONGEST_TERMS
    )
    custom = custom()
    notes = text(about(_l("Notes"), "file-text", "textarea"))


class CompanyIn(CompanyFields):
    owner_id = Identifier()


class CompanyOut(CompanyFields, RecordOut):
    pass


class SharedCompany(Schema):
    """What people outside see of their own company."""

    id = Identifier()
    kind = fields.String()
    name = fields.String(attribute="title")
    is_customer = fields.Boolean()
    is_supplier = fields.Boolean()
    phone = fields.String()
    email = fields.String()
    website = fields.String()
    industry = fields.String()
    city = fields.String()


class CompanyForm(CompanyFields):
    """The same as a page's form sends it."""

    credit_limit = MoneyInput(
        currency=organisation.currency,
        allow_none=True,
        metadata=about(_l("Credit limit"), "wallet", inputmode="decimal"),
    )

    class Meta:
        exclude = ("custom",)


def out_schema(actor: Actor) -> type[Schema]:
    """What `actor`'s side of the house sees. Field groups are taken out beside this."""
    return SharedCompany if actor.outside else CompanyOut


def form_of(actor: Actor) -> CompanyForm:
    """The form as far as `actor` may know its fields."""
    return CompanyForm(exclude=field_groups_hidden(actor, FIELD_GROUPS))
