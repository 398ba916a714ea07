"""The fields of a contact, each declared once."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as pgettext
from marshmallow import Schema

from concord.api.fields import Identifier
from concord.api.schemas import RecordOut
from concord.nouns.fields import about, choice, custom, day, email, line, phone

ROLE_LABELS = (
    ("", _l("No role")),
    ("decider", _l("Decides")),
    ("influencer", _l("Influences")),
    ("user", _l("Uses")),
    ("buyer", _l("Buys")),
    ("gatekeeper", _l("Keeps the gate")),
)
IMPORTANCE_LABELS = (
    ("key", _l("Key person")),
    ("normal", _l("Normal")),
    ("minor", _l("Minor")),
)


class ContactFields(Schema):
    """What can be written about a contact."""

    name = line(
        about(_l("Full name"), "user-round", autocomplete="off"), required=True, attribute="title"
    )
    title = line(about(_l("Job title"), "briefcase"), attribute="job_title")
    role = choice(about(_l("Role"), "hand", "select", ROLE_LABELS), optional=True)
    importance = choice(about(_l("Importance"), "star", "select", IMPORTANCE_LABELS))
    phone = phone(about(_l("Phone"), "phone", "tel"))
    email = email(about(pgettext("field", "E-mail"), "mail", "email"))
    birthday = day(about(_l("Birthday"), "cake", "date"))
    custom = custom()


class ContactIn(ContactFields):
    company_id = Identifier(required=True)


class ContactOut(ContactFields, RecordOut):
    pass


class ContactForm(ContactFields):
    """The same as a page's form sends it."""

    class Meta:
        exclude = ("custom",)
