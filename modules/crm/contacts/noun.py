"""The contact, in one value; what it does in its own way stands beside it."""

from flask_babel import lazy_gettext as _l

from concord.lists.types import BuiltIn, Look
from concord.nouns.noun import Noun, Words
from modules.crm.contacts.models import Contact
from modules.crm.contacts.policy import CONTACTS
from modules.crm.contacts.schemas import ContactForm
from modules.crm.permissions import Crm

CONTACT = Noun(
    name="contacts",
    kind="contact",
    model=Contact,
    label=_l("Contact"),
    plural=_l("Contacts"),
    words=Words(one="contact", many="contacts", zh="联系人", counted="位联系人"),
    icon="user-round",
    read=Crm.CONTACT_READ,
    write=Crm.CONTACT_WRITE,
    archive=Crm.CONTACT_ARCHIVE,
    schema=ContactForm,
    columns=("name", "company", "title", "importance", "phone", "email"),
    sort="name",
    board=("role", "importance"),
    calendar=("birthday",),
    views=(BuiltIn("key", _l("Key people"), Look.where(("importance", "is", "key"))),),
    own_policy=CONTACTS,
    facts=("title", "phone", "email", "role", "importance", "birthday"),
    parts="crm/contacts",
)
