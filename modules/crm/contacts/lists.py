"""The list of contacts: everybody we know at any company."""

from dataclasses import replace

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as pgettext

from concord.lists.fields import Field, moment_field, person_field, record_field, title_field
from concord.lists.kinds import Kind
from concord.nouns.listing import list_of
from concord.records.models import Record
from concord.records.sorting import normalised
from concord.tags.lists import TAGS
from modules.crm.contacts.actions import change_contact
from modules.crm.contacts.models import Contact
from modules.crm.contacts.noun import CONTACT
from modules.crm.contacts.queries import search
from modules.crm.contacts.schemas import IMPORTANCE_LABELS, ROLE_LABELS
from modules.crm.matching import phone_digits

FIELDS = (
    title_field(_l("Full name"), editable="name"),
    record_field("company", _l("Company"), Record.company_id, groupable=True),
    Field(
        name="title", label=_l("Job title"), column=Contact.job_title, editable="title",
        sortable=True, width=170,
    ),
    Field(
        name="role", label=_l("Role"), kind=Kind.CHOICE, column=Contact.role,
        options=ROLE_LABELS[1:], editable="role", sortable=True, groupable=True, width=110,
    ),
    Field(
        name="importance", label=_l("Importance"), kind=Kind.CHOICE, column=Contact.importance,
        options=IMPORTANCE_LABELS, editable="importance", sortable=True, groupable=True,
        tones={"key": "gold", "normal": ""}, width=110,
    ),
    Field(
        name="phone", label=_l("Phone"), column=Contact.phone, contains=Contact.phone_key,
        normalise=phone_digits, editable="phone", width=160,
    ),
    Field(
        name="email", label=pgettext("field", "E-mail"), column=Contact.email,
        contains=Contact.email_key, normalise=normalised, editable="email", width=200,
    ),
    Field(
        name="birthday", label=_l("Birthday"), kind=Kind.DAY, column=Contact.birthday,
        editable="birthday", width=110,
    ),
    person_field("owner", _l("Owner"), Record.owner_id),
    moment_field("created_at", _l("Created"), Record.created_at),
    TAGS,
)  # fmt: skip
CONTACT_LIST = replace(
    list_of(CONTACT),
    fields=FIELDS,
    second=("company", "title"),
    search=search,
    edit=change_contact,
    new=None,
    hued=True,
)
