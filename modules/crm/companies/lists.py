"""The lists of customers and suppliers: one noun, two sides."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as pgettext
from marshmallow import Schema

from concord.actors import Actor
from concord.api.fields import Identifier
from concord.lists.fields import Field, moment_field, person_field, title_field
from concord.lists.kinds import Kind
from concord.lists.types import BuiltIn, ListType, Look
from concord.policy import field_groups_hidden
from concord.records.models import Record
from concord.records.sorting import normalised
from concord.tags.lists import TAGS
from modules.crm.companies.actions import change_company
from modules.crm.companies.models import Company
from modules.crm.companies.policy import COMPANIES
from modules.crm.companies.queries import Side, last_activity, search
from modules.crm.companies.schemas import FIELD_GROUPS, STATE_LABELS, TIER_LABELS, CompanyForm
from modules.crm.matching import phone_digits
from modules.crm.permissions import CREDIT, Crm


class CompanyCells(CompanyForm):
    """What can be changed in a list."""

    owner_id = Identifier()


def form(actor: Actor) -> Schema:
    return CompanyCells(exclude=field_groups_hidden(actor, FIELD_GROUPS))


TIER_TONES = {"gold": "gold", "silver": "silver", "bronze": "h3", "none": ""}
STATE_TONES = {"active": "ok", "dormant": "warn", "prospect": "h17"}
CHOICE: dict[str, Any] = {"kind": Kind.CHOICE, "sortable": True, "groupable": True, "width": 96}
FIELDS = (
    title_field(_l("Name"), editable="name"),
    Field(
        name="tier", label=_l("Tier"), column=Company.tier, options=TIER_LABELS,
        editable="tier", tones=TIER_TONES, **CHOICE,
    ),
    Field(
        name="state", label=_l("State"), column=Company.state, options=STATE_LABELS,
        editable="state", tones=STATE_TONES, **CHOICE,
    ),
    person_field("owner", _l("Owner"), Record.owner_id, editable="owner_id"),
    Field(name="team", label=_l("Team"), kind=Kind.TEAM, column=Record.team_id, groupable=True),
    Field(
        name="city", label=_l("Location"), column=Company.city, editable="city",
        sortable=True, groupable=True, width=120,
    ),
    Field(
        name="industry", label=_l("Industry"), column=Company.industry, editable="industry",
        sortable=True, groupable=True,
    ),
    Field(
        name="phone", label=_l("Phone"), column=Company.phone, contains=Company.phone_key,
        normalise=phone_digits, editable="phone", width=160,
    ),
    Field(
        name="email", label=pgettext("field", "E-mail"), column=Company.email,
        contains=Company.email_key, normalise=normalised, editable="email", width=190,
    ),
    Field(name="source", label=_l("Source"), column=Company.source, groupable=True),
    Field(
        name="employees", label=_l("Employees"), kind=Kind.NUMBER, column=Company.employees,
        editable="employees", sortable=True, aggregate="sum", width=110,
    ),
    Field(
        name="customer_since", label=_l("Since"), kind=Kind.DAY, column=Company.customer_since,
        editable="customer_since", sortable=True, width=110,
    ),
    Field(
        name="credit_limit", label=_l("Credit limit"), kind=Kind.MONEY, sortable=True,
        column=Company.credit_limit_minor, currency=Company.credit_limit_currency,
        editable="credit_limit", field_group=CREDIT, aggregate="sum", width=130,
    ),
    Field(
        name="payment_terms_days", label=_l("Terms (days)"), kind=Kind.NUMBER, sortable=True,
        column=Company.payment_terms_days, editable="payment_terms_days", field_group=CREDIT,
        aggregate="mean", width=110,
    ),
    moment_field("last_activity", _l("Last activity"), last_activity),
    moment_field("created_at", _l("Created"), Record.created_at),
    TAGS,
)  # fmt: skip
MINE = BuiltIn("mine", _l("Mine"), Look.where(("owner", "is", "me")))
SILENT = BuiltIn(
    "silent",
    _l("Silent 30 days"),
    Look.where(("last_activity", "days_ago", "30"), sort=("last_activity",)),
)
SHARED: dict[str, Any] = {
    "kind": "company",
    "policy": COMPANIES,
    "permission": Crm.COMPANY_READ,
    "permission_write": Crm.COMPANY_WRITE,
    "permission_restore": Crm.COMPANY_ARCHIVE,
    "fields": FIELDS,
    "columns": ("name", "tier", "owner", "city", "industry", "phone", "last_activity"),
    "second": ("owner", "city", "last_activity"),
    "sort": ("name",),
    "views": (MINE, SILENT),
    "board": ("state", "tier"),
    "search": search,
    "form": form,
    "edit": change_company,
    "collection": "companies",
    "hued": True,
}
CUSTOMER_LIST = ListType(
    key="customers",
    label=_l("Customers"),
    endpoint="crm.customers",
    narrowed=Side.CUSTOMERS.condition,
    new="crm.new_customer",
    new_label=_l("New customer"),
    **SHARED,
)
SUPPLIER_LIST = ListType(
    key="suppliers",
    label=_l("Suppliers"),
    endpoint="crm.suppliers",
    narrowed=Side.SUPPLIERS.condition,
    new="crm.new_supplier",
    new_label=_l("New supplier"),
    **SHARED,
)
